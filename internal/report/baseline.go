package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Baseline is what is known to be found in files that nobody will mend: old posts,
// mostly. A finding is known by its file, its rule and the text of its line, so
// that it stays known when lines are put before it, and is told when its own line
// changes.
type Baseline struct {
	known map[known]int // how often
}

// known is a finding as a baseline has it.
type known struct {
	File string `json:"file"`
	Code string `json:"code"`
	Line string `json:"line"`
}

// entry is a line of a baseline's file.
type entry struct {
	known
	Count int `json:"count,omitempty"` // 1 when it is not there
}

func knownOf(f Finding) known { return known{f.File, f.Code, strings.TrimSpace(f.Line)} }

// NewBaseline makes findings known.
func NewBaseline(found []Finding) *Baseline {
	b := &Baseline{map[known]int{}}
	for _, f := range found {
		b.known[knownOf(f)]++
	}
	return b
}

// ReadBaseline reads a baseline's file: an object of JSON a line, as
// [Baseline.Bytes] writes them.
func ReadBaseline(data []byte) (*Baseline, error) {
	b := &Baseline{map[known]int{}}
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var e entry
		if err := json.Unmarshal(line, &e); err != nil {
			return nil, fmt.Errorf("line %d of the baseline cannot be read: %w", n, err)
		}
		b.known[e.known] += max(e.Count, 1)
	}
	return b, nil
}

// Bytes is the baseline's file, a line a finding, in an order that makes its
// changes easy to review.
func (b *Baseline) Bytes() ([]byte, error) {
	var list []entry
	for k, n := range b.known {
		e := entry{k, n}
		if n == 1 {
			e.Count = 0
		}
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b entry) int {
		return strings.Compare(a.File+"\x00"+a.Code+"\x00"+a.Line, b.File+"\x00"+b.Code+"\x00"+b.Line)
	})
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	for _, one := range list {
		if err := e.Encode(one); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// New gives the findings that are not known, and how many known ones of the same
// files were not found any more.
func (b *Baseline) New(found []Finding, files []string) (left []Finding, gone int) {
	seen := map[known]int{}
	for _, f := range found {
		k := knownOf(f)
		if seen[k]++; seen[k] > b.known[k] {
			left = append(left, f)
		}
	}
	for k, n := range b.known {
		if slices.Contains(files, k.File) {
			gone += max(n-seen[k], 0)
		}
	}
	return left, gone
}
