package datacheck

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"galley/internal/bigint"
	"galley/internal/datafile"
	"galley/internal/diag"
	"galley/internal/liquid"
	"galley/internal/rubytime"
	psych "galley/internal/yaml"
)

// nodeOf reads the first document of a text with the places of its parts; nil where
// there is none, and where the second reader does not read it.
func nodeOf(src []byte) (node *yaml.Node) {
	defer func() {
		if recover() != nil {
			node = nil
		}
	}()
	var root yaml.Node
	if err := yaml.Unmarshal(bytes.TrimPrefix(src, []byte("\ufeff")), &root); err != nil || len(root.Content) == 0 {
		return nil
	}
	return root.Content[0]
}

// checkNodes looks for keys that stand twice, for plain words that say something else
// than they seem to, and for documents that nobody reads.
func checkNodes(text lines, root *yaml.Node, settings datafile.Settings) []diag.Diagnostic {
	if root == nil {
		return nil
	}
	c := nodeCheck{lines: text, place: settings.Place, settings: settings}
	if c.place == nil {
		c.place = time.UTC
	}
	c.node(root, 0)
	if c.day != nil {
		r := c.rangeOf(c.day)
		if fix := quoted(c.src, r); c.days > 1 {
			c.tell(r, diag.Info, "data-day", fix, "%s is read as a day, as others here are (%d in all), which templates cannot compare with a text. Put it in quotes if they are to.", c.day.Value, c.days)
		} else {
			c.tell(r, diag.Info, "data-day", fix, "%s is read as a day, which templates cannot compare with a text. Put it in quotes if they are to.", c.day.Value)
		}
	}
	if line := secondDocument(text.src); line > 0 {
		c.tell(text.within(line), diag.Warning, "data-document", nil, "A second document begins here, which the site does not read. Put it in a file of its own.")
	}
	return c.found
}

// maxDepth is how deep a document is looked at.
const maxDepth = 200

type nodeCheck struct {
	lines
	place    *time.Location
	settings datafile.Settings
	found    []diag.Diagnostic
	day      *yaml.Node // the first that is read as one
	days     int
}

func (c *nodeCheck) tell(r diag.Range, severity diag.Severity, code string, fix *diag.Fix, message string, args ...any) {
	if len(c.found) < maxProblems {
		c.found = append(c.found, diag.Diagnostic{Range: r, Severity: severity, Code: code, Message: fmt.Sprintf(message, args...), Fix: fix})
	}
}

// rangeOf is where a word stands, with its quotes; one that is written otherwise than
// it is read goes to its line's end. It looks through the whole line, so that it is asked
// of what is told alone.
func (c *nodeCheck) rangeOf(n *yaml.Node) diag.Range {
	start := c.offset(n.Line, n.Column)
	end := start
	for _, written := range []string{n.Value, `"` + n.Value + `"`, "'" + n.Value + "'"} {
		if bytes.HasPrefix(c.src[start:], []byte(written)) {
			return diag.Range{Start: start, End: start + len(written)}
		}
	}
	if i := bytes.IndexByte(c.src[start:], '\n'); i >= 0 {
		end = start + i
	} else {
		end = len(c.src)
	}
	return diag.Range{Start: start, End: end}
}

func (c *nodeCheck) node(n *yaml.Node, depth int) {
	if depth > maxDepth || len(c.found) >= maxProblems || len(n.Content) > 0 && stopped(c.settings) {
		return
	}
	switch n.Kind {
	case yaml.MappingNode:
		seen := map[string]int{}
		for i := 0; i+1 < len(n.Content) && len(c.found) < maxProblems; i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			if key.Kind == yaml.ScalarNode {
				name := fmt.Sprintf("%T %v", c.value(key), c.value(key))
				if line, twice := seen[name]; twice && key.Value != "<<" {
					c.tell(c.rangeOf(key), diag.Warning, "data-key", nil, "The key %s stands in line %d already. What stands here counts, and what stands there is lost: take one of them out, or call it otherwise.", key.Value, line)
				}
				seen[name] = key.Line
				c.key(key)
			} else {
				c.node(key, depth+1)
			}
			c.node(value, depth+1)
		}
	case yaml.SequenceNode:
		for _, child := range n.Content {
			c.node(child, depth+1)
		}
	case yaml.ScalarNode:
		c.word(n)
	}
}

// isPlain tells that a word is neither quoted nor tagged, so that what it is goes by
// what it looks like.
func isPlain(n *yaml.Node) bool {
	return n.Style&(yaml.TaggedStyle|yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
}

func (c *nodeCheck) value(n *yaml.Node) any {
	if !isPlain(n) {
		return n.Value
	}
	return psych.Scalar(n.Value, c.place)
}

// key tells of a key that is no text, so that templates do not find it by its name.
func (c *nodeCheck) key(n *yaml.Node) {
	if value, ok := c.value(n).(bool); ok {
		c.doubt(n, diag.Warning, "The key %s is not read as this word but as %t, so that templates do not find it by its name. Put it in quotes.", n.Value, value)
	}
}

// word tells of a plain word that is something else than it looks like.
func (c *nodeCheck) word(n *yaml.Node) {
	if !isPlain(n) || n.Value == "" || len(n.Value) > 100 {
		return
	}
	switch value := c.value(n).(type) {
	case bool:
		if lower := strings.ToLower(n.Value); lower != "true" && lower != "false" {
			c.doubt(n, diag.Info, "%s is read as %t here. Write %[2]t if that is meant, and put the word in quotes if it is not.", n.Value, value)
		}
	case int64, bigint.Int, float64:
		shown := liquid.Text(value)
		if shown == n.Value || strings.TrimPrefix(n.Value, "+") == shown {
			return
		}
		severity := diag.Warning
		if strings.ReplaceAll(n.Value, "_", "") == shown || strings.HasPrefix(n.Value, "0x") || strings.HasPrefix(n.Value, ".") || strings.ContainsAny(n.Value, "eE") {
			severity = diag.Info // it is a number, and written as one
		}
		c.doubt(n, severity, "%s is read as the number %s. Put it in quotes, so that it stays as it is written, or write the number.", n.Value, shown)
	case rubytime.Date:
		if c.days++; c.days == 1 {
			c.day = n
		}
	case string:
		if exponent.MatchString(n.Value) {
			c.tell(c.rangeOf(n), diag.Info, "data-word", nil, "%s is read as a text: a number has a point and a sign, as in 1.0e+3.", n.Value)
		}
	}
}

// doubt tells of a plain word, and how to make it the text that it looks like.
func (c *nodeCheck) doubt(n *yaml.Node, severity diag.Severity, message string, args ...any) {
	r := c.rangeOf(n)
	c.tell(r, severity, "data-word", quoted(c.src, r), message, args...)
}

// secondDocument is the line in which a second document begins; 0 for none.
func secondDocument(src []byte) int {
	if !bytes.Contains(src, []byte("\n---")) {
		return 0
	}
	decoder := yaml.NewDecoder(bytes.NewReader(src))
	for n := 0; ; n++ {
		var node yaml.Node
		if err := decoder.Decode(&node); errors.Is(err, io.EOF) || err != nil {
			return 0
		}
		if n == 1 {
			if len(node.Content) == 1 && node.Content[0].Tag == "!!null" && node.Content[0].Value == "" {
				return 0
			}
			return node.Line
		}
	}
}
