package vale

import (
	"fmt"
	"regexp"
	"strings"

	"galley/internal/diag"
	"galley/internal/markdown/outline"
)

// scope is what a rule looks at.
type scope struct {
	kind  string // text, heading, list, paragraph, sentence, raw
	level int    // of headings; 0 for all
}

func readScope(value any) (scope, error) {
	name, ok := value.(string)
	if list, is := value.([]any); is && len(list) == 1 {
		name, ok = list[0].(string)
	}
	if value == nil {
		name, ok = "text", true
	}
	if !ok {
		return scope{}, fmt.Errorf("several scopes are not known here")
	}
	switch name {
	case "text", "heading", "list", "paragraph", "sentence", "raw":
		return scope{kind: name}, nil
	case "summary":
		return scope{kind: "text"}, nil
	}
	var level int
	if n, err := fmt.Sscanf(name, "heading.h%d", &level); n == 1 && err == nil && level >= 1 && level <= 6 {
		return scope{"heading", level}, nil
	}
	return scope{}, fmt.Errorf("the scope %s is not known here", name)
}

// text is a post while it is checked.
type text struct {
	src     []byte
	body    int
	blocks  []outline.Block
	without map[string][]diag.Range

	rule  *rule
	level level
	count int
	found []diag.Diagnostic
	stop  func() error
}

// over tells whether checking is to end.
func (t *text) over() bool { return t.stop != nil && t.stop() != nil }

// part is a text that a rule looks at by itself.
type part struct {
	text  string
	place func(from, to int) diag.Range
}

var comment = regexp.MustCompile(`^<!--\s*vale\s+(?:(on|off)|(\w[\w-]*\.\w[\w-]*)\s*=\s*(YES|NO))\s*-->`)

func newText(src []byte, body int, blocks []outline.Block) *text {
	t := &text{src: src, body: body, blocks: blocks, without: map[string][]diag.Range{}}
	off := map[string]int{}
	for _, b := range blocks {
		if b.Kind != outline.HTML {
			continue
		}
		m := comment.FindSubmatch(src[b.Range.Start:b.Range.End])
		if m == nil {
			continue
		}
		name, on := string(m[2]), string(m[1]) == "on" || string(m[3]) == "YES"
		at, is := off[name]
		switch {
		case on && is:
			t.without[name] = append(t.without[name], diag.Range{Start: at, End: b.Range.Start})
			delete(off, name)
		case !on && !is:
			off[name] = b.Range.End
		}
	}
	for name, at := range off {
		t.without[name] = append(t.without[name], diag.Range{Start: at, End: len(src)})
	}
	return t
}

// hidden are runs of what is no prose, which Vale shows its rules as stars.
func shown(s string) string { return strings.ReplaceAll(s, string(outline.Hidden), "*") }

// parts are the texts that the rule looks at.
func (t *text) parts(visit func(part)) {
	s := t.rule.scope
	if s.kind == "raw" {
		visit(part{string(t.src[t.body:]), func(from, to int) diag.Range { return diag.Range{Start: t.body + from, End: t.body + to} }})
		return
	}
	for i := range t.blocks {
		b := &t.blocks[i]
		if t.over() {
			return
		}
		if strings.TrimSpace(b.Text) == "" {
			continue
		}
		switch s.kind {
		case "heading":
			if b.Kind != outline.Heading || s.level > 0 && b.Level != s.level {
				continue
			}
		case "list":
			if b.Kind != outline.Item {
				continue
			}
		case "paragraph", "sentence":
			if b.Kind != outline.Paragraph && (s.kind == "paragraph" || b.Kind != outline.Item) {
				continue
			}
		}
		whole := shown(b.Text)
		if s.kind != "sentence" {
			visit(part{whole, b.Source})
			continue
		}
		for _, r := range sentences(whole) {
			if t.over() {
				return
			}
			visit(part{whole[r[0]:r[1]], func(from, to int) diag.Range { return b.Source(r[0]+from, r[0]+to) }})
		}
	}
}

// sentences splits a text behind full stops, question and exclamation marks that a
// space and no small letter follow.
func sentences(s string) [][2]int {
	var out [][2]int
	start := 0
	for i := 0; i+1 < len(s); i++ {
		if (s[i] != '.' && s[i] != '!' && s[i] != '?') || (s[i+1] != ' ' && s[i+1] != '\n') {
			continue
		}
		end := i + 1
		for end < len(s) && (s[end] == ' ' || s[end] == '\n') {
			end++
		}
		if end < len(s) && s[end] >= 'a' && s[end] <= 'z' {
			continue
		}
		out = append(out, [2]int{start, i + 1})
		start = end
	}
	if start < len(s) {
		out = append(out, [2]int{start, len(s)})
	}
	return out
}

// maxFound is how often one rule reports in one post.
const maxFound = 500

// tell reports a place, with what mends it, if there is anything.
func (t *text) tell(at diag.Range, fix *diag.Fix, message string) {
	for _, name := range []string{"", t.rule.name} {
		for _, r := range t.without[name] {
			if at.Start >= r.Start && at.Start < r.End {
				return
			}
		}
	}
	if t.count++; t.count > maxFound {
		return
	}
	t.found = append(t.found, diag.Diagnostic{Range: at, Severity: t.level.severity(), Code: t.rule.name, Message: message, Fix: fix})
}

// tooLong reports that a pattern was given up.
func (t *text) tooLong() {
	t.count = maxFound
	t.found = append(t.found, diag.Diagnostic{Range: diag.Range{Start: t.body, End: t.body}, Severity: diag.Info, Code: t.rule.name,
		Message: "The pattern of this rule takes too long in this text, and was given up."})
}

// each visits the matches of a pattern in the parts.
func (t *text) each(p pattern, visit func(part, []int)) {
	t.parts(func(one part) {
		if t.count >= maxFound {
			return
		}
		matches, ok := p.all(one.text, t.over)
		if !ok {
			t.tooLong()
			return
		}
		for _, m := range matches {
			if m[0] < m[1] && !t.over() {
				visit(one, m)
			}
		}
	})
}
