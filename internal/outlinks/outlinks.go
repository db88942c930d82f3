// Package outlinks tells where the links of a text lead outside of its site: which
// are dead, and which have moved. Others are asked by a function that is given, and
// what they said is kept, so that a second look asks few of them.
//
// A link is dead only where the answer says so (404, 410, a host that nobody knows).
// Whoever does not answer in time, wants a sign-in or does not like programs is told
// as a note at most: most of these links work in a browser. Where names cannot be looked
// up, as on a machine without a network, nothing is said of a link, and nothing kept; that
// a host is not known is believed only beside one that answered.
package outlinks

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"galley/internal/diag"
	"galley/internal/fetch"
	"galley/internal/guard"
	"galley/internal/markdown/outline"
	"galley/internal/percent"
	"galley/internal/post"
	"galley/internal/postindex"
)

// Checker asks where links lead. It may be used concurrently.
type Checker struct {
	// Look asks an address, as fetch.Client does.
	Look func(ctx context.Context, address string, within time.Duration) (*fetch.Answer, error)
	// Clock tells the time.
	Clock func() time.Time

	mu      sync.Mutex
	known   map[string]said
	reached time.Time // when somebody answered last
}

// said is what an address answered.
type said struct {
	Status int       `json:"status,omitempty"`
	At     string    `json:"at,omitempty"`
	Moved  bool      `json:"moved,omitempty"`
	Dead   bool      `json:"dead,omitempty"`
	Why    string    `json:"why,omitempty"`
	When   time.Time `json:"when"`

	old     bool // it was known before
	unasked bool // names could not be looked up
}

const (
	goodFor  = 7 * 24 * time.Hour // how long a good answer is believed
	badFor   = 12 * time.Hour     // and a bad one
	netFor   = time.Minute        // how long an answer shows that there is a network
	atOnce   = 8
	maxKnown = 50_000
	maxLinks = 500 // of a text
)

// Load takes over what an earlier checker kept. What cannot be read is left.
func (c *Checker) Load(data []byte) {
	var kept map[string]said
	if json.Unmarshal(data, &kept) != nil || len(kept) > maxKnown {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.known = kept
}

// Save gives what is to be kept, without what is believed no longer.
func (c *Checker) Save() ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	kept := map[string]said{}
	for address, s := range c.known {
		if len(kept) < maxKnown && c.Clock().Sub(s.When) < s.life() {
			kept[address] = s
		}
	}
	return json.Marshal(kept)
}

func (s said) life() time.Duration {
	if s.Status >= 200 && s.Status < 300 {
		return goodFor
	}
	return badFor
}

// link is a link and where its address stands.
type link struct {
	to string
	at diag.Range
}

// linksIn gives the links of a text that lead to others.
func linksIn(src []byte, own string) (list []link) {
	own = postindex.Normalize(own)
	blocks := outline.Parse(src, post.Parse(src).Body)
	for i := range blocks {
		for _, span := range blocks[i].Spans {
			if span.Kind != outline.Link && span.Kind != outline.Bare && span.Kind != outline.Picture {
				continue
			}
			same := postindex.Normalize(span.To)
			if same == "" || own != "" && (same == own || len(same) > len(own) && same[:len(own)] == own && same[len(own)] == '/') {
				continue
			}
			at := span.Address
			if at.Start == at.End {
				at = span.Range
			}
			if list = append(list, link{span.To, at}); len(list) == maxLinks {
				return list
			}
		}
	}
	return list
}

// Found is what is to be said of a text's links to others.
type Found struct {
	// Diagnostics are in the order of the links.
	Diagnostics []diag.Diagnostic
	// Links is how many addresses were asked, or known already, and Silent those of
	// them of which nothing is known when the context has ended. Unasked are those
	// whose hosts' names could not be looked up.
	Links, Silent, Unasked int
}

// Check asks where the links of a text lead, of which the first 500 are looked at. own is
// the site's own address, whose links are not outside; empty for none. What was
// answered stays known, so that a check which ended goes on when it is done again.
func (c *Checker) Check(ctx context.Context, src []byte, own string) Found {
	links := linksIn(src, own)
	var group errgroup.Group
	group.SetLimit(atOnce)
	asked := map[string]*said{} // what each address says, nil where nothing is known
	var mu sync.Mutex
	for _, l := range links {
		mu.Lock()
		_, again := asked[l.to]
		if !again {
			asked[l.to] = nil
		}
		mu.Unlock()
		if again {
			continue
		}
		group.Go(guard.Work(func() error {
			s := c.ask(ctx, l.to)
			mu.Lock()
			defer mu.Unlock()
			asked[l.to] = s
			return nil
		}))
	}
	_ = group.Wait()
	network := c.network(ctx, asked)
	found := Found{Links: len(asked)}
	for address, s := range asked {
		switch {
		case s == nil:
			found.Silent++
		case s.unasked || s.nameless() && !s.old && !network:
			found.Unasked++
			asked[address] = nil
		case !s.old:
			c.keep(address, *s)
		}
	}
	for _, l := range links {
		if s := asked[l.to]; s != nil {
			if d, told := s.told(src, l); told {
				found.Diagnostics = append(found.Diagnostics, d)
			}
		}
	}
	return found
}

// ask has an address asked, unless its answer is known; nil where nobody waited for it.
func (c *Checker) ask(ctx context.Context, address string) *said {
	c.mu.Lock()
	s, ok := c.known[address]
	c.mu.Unlock()
	if ok && c.Clock().Sub(s.When) < s.life() {
		s.old = true
		return &s
	}
	a, err := c.Look(ctx, address, time.Minute)
	if ctx.Err() != nil {
		return nil
	}
	s = said{When: c.Clock()}
	switch {
	case errors.Is(err, fetch.ErrNoNames):
		s.unasked = true
	case err != nil:
		var why *fetch.Error
		s.Why, s.Dead = err.Error(), errors.Is(err, fetch.ErrNotFound)
		if errors.As(err, &why) {
			s.Why = why.What
		}
	default:
		s.Status, s.Moved, s.Dead = a.Status, a.Moved, a.Status == http.StatusNotFound || a.Status == http.StatusGone
		if postindex.Normalize(a.At) != postindex.Normalize(address) {
			s.At = a.At
		}
		c.answered()
	}
	return &s
}

// network tells whether somebody answered a moment ago. Where that is needed and not
// known, an address is asked again that answered well before.
func (c *Checker) network(ctx context.Context, asked map[string]*said) bool {
	c.mu.Lock()
	near := !c.reached.IsZero() && c.Clock().Sub(c.reached) < netFor
	c.mu.Unlock()
	doubted, proof := false, ""
	for address, s := range asked {
		switch {
		case s == nil:
		case s.nameless() && !s.old:
			doubted = true
		case s.old && s.Status != 0 && (proof == "" || address < proof):
			proof = address
		}
	}
	if near || !doubted || proof == "" {
		return near
	}
	if _, err := c.Look(ctx, proof, time.Minute); err != nil {
		return false
	}
	c.answered()
	return true
}

// answered notes that there is a network.
func (c *Checker) answered() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reached = c.Clock()
}

func (c *Checker) keep(address string, s said) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil || len(c.known) >= maxKnown {
		c.known = map[string]said{}
	}
	c.known[address] = s
}

// nameless tells whether it was said that no host has the address's name.
func (s said) nameless() bool { return s.Dead && s.Status == 0 }

// movedTo is where a link leads by now. Nobody is asked for an address with its
// fragment, which stays where the answer has none (RFC 9110, section 10.2.2).
func (s said) movedTo(l link) string {
	if _, fragment, ok := strings.Cut(l.to, "#"); ok && !strings.Contains(s.At, "#") {
		return s.At + "#" + fragment
	}
	return s.At
}

// told is what is said of a link; false where all is well.
func (s said) told(src []byte, l link) (diag.Diagnostic, bool) {
	d := diag.Diagnostic{Range: l.at, Severity: diag.Info, Code: "link-outside"}
	at := percent.Address(s.movedTo(l))
	switch {
	case s.Dead && s.Status != 0:
		d.Severity, d.Code = diag.Warning, "link-dead"
		d.Message = fmt.Sprintf("There is nothing at %s any more: it answers with %d %s.", l.to, s.Status, http.StatusText(s.Status))
	case s.Dead:
		d.Severity, d.Code = diag.Warning, "link-dead"
		d.Message = fmt.Sprintf("The link to %s leads nowhere: it %v.", l.to, s.Why)
	case s.Why != "":
		d.Message = fmt.Sprintf("%s %v; look whether it works in a browser.", l.to, s.Why)
	case s.Status >= 500:
		d.Message = fmt.Sprintf("%s answers with %d %s; look again later.", l.to, s.Status, http.StatusText(s.Status))
	case s.Moved && s.At != "" && at != l.to && s.Status >= 200 && s.Status < 300:
		d.Code, d.Message = "link-moved", fmt.Sprintf("%s has moved for good, to %s.", l.to, s.movedTo(l))
		// Whoever answered chose the address, which is to be nothing else in the text.
		if at != "" && string(src[l.at.Start:l.at.End]) == l.to {
			d.Fix = &diag.Fix{Name: "Take the new address", Range: l.at, Insert: at}
		}
	default: // also what only people may see
		return d, false
	}
	return d, true
}
