package githubtest

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// Fault breaks requests.
type Fault struct {
	// Method and Path choose the requests; Path is a regular expression that is
	// found in the escaped path. Empty ones choose all.
	Method, Path string
	// Times is how many requests are broken; 0 means one.
	Times int
	// Accepted passes the request on first, so that it takes effect and only its
	// answer is lost.
	Accepted bool
	// Delay holds the answer back.
	Delay time.Duration
	// Status answers with a status; 0 cuts the connection.
	Status int
	Header map[string]string
	Body   string
	// Before is called before the request is passed on or answered. It leaves the
	// request whole where Status is 0 and Through is set.
	Before  func()
	Through bool
}

// Faults are the faults still to come. The zero value breaks nothing.
type Faults struct {
	mu   sync.Mutex
	list []*Fault
}

// goesOn matches what lengthens a repository's name to another one's.
var goesOn = regexp.MustCompile(`^[\w-]`)

// Add adds a fault; earlier ones come first.
func (f *Faults) Add(fault Fault) {
	if fault.Times == 0 {
		fault.Times = 1
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(f.list, &fault)
}

// Left tells how many requests are still to be broken by faults whose Path is a
// prefix, or goes on behind it with another part, and forgets these.
func (f *Faults) Left(prefix string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	left := 0
	f.list = slices.DeleteFunc(f.list, func(fault *Fault) bool {
		rest, ok := strings.CutPrefix(fault.Path, prefix)
		if !ok || rest != "" && goesOn.MatchString(rest) {
			return false
		}
		left += fault.Times
		return true
	})
	return left
}

// take gives the fault for a request; nil for none.
func (f *Faults) take(r *http.Request) *Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, fault := range f.list {
		if fault.Method != "" && fault.Method != r.Method {
			continue
		}
		if matched, err := regexp.MatchString(fault.Path, r.URL.EscapedPath()); err != nil || !matched {
			continue
		}
		if fault.Times--; fault.Times == 0 {
			f.list = append(f.list[:i:i], f.list[i+1:]...)
		}
		return fault
	}
	return nil
}
