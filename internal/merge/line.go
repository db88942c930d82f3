package merge

import (
	"regexp"
	"strings"
)

// line is a line and what ends it: "\n", "\r\n", or nothing at the file's end.
type line struct {
	text, end string
}

func split(text string) []line {
	var list []line
	for s := range strings.Lines(text) {
		bare := strings.TrimSuffix(strings.TrimSuffix(s, "\n"), "\r")
		if !strings.HasSuffix(s, "\n") {
			bare = s
		}
		list = append(list, line{bare, s[len(bare):]})
	}
	return list
}

func join(list []line) string {
	var b strings.Builder
	for _, l := range list {
		b.WriteString(l.text)
		b.WriteString(l.end)
	}
	return b.String()
}

// texts are the lines without what ends them.
func texts(list []line) []string {
	out := make([]string, len(list))
	for i, l := range list {
		out[i] = l.text
	}
	return out
}

func same(a, b []line) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].text != b[i].text {
			return false
		}
	}
	return true
}

func (l line) blank() bool { return strings.TrimSpace(l.text) == "" }

// body splits the blank lines at the end off.
func body(list []line) (text, tail []line) {
	n := len(list)
	for n > 0 && list[n-1].blank() {
		n--
	}
	return list[:n], list[n:]
}

// item matches the sign of a list item, alone or before its text.
var item = regexp.MustCompile(`^[ \t]*(?:[*+-]|\d+[.)])(?:[ \t]+(.*))?$`)

// beginsItem tells whether a list item begins here.
func (l line) beginsItem() bool { return item.MatchString(l.text) }

// holdsNothing tells whether there are only blank lines and empty list items.
func holdsNothing(list []line) bool {
	for _, l := range list {
		if m := item.FindStringSubmatch(l.text); !l.blank() && (m == nil || strings.TrimSpace(m[1]) != "") {
			return false
		}
	}
	return true
}

// items divides lines into list items, each with the indented lines below it.
// False when there is anything else than blank lines around them, or nothing
// in one of them.
func items(list []line) (blanks []line, out [][]line, ok bool) {
	for len(list) > 0 && list[0].blank() {
		blanks, list = append(blanks, list[0]), list[1:]
	}
	list, _ = body(list)
	for _, l := range list {
		switch {
		case l.beginsItem() && !strings.HasPrefix(l.text, " ") && !strings.HasPrefix(l.text, "\t"):
			out = append(out, []line{l})
		case len(out) == 0, !l.blank() && !strings.HasPrefix(l.text, " ") && !strings.HasPrefix(l.text, "\t"):
			return nil, nil, false
		default:
			out[len(out)-1] = append(out[len(out)-1], l)
		}
	}
	return blanks, out, len(out) > 0
}

// joined are the list items of both sides, theirs first, each as often as the
// side has it that has it more often, with the blank lines before and behind
// them that either side has more of. False where anything but list items is
// among them.
func joined(mine, theirs []line) ([]line, bool) {
	mineBlanks, a, ok := items(mine)
	theirBlanks, b, ok2 := items(theirs)
	if !ok || !ok2 {
		return nil, false
	}
	out := append([]line{}, longer(mineBlanks, theirBlanks)...)
	known := map[string]int{} // how many of theirs are still to be met
	for _, it := range b {
		known[name(it)]++
		if !holdsNothing(it) {
			out = append(out, it...)
		}
	}
	for _, it := range a {
		if known[name(it)]--; known[name(it)] < 0 && !holdsNothing(it) {
			out = append(out, it...)
		}
	}
	_, mineTail := body(mine)
	_, theirTail := body(theirs)
	return append(out, longer(mineTail, theirTail)...), true
}

// name is an item's text without the blank lines at its end.
func name(it []line) string {
	text, _ := body(it)
	return strings.Join(texts(text), "\n")
}

// longer is the longer of two runs of blank lines, whichever side it is on.
func longer(a, b []line) []line {
	if x, y := join(a), join(b); len(x) > len(y) || len(x) == len(y) && x >= y {
		return a
	}
	return b
}

// tail is what becomes of the blank lines at a section's end.
func tail(base, mine, theirs []line) []line {
	switch b, m, t := join(base), join(mine), join(theirs); {
	case m == b:
		return theirs
	case t == b, m == t:
		return mine
	}
	return longer(mine, theirs)
}
