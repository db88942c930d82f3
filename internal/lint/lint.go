// Package lint checks a post against house rules, a subject a file. A rule speaks
// of what a writer would want mended before the post is published, never of what
// the page could not be rendered for: that is said by packages post and site.
//
// # Which rules are applied
//
// [Rules] lists all. Each has a level at which it reports, error, warning or
// info; those that hold for nearly any site have one from the start, the others
// are off. A site sets them in its _config.yml:
//
//	galley:
//	  rules:
//	    bullet-length: {max: 25}           on, as a warning, with a value of its own
//	    bullet-full-stop: error            on, at that level
//	    heading-order: off
//	    words: {level: info, list: [Kubernetes, {e-mail: email}]}
//
// docs/check.md has the rules, with the values that each takes. Beside them a site
// may have styles in the format of Vale, which package vale applies.
//
// # How they look
//
// Rules look at the outline of the post ([outline]): blocks with the text that is
// read, links and code, each with its place in the file. Code, addresses and what
// templates put there are not prose. Where a rule says so it is for the sections
// of some headings alone, by their names.
//
// A check takes time in proportion to the post's length. It asks Settings.Stop before each
// pattern of the site, each of which is bounded by itself (see [galley/internal/lint/effort]).
package lint

import (
	"cmp"
	"fmt"
	"slices"

	"galley/internal/diag"
	"galley/internal/lint/effort"
	"galley/internal/lint/spelling"
	"galley/internal/lint/vale"
	"galley/internal/markdown/outline"
	"galley/internal/post"
	"galley/internal/postindex"
)

// Checker is the rules that a site applies. It may be used by many at once.
type Checker struct {
	checks []check
	styles *vale.Styles // nil where the site has none
	words  *spelling.Words
}

// check is a rule as a site has it.
type check struct {
	code  string
	level diag.Severity
	run   func(*text)
}

// maxFound is how often one rule reports in one post.
const maxFound = 500

// New reads which rules a site applies: from its settings' section galley, which
// may be nil. What cannot be followed is told, a sentence each.
func New(galley map[string]any) (*Checker, []string) {
	c := &Checker{}
	var problems []string
	set, ok := galley["rules"].(map[string]any)
	if !ok && galley["rules"] != nil {
		problems = append(problems, "galley.rules in the settings should have a line for each rule, such as “heading-order: off”.")
	}
	for _, r := range rules {
		p := readParameters(r, set[r.Code], galley)
		if p.level != "" {
			if run := r.make(p); run != nil {
				c.checks = append(c.checks, check{r.Code, p.level, run})
			}
		}
		problems = append(problems, p.close()...)
	}
	_, wrong := postindex.ReadSettings(galley)
	problems = append(problems, wrong...)
	_, wrong = spelling.ReadSettings(galley)
	problems = append(problems, wrong...)
	for name := range set {
		if !slices.ContainsFunc(rules, func(r Rule) bool { return r.Code == name }) {
			problems = append(problems, fmt.Sprintf("There is no rule “%s”, which galley.rules in the settings names.", name))
		}
	}
	slices.Sort(problems)
	return c, problems
}

// Words are the site's own, for whoever checks its spelling.
func (c *Checker) Words() *spelling.Words { return c.words }

// Compares tells whether any of the rules needs [Settings.Memory].
func (c *Checker) Compares() bool {
	return slices.ContainsFunc(c.checks, func(check check) bool { return compares(check.code) })
}

// IsComparison tells whether something was found by comparing with earlier posts.
func IsComparison(d diag.Diagnostic) bool { return compares(d.Code) }

func compares(code string) bool { return code == "link-again" || code == "topic-again" }

// Check applies the rules to a post, and gives what they found by place.
func (c *Checker) Check(p post.Post, s Settings) []diag.Diagnostic {
	t := newText(p, s)
	for _, check := range c.checks {
		if t.over() {
			return nil
		}
		t.code, t.level, t.count = check.code, check.level, 0
		check.run(t)
	}
	t.found = append(t.found, c.styles.Check(s.Path, p.Source, p.Body, t.blocks, s.Stop)...)
	slices.SortStableFunc(t.found, func(a, b diag.Diagnostic) int { return cmp.Compare(a.Range.Start, b.Range.Start) })
	return t.found
}

// text is a post while it is checked.
type text struct {
	post.Post
	Settings
	src    string
	blocks []outline.Block
	// sections are the names of the headings of level 2 that the blocks stand
	// under; a heading of level 2 stands under itself.
	sections []string

	code  string
	level diag.Severity
	count int
	found []diag.Diagnostic
}

func newText(p post.Post, s Settings) *text {
	t := &text{Post: p, Settings: s, src: string(p.Source), blocks: outline.Parse(p.Source, p.Body)}
	t.sections = make([]string, len(t.blocks))
	section := ""
	for i := range t.blocks {
		if b := &t.blocks[i]; b.Kind == outline.Heading && b.Level <= 2 {
			if section = b.Text; b.Level == 1 {
				section = ""
			}
		}
		t.sections[i] = section
	}
	return t
}

// over tells whether checking is to end.
func (t *text) over() bool { return t.Stop != nil && t.Stop() != nil }

// passes tells whether a pattern of the site is to be held against a text: against none
// any more where checking is to end, and against none that is longer than
// effort.MaxText: one takes no more than seconds, and between two of them checking can end.
func (t *text) passes(s string) bool { return len(s) <= effort.MaxText && !t.over() }

// of is a part of the source.
func (t *text) of(r diag.Range) string { return t.src[r.Start:r.End] }

// tell reports what stands at a place.
func (t *text) tell(r diag.Range, format string, args ...any) { t.offer(r, nil, format, args...) }

// offer reports what stands at a place, with what mends it.
func (t *text) offer(r diag.Range, fix *diag.Fix, format string, args ...any) {
	if t.count++; t.count > maxFound {
		return
	}
	t.found = append(t.found, diag.Diagnostic{Range: r, Severity: t.level, Code: t.code, Message: fmt.Sprintf(format, args...), Fix: fix})
}
