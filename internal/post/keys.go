package post

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"time"

	"galley/internal/diag"
	"galley/internal/ordered"
)

// keyLine is a line that begins a top-level key: plain, or in either quote. A colon
// that no blank follows belongs to a plain key (og:image).
var keyLine = regexp.MustCompile(`^(?:"([^"\n]*)"|'([^'\n]*)'|` +
	`([^\s#\-\[\]{},&*!|>'"%@` + "`" + `?:](?:[^:#\n]|:+[^:\s])*?:*?|\S*?[^\s:#]:*?))` +
	`[ \t]*:(?:[ \t]|\r?\n|\r?$)`)

// scanKeys finds the top-level keys of a front matter by its lines: at top
// level a key begins at the line's start, and what belongs to its value is
// indented, a list item, or a comment. It reads broken YAML too, so that the
// key that breaks it can be found and mended. base is added to all offsets.
func scanKeys(text []byte, base int) []Key {
	var keys []Key
	end := 0 // of the last line that belongs to the open key
	for at := 0; at < len(text); {
		line, next := lineAt(text, at)
		m := keyLine.FindSubmatchIndex(line)
		blank := len(bytes.TrimSpace(line)) == 0 || line[0] == '#'
		switch {
		case m != nil:
			keys = append(keys, Key{
				Name:  keyName(line, m),
				Range: diag.Range{Start: at, End: next},
				Value: diag.Range{Start: at + colonEnd(line, m), End: next},
			})
			end = next
		case len(keys) > 0 && !blank:
			end = next
		}
		if len(keys) > 0 {
			keys[len(keys)-1].Range.End = end
		}
		at = next
	}
	for i := range keys {
		k := &keys[i]
		k.Value = trimValue(text, diag.Range{Start: k.Value.Start, End: k.Range.End})
		k.Range.Start, k.Range.End = k.Range.Start+base, k.Range.End+base
		k.Value.Start, k.Value.End = k.Value.Start+base, k.Value.End+base
	}
	return keys
}

func keyName(line []byte, m []int) string {
	for g := 2; g < len(m); g += 2 {
		if m[g] >= 0 {
			return string(line[m[g]:m[g+1]])
		}
	}
	return ""
}

// colonEnd is the offset behind the colon of a key's line.
func colonEnd(line []byte, m []int) int {
	end := 0
	for g := 3; g < len(m); g += 2 {
		end = max(end, m[g])
	}
	return end + bytes.IndexByte(line[end:], ':') + 1
}

// trimValue takes white space off both ends of a value, and a comment behind
// a value of one line.
func trimValue(text []byte, r diag.Range) diag.Range {
	value := text[r.Start:r.End]
	end := len(bytes.TrimRight(value, " \t\r\n"))
	start := len(value) - len(bytes.TrimLeft(value, " \t"))
	if end <= start { // no value: it will stand behind the white space
		return diag.Range{Start: r.Start + start, End: r.Start + start}
	}
	if !bytes.ContainsRune(value[start:end], '\n') {
		if value[start] == '#' && start > 0 { // no value, and a comment
			return diag.Range{Start: r.Start, End: r.Start}
		}
		end = start + commentStart(value[start:end])
		end = start + len(bytes.TrimRight(value[start:end], " \t"))
	}
	return diag.Range{Start: r.Start + start, End: r.Start + end}
}

// commentStart is where the comment behind a value of one line starts; the
// value's length when there is none.
func commentStart(value []byte) int {
	if len(value) > 0 && (value[0] == '"' || value[0] == '\'') {
		quote := value[0]
		for i := 1; i < len(value); i++ {
			switch {
			case value[i] == '\\' && quote == '"':
				i++
			case value[i] == quote && quote == '\'' && i+1 < len(value) && value[i+1] == quote:
				i++
			case value[i] == quote:
				if j := bytes.IndexByte(value[i+1:], '#'); j >= 0 && len(bytes.TrimSpace(value[i+1:i+1+j])) == 0 {
					return i + 1
				}
				return len(value)
			}
		}
		return len(value)
	}
	for i := range value {
		if value[i] == '#' && (i == 0 || value[i-1] == ' ' || value[i-1] == '\t') {
			return i
		}
	}
	return len(value)
}

// holdsComment tells whether a comment stands within a value of several lines.
// Where that is not certain, as in a text block inside a list, it says yes.
func holdsComment(value []byte) bool {
	if len(value) > 0 && (value[0] == '|' || value[0] == '>') {
		return blockHoldsComment(value)
	}
	quote := byte(0)
	for i := 0; i < len(value); i++ {
		c, before := value[i], byte('\n')
		if i > 0 {
			before = value[i-1]
		}
		switch {
		case quote == '"' && c == '\\':
			i++ // and what it escapes
		case quote != 0:
			if c == quote {
				quote = 0 // a single quote that is doubled opens again below
			}
		case c == '"' || c == '\'':
			if bytes.IndexByte([]byte(" \t\r\n[{,:'"), before) >= 0 {
				quote = c
			}
		case c == '#' && bytes.IndexByte([]byte(" \t\n"), before) >= 0:
			return true
		}
	}
	return false
}

// blockHoldsComment tells whether a comment stands behind the sign that begins
// a text block, or below its text and less indented. Within it there are none.
func blockHoldsComment(value []byte) bool {
	header, next := lineAt(value, 0)
	if commentStart(bytes.TrimRight(header, "\r\n")) < len(bytes.TrimRight(header, "\r\n")) {
		return true
	}
	depth := -1
	for line := range bytes.Lines(value[next:]) {
		text := bytes.TrimLeft(line, " ")
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		indent := len(line) - len(text)
		if depth < 0 {
			depth = indent
		}
		if indent < depth && text[0] == '#' || indent == 0 {
			return true
		}
	}
	return false
}

// maxDuplicates is how many keys that are there twice are told.
const maxDuplicates = 100

// checkKeys looks for keys that are there twice, and for values of a kind that
// Galley's own keys cannot have.
func (p Post) checkKeys() []diag.Diagnostic {
	var found []diag.Diagnostic
	report := func(r diag.Range, s diag.Severity, code, format string, args ...any) {
		found = append(found, diag.Diagnostic{Range: r, Severity: s, Code: code, Message: fmt.Sprintf(format, args...)})
	}
	last := map[string]int{}
	twice := map[string]bool{}
	for i, k := range p.Keys {
		if _, there := last[k.Name]; there {
			twice[k.Name] = true
		}
		last[k.Name] = i
	}
	for i, k := range p.Keys {
		if twice[k.Name] && last[k.Name] == i && len(found) < maxDuplicates {
			report(k.Range, diag.Warning, "front-matter-duplicate", "“%s” is there twice, and only this last one counts. Delete one.", k.Name)
		}
	}
	for _, name := range []string{"title", "layout", "slug", "permalink", "date"} {
		switch p.Meta[name].(type) {
		case []any, map[string]any:
			report(p.KeyRange(name), diag.Error, "front-matter-type", "“%s” must be one text, not a list or a map. If the text has brackets or colons in it, put quotes around it.", name)
			continue
		}
		if name == "date" && p.Text(name) != "" {
			if _, ok := DateOf(p.Data(time.UTC).Value(name), time.UTC, time.Unix(0, 0)); !ok {
				report(p.KeyRange(name), diag.Error, "date-unreadable", "“%s” is not a date that the site can read. Write it as 2026-08-19 22:00:00 -0000.", p.Text(name))
			}
		}
	}
	data := p.Data(time.UTC) // dates are texts in Meta
	for _, name := range []string{"slug", "permalink", "categories", "lang", "redirect_from", "redirect_to"} {
		r := p.KeyRange(name)
		switch v := data.Value(name).(type) {
		case nil, []any, *ordered.Map:
		case string:
			if v == "" && (name == "slug" || name == "permalink" || name == "redirect_from") {
				report(r, diag.Error, "front-matter-type", "An empty text is an address to Jekyll, too: of no page, or of the home page. Write one, or delete the line of “%s”.", name)
			}
		default:
			if v == false && name != "categories" && name != "redirect_from" {
				continue // which is read as absent
			}
			written := unquoted(string(p.Source[r.Start:r.End]))
			report(r, diag.Error, "front-matter-type", "Jekyll wants a text as “%s”: its build can end at what YAML reads as a number, a date or true. Put quotes around it: \"%s\".", name, written)
		}
	}
	if v, ok := p.Meta["published"]; ok {
		if _, isBool := v.(bool); !isBool {
			report(p.KeyRange("published"), diag.Warning, "front-matter-type", "“published” is either true or false, not “%s”.", strings.TrimSpace(p.Text("published")))
		}
	}
	return found
}
