package datacheck

import (
	"fmt"
	"regexp"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"galley/internal/bigint"
	"galley/internal/datafile"
	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/rubytime"
)

// exponent is what looks like a number with an exponent, and is a text.
var exponent = regexp.MustCompile(`^[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+$`)

// A value is one of these.
const (
	Map     = "map"
	List    = "list"
	Text    = "text"
	Number  = "number"
	Truth   = "truth"
	Day     = "day"
	Time    = "time"
	Nothing = "nothing"
)

// Value is a part of what a data file says, as it is shown.
type Value struct {
	// Key is what its map calls it; empty in a list, and at the top.
	Key string `json:"key,omitempty"`
	// Kind is Map, List, Text, Number, Truth, Day, Time or Nothing.
	Kind string `json:"kind"`
	// Text is what templates print for it; of lists and maps it is empty.
	Text string `json:"text,omitempty"`
	// Line is where it stands, from 1; 0 where that is not known.
	Line int `json:"line,omitempty"`
	// Items are the values of a list or a map.
	Items []Value `json:"items,omitempty"`
	// Left is how many items are not among them.
	Left int `json:"left,omitempty"`
}

const (
	// maxValues is how many values of a file are shown, and maxText how many bytes of
	// a text.
	maxValues = 4000
	maxText   = 1000
	// maxShown is how deep a file is shown.
	maxShown = 40
)

// valueOf makes what is shown of what was read. node says where its parts stand.
func valueOf(value any, node *yaml.Node) *Value {
	s := shower{left: maxValues}
	v := s.value(value, node, 0)
	return &v
}

type shower struct{ left int }

func (s *shower) value(value any, node *yaml.Node, depth int) Value {
	s.left--
	var v Value
	for node != nil && node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	if node != nil {
		v.Line = node.Line
	}
	switch value := value.(type) {
	case *ordered.Map:
		v.Kind = Map
		places := keysOf(node)
		for key, one := range value.All() {
			if s.left <= 0 || depth >= maxShown {
				v.Left = value.Len() - len(v.Items)
				break
			}
			name := liquid.Text(key)
			pair := places[name]
			item := s.value(one, pair.value, depth+1)
			if item.Key = cut(name); pair.line > 0 {
				item.Line = pair.line
			}
			v.Items = append(v.Items, item)
		}
	case []any:
		v.Kind = List
		for i, one := range value {
			if s.left <= 0 || depth >= maxShown {
				v.Left = len(value) - i
				break
			}
			var child *yaml.Node
			if node != nil && node.Kind == yaml.SequenceNode && len(node.Content) == len(value) {
				child = node.Content[i]
			}
			v.Items = append(v.Items, s.value(one, child, depth+1))
		}
	default:
		v.Kind, v.Text = kindOf(value), cut(liquid.Text(value))
	}
	return v
}

// pair is where a key stands, and its value.
type pair struct {
	line  int
	value *yaml.Node
}

// keysOf are the keys that are written in a map. Of one that is there twice the last
// counts.
func keysOf(node *yaml.Node) map[string]pair {
	if node == nil || node.Kind != yaml.MappingNode {
		return nil
	}
	keys := make(map[string]pair, len(node.Content)/2)
	for i := 0; i+1 < len(node.Content); i += 2 {
		if key := node.Content[i]; key.Kind == yaml.ScalarNode {
			keys[key.Value] = pair{key.Line, node.Content[i+1]}
		}
	}
	return keys
}

func kindOf(value any) string {
	switch value.(type) {
	case nil:
		return Nothing
	case bool:
		return Truth
	case int64, bigint.Int, float64:
		return Number
	case rubytime.Date:
		return Day
	case time.Time:
		return Time
	}
	return Text
}

// cut is the begin of a long text.
func cut(text string) string {
	if len(text) <= maxText {
		return text
	}
	end := maxText
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "…"
}

// rowsOf makes what is shown of a table, with the lines of its rows.
func rowsOf(value any, rows []datafile.Row, table datafile.Table) *Value {
	v := valueOf(value, nil)
	if !table.NoHeaders && len(rows) > 0 {
		rows = rows[1:]
	}
	for i := range v.Items {
		if i >= len(rows) {
			break
		}
		v.Items[i].Line = rows[i].Line
		for j := range v.Items[i].Items {
			if item := &v.Items[i].Items[j]; item.Key == "" && !table.NoHeaders {
				item.Key = fmt.Sprintf("(column %d)", j+1)
			}
		}
	}
	return v
}
