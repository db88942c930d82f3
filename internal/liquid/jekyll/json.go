package jekyll

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"galley/internal/bigint"
	"galley/internal/liquid"
	"galley/internal/ordered"
)

func jsonFilters() map[string]liquid.Filter {
	return map[string]liquid.Filter{
		"jsonify": filter(0, 0, jsonifyFilter),
		"inspect": filter(0, 0, func(c *liquid.Context, in any, _ []any) (any, error) {
			if d, ok := in.(liquid.Keyed); ok {
				w := &jsonWriter{c: c, indent: "  "}
				err := w.value(d, 0)
				return liquid.EscapeXML(w.b.String()), err
			}
			return liquid.EscapeXML(liquid.Inspect(in)), nil
		}),
	}
}

// maxJSON is how deep values may stand in each other.
const maxJSON = 100

func jsonifyFilter(c *liquid.Context, in any, _ []any) (any, error) {
	w := &jsonWriter{c: c}
	err := w.value(in, 0)
	return w.b.String(), err
}

// jsonWriter writes JSON as Ruby's library does: nothing but what has to be is
// escaped, and keys stay in their order.
type jsonWriter struct {
	c      *liquid.Context
	b      strings.Builder
	indent string // "" for all in one line
}

func (w *jsonWriter) value(v any, depth int) error {
	if depth > maxJSON {
		return liquid.Faultf("nesting of %d is too deep", depth)
	}
	if err := w.c.Spend(1); err != nil {
		return err
	}
	if err := w.c.Fits(w.b.Len()); err != nil {
		return err
	}
	switch v := v.(type) {
	case nil:
		w.b.WriteString("null")
	case bool, int64, int, bigint.Int:
		w.b.WriteString(liquid.String(v))
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return liquid.Faultf("%s not allowed in JSON", liquid.String(v))
		}
		w.b.WriteString(liquid.String(v))
	case string:
		return w.text(v)
	case []any:
		w.b.WriteByte('[')
		for i, e := range v {
			w.next(i, depth+1)
			if err := w.value(e, depth+1); err != nil {
				return err
			}
		}
		w.end(len(v), depth, ']')
	case *ordered.Map:
		return w.object(v, depth)
	case liquid.JSONer:
		return w.value(v.LiquidJSON(depth), depth)
	case liquid.Keyed:
		keys := v.Keys()
		m := ordered.New(len(keys))
		for _, k := range keys {
			value, _ := v.Get(k)
			m.Set(k, value)
		}
		return w.object(m, depth)
	default:
		return w.text(liquid.String(v))
	}
	return nil
}

func (w *jsonWriter) object(m *ordered.Map, depth int) error {
	if depth >= maxJSON {
		return liquid.Faultf("nesting of %d is too deep", depth+1)
	}
	w.b.WriteByte('{')
	for i := range m.Len() {
		key, value := m.At(i)
		w.next(i, depth+1)
		if err := w.text(liquid.String(key)); err != nil {
			return err
		}
		w.b.WriteByte(':')
		if w.indent != "" {
			w.b.WriteByte(' ')
		}
		if err := w.value(value, depth+1); err != nil {
			return err
		}
	}
	w.end(m.Len(), depth, '}')
	return nil
}

// next goes to the place of an element.
func (w *jsonWriter) next(i, depth int) {
	if i > 0 {
		w.b.WriteByte(',')
	}
	w.line(depth)
}

func (w *jsonWriter) end(n, depth int, c byte) {
	if n > 0 {
		w.line(depth)
	}
	w.b.WriteByte(c)
}

func (w *jsonWriter) line(depth int) {
	if w.indent != "" {
		w.b.WriteByte('\n')
		w.b.WriteString(strings.Repeat(w.indent, depth))
	}
}

func (w *jsonWriter) text(s string) error {
	if !utf8.ValidString(s) {
		return liquid.Faultf("source sequence is illegal/malformed utf-8")
	}
	if err := w.c.Fits(w.b.Len() + len(s)); err != nil {
		return err
	}
	w.b.WriteByte('"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			w.b.WriteByte('\\')
			w.b.WriteByte(c)
		case c >= 0x20:
			w.b.WriteByte(c)
		case c == '\n':
			w.b.WriteString(`\n`)
		case c == '\t':
			w.b.WriteString(`\t`)
		case c == '\r':
			w.b.WriteString(`\r`)
		case c == '\b':
			w.b.WriteString(`\b`)
		case c == '\f':
			w.b.WriteString(`\f`)
		default:
			fmt.Fprintf(&w.b, `\u%04x`, c)
		}
	}
	w.b.WriteByte('"')
	return w.c.Spend(len(s) >> 6)
}
