// Package yaml reads YAML as Ruby's Psych does, through which Jekyll reads front
// matter, settings and data files.
//
// What is a list, a map or a text comes from a YAML library. What a plain text
// means is told here, by Psych's rules, which are those of YAML 1.1 with some of
// its own: yes and off are truth values and y is a text, 12:30 is 45000 seconds,
// 7,2,9 is 729, 00009 is a text because no octal number has a nine in it. See
// [Scalar].
//
// # Values
//
//	null          nil
//	truth values  bool
//	numbers       int64, bigint.Int where that is too small, float64
//	texts         string
//	lists         []any
//	maps          *ordered.Map, in the file's order; keys may be any value
//	days          rubytime.Date
//	times         time.Time: in UTC, at the offset that stands behind it, or
//	              without either where the site is
//
// Where a key is there twice the last one counts, in the first one's place. The
// key << lays another map over this one. An alias is the same value as its
// anchor, not a copy: what is read must not be changed.
//
// Where Psych as Jekyll calls it refuses a text, :symbol and tags that name
// classes of Ruby, the text itself is read, as Jekyll's own releases do.
//
// # Bounds
//
// Reading takes time in proportion to the text. Depth is bounded, and so is how
// much larger aliases make what is read.
package yaml

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"galley/internal/bigint"
	"galley/internal/ordered"
)

const (
	// maxDepth is how deep lists and maps may nest.
	maxDepth = 1000
	// maxShared is how many values aliases and merged maps may add to those
	// that are written out.
	maxShared = 1 << 20
)

// Error is why a text cannot be read.
type Error struct {
	// Line counts from 1; it is 0 where it is not known.
	Line int
	// Problem is the reason, as a part of a sentence.
	Problem string
	// Deep tells that the text nests too deep, or grows too large by aliases.
	Deep bool
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Problem
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Problem)
}

// Read reads the first document of a text; nil when there is none. Times that
// say no zone are shown in place. With a place of nil, times and days stay the
// texts that they are written as. The error is an [*Error].
func Read(src []byte, place *time.Location) (any, error) {
	d, err := Parse(src)
	if err != nil {
		return nil, err
	}
	return d.Value(place), nil
}

// Document is a text that was read.
type Document struct {
	root    *yaml.Node
	aliased map[*yaml.Node]bool
}

// Parse reads the first document of a text. The error is an [*Error].
func Parse(src []byte) (d *Document, err error) {
	defer func() {
		if p := recover(); p != nil {
			d, err = nil, &Error{Problem: "it is not YAML that can be read"}
		}
	}()
	var root yaml.Node
	text := bytes.TrimPrefix(src, []byte("\ufeff"))
	if err := yaml.Unmarshal(text, &root); err != nil {
		return nil, explain(err, src)
	}
	d = &Document{aliased: map[*yaml.Node]bool{}}
	if len(root.Content) == 0 {
		return d, nil
	}
	d.root = root.Content[0]
	m := measure{sizes: map[*yaml.Node]int{}, aliased: d.aliased}
	if _, problem := m.size(d.root, 0); problem != nil {
		return nil, problem
	}
	if problem := refused(text, d.root); problem != nil {
		return nil, problem
	}
	return d, nil
}

// libraryLine is what the library puts before a problem.
var libraryLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// explain makes an Error of the library's. Of a problem in the first line, and of
// bytes that are no text, the library tells no line.
func explain(err error, src []byte) *Error {
	text := err.Error()
	m := libraryLine.FindStringSubmatch(text)
	if m == nil {
		return &Error{Problem: text}
	}
	e := &Error{Line: 1, Problem: strings.TrimSpace(text[len(m[0]):])}
	if m[1] != "" {
		e.Line, _ = strconv.Atoi(m[1])
	} else if i := noText(src); i >= 0 {
		e.Line += bytes.Count(src[:i], []byte("\n"))
	}
	return e
}

// noText finds the first byte that is no text of YAML's; -1 when all are.
func noText(src []byte) int {
	for i := 0; i < len(src); {
		c, size := utf8.DecodeRune(src[i:])
		if c == utf8.RuneError && size == 1 || c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f {
			return i
		}
		i += size
	}
	return -1
}

// measure tells how many values a document has once its aliases are followed.
type measure struct {
	sizes   map[*yaml.Node]int // of lists and maps with an anchor; -1 for those that are open
	aliased map[*yaml.Node]bool
	shared  int
}

func (m *measure) size(n *yaml.Node, depth int) (int, *Error) {
	if depth > maxDepth {
		return 0, &Error{Line: n.Line, Problem: "it nests too deep", Deep: true}
	}
	if n.Kind == yaml.AliasNode {
		m.aliased[n.Alias] = true
		size, known := m.sizes[n.Alias]
		if !known {
			size = 1
		}
		if size < 0 {
			return 0, &Error{Line: n.Line, Problem: fmt.Sprintf("%s contains itself", n.Value), Deep: true}
		}
		if m.shared += size; m.shared > maxShared {
			return 0, &Error{Line: n.Line, Problem: "it grows too large by its aliases", Deep: true}
		}
		return size, nil
	}
	if n.Anchor != "" {
		m.sizes[n] = -1
	}
	size := 1
	for _, child := range n.Content {
		s, problem := m.size(child, depth+1)
		if problem != nil {
			return 0, problem
		}
		size += s
	}
	if n.Anchor != "" {
		m.sizes[n] = size
	}
	return size, nil
}

// Kind is what stands at a document's top.
type Kind int

// A document is one of these.
const (
	Empty Kind = iota
	Text       // or another value that is neither list nor map
	List
	Map
)

// Kind tells what stands at the top.
func (d *Document) Kind() Kind {
	switch {
	case d.root == nil:
		return Empty
	case d.root.Kind == yaml.MappingNode:
		return Map
	case d.root.Kind == yaml.SequenceNode:
		return List
	case d.Value(nil) == nil:
		return Empty
	}
	return Text
}

// Value is what the document says; see [Read].
func (d *Document) Value(place *time.Location) any {
	if d.root == nil {
		return nil
	}
	r := reader{place: place, aliased: d.aliased, values: map[*yaml.Node]any{}}
	return r.value(d.root)
}

// reader makes values of a document's nodes.
type reader struct {
	place   *time.Location
	aliased map[*yaml.Node]bool
	values  map[*yaml.Node]any // of nodes that aliases name
}

func (r *reader) value(n *yaml.Node) any {
	if n.Kind == yaml.AliasNode {
		return r.values[n.Alias]
	}
	var value any
	switch n.Kind {
	case yaml.ScalarNode:
		value = r.scalar(n)
	case yaml.SequenceNode:
		value = r.list(n)
	case yaml.MappingNode:
		value = r.mapping(n)
	}
	if r.aliased[n] {
		r.values[n] = value
	}
	return value
}

func (r *reader) scalar(n *yaml.Node) any {
	if n.Style&yaml.TaggedStyle == 0 {
		if n.Style&^yaml.FlowStyle != 0 { // quoted, or a block of text
			return n.Value
		}
		return Scalar(n.Value, r.place)
	}
	switch n.Tag {
	case "!str", "!!str":
		return n.Value
	case "!binary", "!!binary":
		return unpack(n.Value)
	case "!float", "!!float":
		return asFloat(Scalar(n.Value, r.place))
	}
	return Scalar(n.Value, r.place)
}

// unpack reads base64 up to a "=", and passes over what is none, as Ruby's
// unpack does.
func unpack(text string) any {
	text, _, _ = strings.Cut(text, "=")
	text = strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' {
			return c
		}
		return -1
	}, text)
	if len(text)%4 == 1 {
		text = text[:len(text)-1]
	}
	out, _ := base64.RawStdEncoding.DecodeString(text)
	return string(out)
}

func asFloat(value any) any {
	switch v := value.(type) {
	case int64:
		return float64(v)
	case bigint.Int:
		return v.Float()
	case string:
		if f, err := strconv.ParseFloat(v, 64); err == nil {
			return f
		}
	}
	return value
}

func (r *reader) list(n *yaml.Node) any {
	if n.Tag == "!omap" || n.Tag == "!!omap" {
		m := ordered.New(len(n.Content))
		for _, child := range n.Content {
			if len(child.Content) > 0 {
				m.Set(r.value(child.Content[0]), r.value(child.Content[len(child.Content)-1]))
			}
		}
		return m
	}
	list := make([]any, len(n.Content))
	for i, child := range n.Content {
		list[i] = r.value(child)
	}
	return list
}

func (r *reader) mapping(n *yaml.Node) any {
	m := ordered.New(len(n.Content) / 2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		key, value := r.value(k), r.value(v)
		if key == "<<" && !(k.Style&yaml.TaggedStyle != 0 && k.Tag == "!!str") && merge(m, v, value) {
			continue
		}
		m.Set(key, value)
	}
	return m
}

// merge lays a map, or the maps of a list, over another. Of a list the first
// one counts most. It is false for what is neither.
func merge(m *ordered.Map, n *yaml.Node, value any) bool {
	if n.Kind == yaml.ScalarNode {
		return false
	}
	if n.Kind == yaml.SequenceNode {
		list, _ := value.([]any)
		all := ordered.New(0)
		for i := len(list) - 1; i >= 0; i-- {
			one, ok := list[i].(*ordered.Map)
			if !ok {
				return false
			}
			layOver(all, one)
		}
		value = all
	}
	one, ok := value.(*ordered.Map)
	if ok {
		layOver(m, one)
	}
	return ok
}

func layOver(m, other *ordered.Map) {
	for key, value := range other.All() {
		m.Set(key, value)
	}
}
