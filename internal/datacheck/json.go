package datacheck

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"galley/internal/diag"
)

// jsonProblem tells what keeps a text from being JSON; false for nothing, and where
// it is not known.
func jsonProblem(src []byte) (diag.Diagnostic, bool) {
	text := bytes.TrimPrefix(src, []byte("\ufeff"))
	skipped := len(src) - len(text)
	decoder := json.NewDecoder(bytes.NewReader(text))
	var value json.RawMessage
	err := decoder.Decode(&value)
	var syntax *json.SyntaxError
	switch {
	case err == nil:
		rest := int(decoder.InputOffset())
		rest += len(text[rest:]) - len(bytes.TrimLeft(text[rest:], " \t\r\n"))
		if rest == len(text) {
			return diag.Diagnostic{}, false
		}
		return diag.Diagnostic{Range: diag.Range{Start: skipped + rest, End: skipped + rest + 1}, Message: "The value of the file ends before this: there is a bracket too many above, or text that does not belong to it. Take it out."}, true
	case errors.Is(err, io.EOF):
		return diag.Diagnostic{}, false // an empty file
	case errors.Is(err, io.ErrUnexpectedEOF):
		return tooEarly(src), true
	case !errors.As(err, &syntax):
		return diag.Diagnostic{}, false
	}
	if strings.Contains(syntax.Error(), "unexpected end") {
		return tooEarly(src), true
	}
	at := min(max(skipped+int(syntax.Offset)-1, 0), len(src))
	d := diag.Diagnostic{Range: diag.Range{Start: at, End: min(at+1, len(src))}}
	message, char := syntax.Error(), byte(0)
	if at < len(src) {
		char = src[at]
	}
	before := bytes.TrimRight(src[:at], " \t\r\n")
	switch {
	case char == '/' || char == '#':
		d.Message = "JSON has no comments. Take this out."
	case bytes.HasSuffix(before, []byte(",")) && (char == '}' || char == ']'):
		d.Range = diag.Range{Start: len(before) - 1, End: len(before)}
		d.Message = fmt.Sprintf("There is a comma before the closing %c, behind which nothing follows. Take it out.", char)
		d.Fix = &diag.Fix{Name: "Take it out", Range: d.Range}
	case strings.Contains(message, "after object key:value pair"), strings.Contains(message, "after array element"):
		d.Message = "A comma is missing before this, or a bracket behind it is too many."
	case strings.Contains(message, "after object key"):
		d.Message = "A colon is missing between this and its key."
	case strings.Contains(message, "beginning of object key"):
		d.Message = "A key in double quotes should stand here, as in \"name\": 1."
	case strings.Contains(message, "in string literal"):
		for i := at - 1; i >= 0; i-- {
			if src[i] == '"' && (i == 0 || src[i-1] != '\\') {
				d.Range = diag.Range{Start: i, End: i + 1}
				break
			}
		}
		d.Message = "The text that begins here is not closed in its line, or has a sign in it that JSON does not allow. Put \" at its end; a new line is written as \\n."
	case strings.Contains(message, "in string escape code"):
		d.Message = "A backslash means nothing before this. Write two of them for one."
	case char == '\'':
		d.Message = "JSON takes double quotes alone. Write \" in place of '."
	default:
		d.Message = "A value should stand here: a text in double quotes, a number, true, false, null, a list in [ ] or a map in { }."
	}
	return d, true
}

// tooEarly says which bracket or quote is open where a JSON text ends.
func tooEarly(src []byte) diag.Diagnostic {
	type bracket struct {
		at      int
		closing string
	}
	var open []bracket
	for i := 0; i < len(src); i++ {
		switch src[i] {
		case '{':
			open = append(open, bracket{i, "}"})
		case '[':
			open = append(open, bracket{i, "]"})
		case '}', ']':
			open = open[:max(len(open)-1, 0)]
		case '"':
			begun := i
			for i++; i < len(src) && src[i] != '"'; i++ {
				if src[i] == '\\' {
					i++
				}
			}
			if i >= len(src) {
				open = append(open, bracket{begun, `"`})
			}
		}
	}
	if len(open) == 0 {
		end := len(bytes.TrimRight(src, " \t\r\n"))
		return diag.Diagnostic{Range: diag.Range{Start: max(end-1, 0), End: end}, Message: "The file ends too early: a value should follow here."}
	}
	last := open[len(open)-1]
	all := ""
	for i := len(open) - 1; i >= 0; i-- {
		all += open[i].closing
		if len(all) == 10 {
			break
		}
	}
	return diag.Diagnostic{
		Range:   diag.Range{Start: last.at, End: last.at + 1},
		Message: fmt.Sprintf("The file ends too early: the %c that begins here is not closed. Put %s behind what belongs to it; all that is open at the end is closed by %s.", src[last.at], last.closing, all),
	}
}

// onlyYAML tells what a file of JSON has that YAML takes, as which sites read it, and
// nobody else.
func onlyYAML(src []byte) []diag.Diagnostic {
	d, ok := jsonProblem(src)
	if !ok {
		return nil
	}
	d.Severity, d.Code = diag.Warning, "data-json"
	d.Message = fmt.Sprintf("The site takes this, since it reads JSON as YAML; scripts and other programs do not. %v", d.Message)
	return []diag.Diagnostic{d}
}
