package site

import (
	"bytes"
	"fmt"
	"regexp"

	"galley/internal/diag"
	"galley/internal/ordered"
	"galley/internal/rubytime"
)

// maxConfig is how large a YAML file of a site may be, in bytes.
const maxConfig = 1 << 20

// plainValue turns what YAML was read into to what templates of Go know: maps
// with texts as keys, and plain numbers.
func plainValue(v any) any {
	switch v := v.(type) {
	case *ordered.Map:
		return plainMap(v)
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = plainValue(e)
		}
		return out
	case int64:
		return int(v)
	case rubytime.Date:
		return v.String()
	}
	return v
}

func plainMap(m *ordered.Map) map[string]any {
	out := make(map[string]any, m.Len())
	for k, v := range m.All() {
		out[fmt.Sprint(k)] = plainValue(v)
	}
	return out
}

// lineRange is the range of a line, counted from 1.
func lineRange(src []byte, n int) diag.Range {
	x := diag.NewIndex(src)
	start := x.Line(n)
	end := len(src)
	if i := bytes.IndexByte(src[start:], '\n'); i >= 0 {
		end = start + i
	}
	return diag.Range{Start: start, End: end}
}

// keyRange is the range of a top-level key's line.
func keyRange(src []byte, key string) diag.Range {
	at := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(key) + `[ \t]*:[^\n]*`).FindIndex(src)
	if at == nil {
		return diag.Range{}
	}
	return diag.Range{Start: at[0], End: at[1]}
}

// nestedKeyRange is the range of a key's line in a section; the section's where
// the key is not on a line of its own.
func nestedKeyRange(src []byte, section, key string) diag.Range {
	r := keyRange(src, section)
	at := regexp.MustCompile(`(?m)^[ \t]+(` + regexp.QuoteMeta(key) + `[ \t]*:[^\n]*)`).FindSubmatchIndex(src[r.End:])
	if at == nil {
		return r
	}
	return diag.Range{Start: r.End + at[2], End: r.End + at[3]}
}
