package post

import (
	"bytes"
	"regexp"
	"strings"

	"galley/internal/diag"
)

// Section is a heading with the text below it, up to the next heading of the
// same or a higher level. Sections of lower levels are part of it.
type Section struct {
	// Level is the heading's, from 1 to 6.
	Level int
	// Name is the heading as one reads it: without its signs, without a link's
	// address, without an id that is set behind it.
	Name string
	// Range is all of it, heading and lower sections included.
	Range diag.Range
	// Own ends at the first section of a lower level; without one it is Range.
	Own diag.Range
}

// Sections are the body's sections, in the order of their headings. A line that
// looks like a heading within a fence of code or a comment is none.
func (p Post) Sections() []Section {
	var list []Section
	var open []int // those that have not ended, each within the one before
	for _, h := range scanHeadings(p.Source, p.Body) {
		if n := len(list); n > 0 {
			list[n-1].Own.End = h.start
		}
		for len(open) > 0 && list[open[len(open)-1]].Level >= h.level {
			list[open[len(open)-1]].Range.End = h.start
			open = open[:len(open)-1]
		}
		open = append(open, len(list))
		r := diag.Range{Start: h.start, End: len(p.Source)}
		list = append(list, Section{Level: h.level, Name: headingName(h.text), Range: r, Own: r})
	}
	return list
}

// Chapters are the sections that people share a post by, one to each: those of
// level 2, and of a lower level where none of level 2 is around them. A section
// of level 1 is one where it has no others in it.
func (p Post) Chapters() []Section {
	var list []Section
	end := 0 // of the chapter before
	all := p.Sections()
	for i, s := range all {
		hasOthers := i+1 < len(all) && all[i+1].Range.Start < s.Range.End
		if s.Range.Start < end || s.Level == 1 && hasOthers {
			continue
		}
		list = append(list, s)
		end = s.Range.End
	}
	return list
}

// heading is a heading's line.
type heading struct {
	start int
	level int
	text  string
}

var (
	hashHeading = regexp.MustCompile(`^(#{1,6})[ \t]+(.*?)(?:[ \t]+#*)?[ \t\r\n]*$`)
	underline   = regexp.MustCompile(`^(=+|-+)[ \t\r\n]*$`)
	notText     = regexp.MustCompile(`^(?:[ \t]|[*+-][ \t]|\d+\.[ \t]|>|#{1,6}[ \t]|\|)`)
)

// scanHeadings finds headings by their lines, from a byte on.
func scanHeadings(src []byte, from int) []heading {
	var list []heading
	blank := true          // the line before
	var before []byte      // the line before, if it could be underlined
	beforeAt := 0          // where it starts
	open := map[byte]int{} // signs in the shortest fence known to have no end
	comments := true       // whether a comment that begins may still end
	for at := from; at < len(src); {
		line, next := lineAt(src, at)
		if sign, size := fence(line); size > 0 && (open[sign] == 0 || size < open[sign]) {
			if end := fenceEnd(src, next, sign, size); end > 0 {
				at, blank, before = end, false, nil
				continue
			}
			open[sign] = size
		}
		if comments && bytes.HasPrefix(line, []byte("<!--")) {
			if i := bytes.Index(src[at:], []byte("-->")); i >= 0 {
				_, end := lineAt(src, at+i)
				at, blank, before = end, false, nil
				continue
			}
			comments = false
		}
		empty := len(bytes.TrimSpace(line)) == 0
		switch m := hashHeading.FindSubmatch(line); {
		case m != nil && len(m[2]) > 0:
			list = append(list, heading{at, len(m[1]), string(m[2])})
			before = nil
		case before != nil && underline.Match(line):
			level := 2
			if line[0] == '=' {
				level = 1
			}
			list = append(list, heading{beforeAt, level, string(bytes.TrimSpace(before))})
			before = nil
		case blank && !empty && !notText.Match(line):
			before, beforeAt = line, at
		default:
			before = nil
		}
		blank = empty
		at = next
	}
	return list
}

// fence is the sign of which a line begins a fence of code, and how often it
// stands there: three times or more, up to maxFence; 0 for other lines.
func fence(line []byte) (sign byte, size int) {
	i := 0
	for i < 3 && i < len(line) && line[i] == ' ' {
		i++
	}
	if i == len(line) || line[i] != '`' && line[i] != '~' {
		return 0, 0
	}
	sign = line[i]
	for i+size < len(line) && line[i+size] == sign && size < maxFence {
		size++
	}
	if size < 3 {
		return 0, 0
	}
	return sign, size
}

// maxFence is how many signs of a fence are counted.
const maxFence = 32

// fenceEnd is where the line behind a fence's end starts; 0 for a fence without
// end, which is none.
func fenceEnd(src []byte, from int, sign byte, size int) int {
	for at := from; at < len(src); {
		line, next := lineAt(src, at)
		if s, n := fence(line); s == sign && n >= size && len(bytes.Trim(bytes.TrimSpace(line), string(sign))) == 0 {
			return next
		}
		at = next
	}
	return 0
}

var (
	headingID   = regexp.MustCompile(`[ \t]+\{[:#][^}]*\}$`)
	headingLink = regexp.MustCompile(`!?\[([^\]\[]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])`)
)

// headingName is a heading's text as one reads it.
func headingName(text string) string {
	text = headingID.ReplaceAllString(text, "")
	text = headingLink.ReplaceAllString(text, "$1")
	text = strings.NewReplacer("**", "", "__", "", "`", "").Replace(text)
	return strings.Join(strings.Fields(text), " ")
}
