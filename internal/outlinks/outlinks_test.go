package outlinks

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"galley/internal/fetch"
)

const text = `---
title: x
---

* [good](https://good.example/) and [again](https://good.example/)
* [gone](https://gone.example/a) and <https://moved.example/old>
* [moved](https://moved.example/old "title"), [signed](https://private.example/)
* [own](https://site.example/x), [nowhere](https://nobody.example/), [id][i]
* [slow](https://slow.example/), [file](/a.pdf), ` + "`https://code.example/`" + `

[i]: https://gone.example/a
`

func TestCheck(t *testing.T) {
	var asked atomic.Int32
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	c := &Checker{Clock: func() time.Time { return now }, Look: func(_ context.Context, address string, _ time.Duration) (*fetch.Answer, error) {
		asked.Add(1)
		switch {
		case strings.Contains(address, "gone."):
			return &fetch.Answer{Status: 404, At: address}, nil
		case strings.Contains(address, "moved."):
			return &fetch.Answer{Status: 200, At: "https://moved.example/new", Moved: true}, nil
		case strings.Contains(address, "private."):
			return &fetch.Answer{Status: 403, At: address}, nil
		case strings.Contains(address, "nobody."):
			return nil, &fetch.Error{Kind: fetch.ErrNotFound, Address: address, What: "names a host that is not known"}
		case strings.Contains(address, "slow."):
			return nil, &fetch.Error{Kind: fetch.ErrUnreachable, Address: address, What: "does not answer in time"}
		}
		return &fetch.Answer{Status: 200, At: address}, nil
	}}
	check := func() string {
		var out strings.Builder
		for _, d := range c.Check(t.Context(), []byte(text), "https://site.example").Diagnostics {
			line := 1 + strings.Count(text[:d.Range.Start], "\n")
			fmt.Fprintf(&out, "%d %s %s %s", line, d.Severity, d.Code, text[d.Range.Start:d.Range.End])
			if d.Fix != nil {
				out.WriteString(" -> " + d.Fix.Insert)
			}
			out.WriteString("\n")
		}
		return out.String()
	}
	want := `6 warning link-dead https://gone.example/a
6 info link-moved https://moved.example/old -> https://moved.example/new
7 info link-moved https://moved.example/old -> https://moved.example/new
8 warning link-dead https://nobody.example/
8 warning link-dead [id][i]
9 info link-outside https://slow.example/
`
	if got := check(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	first := asked.Load()
	if first != 6 {
		t.Errorf("%d addresses were asked", first)
	}
	kept, err := c.Save()
	if err != nil {
		t.Fatal(err)
	}
	c = &Checker{Clock: c.Clock, Look: c.Look}
	c.Load(kept)
	if got := check(); got != want || asked.Load() != first {
		t.Errorf("what was kept is not used: %d asked more\n%s", asked.Load()-first, got)
	}
	now = now.Add(24 * time.Hour) // bad answers are not believed for so long
	if got := check(); got != want || asked.Load() == first || asked.Load() >= 2*first {
		t.Errorf("%d asked more\n%s", asked.Load()-first, got)
	}
	c.Load([]byte("{"))
}

// Whoever is asked chooses where a link leads, and nothing else of the text.
func TestMovedIsAnAddress(t *testing.T) {
	const src = "[a](https://x.example/old) <https://x.example/old>\n"
	for at, want := range map[string]string{
		"https://x.example/new?q)<script>alert(1)</script>":    "https://x.example/new?q%29%3Cscript%3Ealert%281%29%3C/script%3E",
		"https://x.example/new?q=%25)[x](javascript:alert(1))": "https://x.example/new?q=%25%29%5Bx%5D%28javascript:alert%281%29%29",
		"https://x.example/new?a={{site.title}}":               "https://x.example/new?a=%7B%7Bsite.title%7D%7D",
		"https://x.example/new?a={%comment%}":                  "https://x.example/new?a=%7B%comment%%7D",
		"https://x.example/wiki/Foo_(bar)?a=1&b=%28#part-2":    "https://x.example/wiki/Foo_%28bar%29?a=1&b=%28#part-2",
		"https://[2001:db8::1]/new":                            "", // cannot be made safe
		"https://somebody:password@x.example/new":              "",
		"https://x.example)[x](https://y.example/":             "",
	} {
		c := &Checker{Clock: time.Now, Look: func(context.Context, string, time.Duration) (*fetch.Answer, error) {
			return &fetch.Answer{Status: 200, At: at, Moved: true}, nil
		}}
		found := c.Check(t.Context(), []byte(src), "").Diagnostics
		if len(found) != 2 {
			t.Fatalf("%s: %d are told, not 2", at, len(found))
		}
		for _, d := range found {
			switch got := d.Fix; {
			case d.Code != "link-moved":
				t.Errorf("%s: %s: %s", at, d.Code, d.Message)
			case want == "" && got != nil:
				t.Errorf("%s is taken as %q", at, got.Insert)
			case want != "" && (got == nil || got.Insert != want):
				t.Errorf("%s is taken as %+v, not %q", at, got, want)
			}
		}
		if want != "" && len(c.Check(t.Context(), []byte("<"+want+">\n"), "").Diagnostics) != 0 {
			t.Errorf("%s is told to have moved once it was taken", at)
		}
	}
}

// Browsers keep a fragment that the new address does not replace.
func TestMovedKeepsFragments(t *testing.T) {
	at := ""
	c := &Checker{Clock: time.Now, Look: func(context.Context, string, time.Duration) (*fetch.Answer, error) {
		return &fetch.Answer{Status: 200, At: at, Moved: true}, nil
	}}
	for _, one := range []struct{ link, at, want string }{
		{"https://x.example/docs#install", "https://x.example/manual/", "https://x.example/manual/#install"},
		{"https://x.example/docs#install", "https://x.example/manual/#setup", "https://x.example/manual/#setup"},
	} {
		at, c.known = one.at, nil
		found := c.Check(t.Context(), []byte("[how]("+one.link+")\n"), "").Diagnostics
		if len(found) != 1 || found[0].Fix == nil || found[0].Fix.Insert != one.want || !strings.Contains(found[0].Message, one.want) {
			t.Errorf("%s, which has moved to %s: %+v", one.link, one.at, found)
		}
	}
}

// A machine that knows no names says nothing of links, and keeps nothing.
func TestNoNetwork(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	kind, good := fetch.ErrNoNames, false
	c := &Checker{Clock: func() time.Time { return now }, Look: func(_ context.Context, address string, _ time.Duration) (*fetch.Answer, error) {
		if good && strings.Contains(address, "good.") {
			return &fetch.Answer{Status: 200, At: address}, nil
		}
		return nil, &fetch.Error{Kind: kind, Address: address, What: "names a host that is not known"}
	}}
	src := []byte("[a](https://good.example/) [b](https://nobody.example/)\n")
	check := func(what string, dead, unasked int) {
		t.Helper()
		if f := c.Check(t.Context(), src, ""); f.Links != 2 || f.Silent != 0 || f.Unasked != unasked || len(f.Diagnostics) != dead {
			t.Errorf("%s: %+v", what, f)
		}
	}
	check("no name server", 0, 2)
	kind = fetch.ErrNotFound
	check("no name is known", 0, 2)
	if kept, err := c.Save(); err != nil || string(kept) != "{}" {
		t.Errorf("%s was kept, %v", kept, err)
	}
	good = true
	check("with a network", 1, 0)
	now = now.Add(24 * time.Hour) // the good answer is known, the bad one is asked again
	good = false
	check("without one again", 0, 1)
	good = true
	check("with one again", 1, 0)
}

// Many links, whose answers come while further ones are begun.
func TestManyAnswers(t *testing.T) {
	var b strings.Builder
	for i := range 2 * maxLinks {
		fmt.Fprintf(&b, "* [x](https://x.example/%d)\n", i)
	}
	c := &Checker{Clock: time.Now, Look: func(_ context.Context, address string, _ time.Duration) (*fetch.Answer, error) {
		return &fetch.Answer{Status: 200, At: address}, nil
	}}
	for range 500 { // known already, all but the first time
		if got := c.Check(t.Context(), []byte(b.String()), ""); got.Links != maxLinks {
			t.Fatalf("%d links are asked, not %d", got.Links, maxLinks)
		}
	}
}
