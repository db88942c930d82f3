package site

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"

	"gopkg.in/yaml.v2"

	"galley/internal/diag"
)

// maxConfig is how large a YAML file of a site may be, in bytes.
const maxConfig = 1 << 20

var errYAML = errors.New("this is not YAML that Galley can read")

// unmarshalYAML reads YAML and never panics.
func unmarshalYAML(src []byte, into any) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errYAML, p)
		}
	}()
	return yaml.Unmarshal(bytes.TrimPrefix(src, []byte("\ufeff")), into)
}

// orderedYAML is any YAML with the order of its maps kept: a yaml.MapSlice, a
// list of any, or a scalar.
type orderedYAML struct{ value any }

// UnmarshalYAML implements yaml.Unmarshaler.
func (o *orderedYAML) UnmarshalYAML(unmarshal func(any) error) error {
	var list []orderedYAML
	if unmarshal(&list) == nil {
		values := make([]any, len(list))
		for i, e := range list {
			values[i] = e.value
		}
		o.value = values
		return nil
	}
	var m yaml.MapSlice
	if unmarshal(&m) == nil {
		o.value = m
		return nil
	}
	return unmarshal(&o.value)
}

// plainValue turns what the YAML library gives into maps with texts as keys.
func plainValue(v any) any {
	switch v := v.(type) {
	case yaml.MapSlice:
		m := make(map[string]any, len(v))
		for _, item := range v {
			m[fmt.Sprint(item.Key)] = plainValue(item.Value)
		}
		return m
	case map[any]any:
		m := make(map[string]any, len(v))
		for k, e := range v {
			m[fmt.Sprint(k)] = plainValue(e)
		}
		return m
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = plainValue(e)
		}
		return out
	}
	return v
}

// readOrdered reads YAML with the order of its maps kept. The library reads it
// plainly first: that is where it notices texts that grow without end through
// aliases.
func readOrdered(src []byte) (any, error) {
	var plain any
	if err := unmarshalYAML(src, &plain); err != nil {
		return nil, err
	}
	var ordered orderedYAML
	err := unmarshalYAML(src, &ordered)
	return ordered.value, err
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
