package post

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"galley/internal/diag"
	"galley/internal/yaml"
)

// maxFrontMatter and maxDepth bound what is handed to the YAML reader, which
// recurses as deep as its input nests. Real front matter has a dozen lines.
const (
	maxFrontMatter = 256 << 10 // bytes
	maxDepth       = 100
)

// split is where a file's front matter stands.
type split struct {
	found       bool
	yaml        diag.Range
	body        int
	diagnostics []diag.Diagnostic
}

// splitFrontMatter finds front matter as Jekyll does: a first line of three
// dashes, and the next line of three dashes or three dots. White space behind
// either counts for nothing. A file in which the second is missing is all body.
// A byte order mark before the first line is passed over.
func splitFrontMatter(src []byte) split {
	start := 0
	if bytes.HasPrefix(src, []byte("\uFEFF")) {
		start = len("\uFEFF")
	}
	none := split{body: start}
	first, next := lineAt(src, start)
	if !isFence(first, "---") || next == len(src) && !bytes.HasSuffix(first, []byte("\n")) {
		none.diagnostics = []diag.Diagnostic{{
			Range:    diag.Range{Start: start, End: start},
			Severity: diag.Warning,
			Code:     "front-matter-missing",
			Message:  "This post has no front matter. Begin the file with a line of three dashes, keys such as “title: …” and “date: …”, and a line of three dashes again.",
		}}
		return none
	}
	for at := next; at < len(src); {
		line, after := lineAt(src, at)
		if isFence(line, "---") || isFence(line, "...") {
			return split{found: true, yaml: diag.Range{Start: next, End: at}, body: after}
		}
		at = after
	}
	none.diagnostics = []diag.Diagnostic{{
		Range:    diag.Range{Start: start, End: start + len(bytes.TrimRight(first, "\r\n"))},
		Severity: diag.Error,
		Code:     "front-matter-unclosed",
		Message:  "The front matter has no end, so the site takes all of it as text. Put a line of three dashes below its last key.",
	}}
	return none
}

// lineAt gives the line that starts at a byte, line ending included, and where
// the next one starts.
func lineAt(src []byte, at int) (line []byte, next int) {
	if i := bytes.IndexByte(src[at:], '\n'); i >= 0 {
		next = at + i + 1
	} else {
		next = len(src)
	}
	return src[at:next], next
}

func isFence(line []byte, fence string) bool {
	return string(bytes.TrimRight(line, " \t\r\n\f\v")) == fence
}

// problem is why YAML could not be read. Line counts from 1 within the YAML; 0
// when not known.
type problem struct {
	code, message string
	line          int
}

func (p *problem) diagnostic(src []byte, yaml diag.Range) diag.Diagnostic {
	at := yaml.Start
	for n := 1; n < p.line; n++ {
		_, next := lineAt(src, at)
		if next >= yaml.End { // "after the end" is of no use to anybody
			break
		}
		at = next
	}
	line, _ := lineAt(src, min(at, yaml.End))
	indent := len(line) - len(bytes.TrimLeft(line, " \t"))
	end := at + len(bytes.TrimRight(line, " \t\r\n"))
	return diag.Diagnostic{
		Range:    diag.Range{Start: min(at+indent, end), End: end},
		Severity: diag.Error,
		Code:     p.code,
		Message:  p.message,
	}
}

// decode reads YAML whose top level is a map.
func decode(text []byte) (*yaml.Document, *problem) {
	if p := bounds(text); p != nil {
		return nil, p
	}
	document, err := yaml.Parse(text)
	if err != nil {
		return nil, explain(err)
	}
	if kind := document.Kind(); kind != yaml.Map && kind != yaml.Empty {
		return nil, &problem{code: "front-matter-type", line: 1,
			message: "The front matter is not a list of keys. Write each line as “key: value”."}
	}
	return document, nil
}

// bounds refuses YAML that is too long or nests too deep, before the reader
// recurses into it.
func bounds(text []byte) *problem {
	if len(text) > maxFrontMatter {
		return &problem{code: "front-matter-too-large", line: 1,
			message: fmt.Sprintf("The front matter is larger than %d KB and is not read. Move long text into the body.", maxFrontMatter>>10)}
	}
	number, flow := 0, 0
	for line := range bytes.Lines(text) {
		number++
		block := 0
		for _, c := range line {
			if c != ' ' && c != '\t' && c != '-' && c != '?' {
				break
			}
			block++
		}
		flow += bytes.Count(line, []byte("[")) + bytes.Count(line, []byte("{"))
		flow -= bytes.Count(line, []byte("]")) + bytes.Count(line, []byte("}"))
		if opens := bytes.Count(line, []byte("[")) + bytes.Count(line, []byte("{")); block > 4*maxDepth || flow > maxDepth || opens > 4*maxDepth {
			return &problem{code: "front-matter-too-deep", line: number,
				message: "The front matter nests too deep here and is not read. Close the brackets, or take levels out."}
		}
		flow = max(flow, 0)
	}
	return nil
}

// explain turns the YAML reader's error into a sentence.
func explain(err error) *problem {
	var e *yaml.Error
	if !errors.As(err, &e) {
		e = &yaml.Error{Problem: err.Error()}
	}
	detail := e.Problem
	if e.Deep {
		return &problem{code: "front-matter-too-deep", line: max(e.Line, 1),
			message: fmt.Sprintf("The front matter cannot be read (%s). Take levels or aliases out.", detail)}
	}
	hint := "Look for a missing colon, a quote that is not closed, or wrong indentation."
	switch {
	case strings.Contains(detail, "mapping values are not allowed"):
		hint = "A value that contains a colon and a space needs quotes around it."
	case strings.Contains(detail, "found character that cannot start any token"):
		hint = "Use spaces instead of tabs, and put quotes around values that begin with @ or `."
	case strings.Contains(detail, "could not find expected ':'"):
		hint = "A key is written “key: value”, with a colon and a space."
	case strings.Contains(detail, "unknown anchor"):
		hint = "A value that begins with * needs quotes around it."
	case strings.Contains(detail, "unexpected end of stream"):
		hint = "A quote or bracket is opened and not closed."
	case strings.Contains(detail, `unknown escape character \'`):
		hint = "Between double quotation marks an apostrophe needs no backslash."
	case strings.Contains(detail, "unexpected ':'"):
		hint = "Between brackets a colon needs a space behind it, and a value that ends with a colon needs quotes around it."
	case strings.Contains(detail, "control characters"):
		hint = "It contains an invisible control character; delete it."
	}
	return &problem{code: "front-matter-broken", line: max(e.Line, 1),
		message: fmt.Sprintf("The front matter cannot be read (%s). %s", strings.TrimSpace(detail), hint)}
}
