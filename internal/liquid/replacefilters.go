package liquid

import (
	"iter"
	"strings"
)

func replaceFilter(c *Context, in any, args []any) (any, error) {
	s, old, with := String(in), String(args[0]), String(arg(args, 1, ""))
	// Templates that compress pages replace a hundred times in each: the text is
	// gone through once, or not at all.
	if c.searched.lack(s, old) {
		return s, nil
	}
	expands := strings.Contains(with, `\`)
	var b strings.Builder
	from := 0
	var places []int // where with stands in the result, where that is of use
	known := c.searched.known && c.searched.holds(s) && !expands && old != ""
	for at := range matches(s, old) {
		if b.Cap() == 0 {
			b.Grow(len(s) + len(with))
		}
		b.WriteString(s[from:at])
		if known {
			places = append(places, b.Len())
		}
		if expands {
			if err := c.expand(&b, with, s, at, at+len(old)); err != nil {
				return nil, err
			}
		} else {
			b.WriteString(with)
		}
		from = at + len(old)
		if b.Len() > c.limits.Text {
			break // it is refused below
		}
	}
	if b.Cap() == 0 {
		return s, nil // no match: one would have made room
	}
	b.WriteString(s[from:])
	if err := c.spendText(b.Len()); err != nil {
		return nil, err
	}
	if known {
		c.searched.follow(b.String(), with, places)
	}
	return b.String(), nil
}

// matches are where a text stands in another; the empty one stands before each
// character and at the end.
func matches(s, old string) iter.Seq[int] {
	return func(yield func(int) bool) {
		if old == "" {
			for i := range s {
				if !yield(i) {
					return
				}
			}
			yield(len(s))
			return
		}
		for from := 0; ; {
			at := strings.Index(s[from:], old)
			if at < 0 || !yield(from+at) {
				return
			}
			from += at + len(old)
		}
	}
}

// expand puts in what Ruby's replacements mean by a backslash: \0 and \& are
// what was found, \` and \' what stands before and behind it, \\ is one
// backslash, and groups, which a text has not, are nothing. Each of these can be the
// whole text, so that what is made is bounded while it is made.
func (c *Context) expand(b *strings.Builder, with, s string, from, to int) error {
	if err := c.Spend(1 + len(with)>>6); err != nil {
		return err
	}
	for rest := with; ; {
		before, behind, found := strings.Cut(rest, `\`)
		b.WriteString(before)
		if !found {
			return nil
		}
		if behind == "" {
			b.WriteByte('\\')
			return nil
		}
		piece := referred(behind[0], s, from, to)
		if err := c.Fits(b.Len() + len(piece)); err != nil {
			return err
		}
		b.WriteString(piece)
		rest = behind[1:]
	}
}

// referred is what a letter behind a backslash stands for.
func referred(letter byte, s string, from, to int) string {
	switch {
	case letter == '0' || letter == '&':
		return s[from:to]
	case '1' <= letter && letter <= '9':
		return ""
	case letter == '`':
		return s[:from]
	case letter == '\'':
		return s[to:]
	case letter == '\\':
		return `\`
	}
	return `\` + string([]byte{letter})
}

func replaceFirstFilter(c *Context, in any, args []any) (any, error) {
	s, old, with := String(in), String(args[0]), String(arg(args, 1, ""))
	at := strings.Index(s, old)
	if at < 0 {
		return s, nil
	}
	var b strings.Builder
	b.Grow(len(s) + len(with))
	b.WriteString(s[:at])
	if err := c.expand(&b, with, s, at, at+len(old)); err != nil {
		return nil, err
	}
	b.WriteString(s[at+len(old):])
	return b.String(), c.spendText(len(s) + len(with))
}

func replaceLastFilter(c *Context, in any, args []any) (any, error) {
	s, old, with := String(in), String(args[0]), String(arg(args, 1, ""))
	at := strings.LastIndex(s, old)
	if at < 0 {
		return s, nil
	}
	return s[:at] + with + s[at+len(old):], c.spendText(len(s) + len(with))
}
