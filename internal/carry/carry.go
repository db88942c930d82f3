// Package carry takes sections of the last edition along into a new one: events,
// calls for papers, whatever the settings name, without what has passed.
//
//	galley:
//	  edition:
//	    weekday: sunday
//	    carry: [Events, Calls]
//
// What passes is an item of a list, with what is below it, or a heading of level 3
// or deeper with its text: when the last day that it names is before the new
// edition's. Days are read as 2026-08-18, August 18, 2026, 18 August 2026 and, for
// several, August 18-20, 2026, with months in English, in full or as three letters.
// What names no day stays.
package carry

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"galley/internal/diag"
	"galley/internal/markdown/outline"
	"galley/internal/post"
)

// maxSections is how many sections are taken along.
const maxSections = 20

// Section tells what was done with a section.
type Section struct {
	Name string
	// Kept is how many items and headings were taken along, Passed how many not.
	Kept, Passed int
}

// Names reads which sections are taken along, from the settings' section galley.
// The sentence says what is wrong with it; empty for nothing.
func Names(galley map[string]any) ([]string, string) {
	edition, _ := galley["edition"].(map[string]any)
	switch v := edition["carry"].(type) {
	case nil:
		return nil, ""
	case string:
		return []string{v}, ""
	case []any:
		var names []string
		for _, e := range v {
			if name, ok := e.(string); ok && name != "" {
				names = append(names, name)
			}
		}
		if len(names) == len(v) {
			return names, ""
		}
	}
	return nil, "carry of edition in the section galley should be a list of headings, such as carry: [Events]"
}

// Over gives the text of a new edition with sections of the last one, as far as
// they have something that has not passed on a day. What the text has in such a
// section stays, unless it is an empty bullet; a section that it has not is put
// where the last edition had it, behind the section that was before it. Nothing else
// is touched. At most 20 sections are taken along: each is put into the whole text.
func Over(last, next []byte, names []string, day time.Time) ([]byte, []Section) {
	var told []Section
	from := post.Parse(last)
	old := sections(last, from.Body)
	ending := "\n"
	if bytes.Contains(next, []byte("\r\n")) {
		ending = "\r\n"
	}
	wanted := map[string]bool{}
	for _, name := range names {
		wanted[strings.ToLower(name)] = true
	}
	put := 0
	for i, s := range old {
		if !wanted[strings.ToLower(s.name)] || put == maxSections {
			continue
		}
		text, one := s.left(last, day)
		one.Name = s.name
		if one.Kept+one.Passed > 0 || text != "" {
			told = append(told, one)
		}
		if text == "" {
			continue
		}
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", ending)
		put++
		next = putInto(next, old[:i], s, string(last[s.heading.Start:s.heading.End]), text, ending)
	}
	return next, told
}

// section is a heading of level 2 and what is below it.
type section struct {
	name    string
	heading diag.Range
	blocks  []outline.Block
	end     int // of all that is below it, before the next section
}

func sections(src []byte, body int) []section {
	var out []section
	for _, b := range outline.Parse(src, body) {
		if b.Kind == outline.Heading && b.Level <= 2 && !b.Quoted {
			if len(out) > 0 && out[len(out)-1].end == 0 {
				out[len(out)-1].end = lineStart(src, b.Range.Start)
			}
			if b.Level == 2 {
				out = append(out, section{name: strings.TrimSpace(b.Text), heading: b.Range})
			}
			continue
		}
		if n := len(out) - 1; n >= 0 && out[n].end == 0 {
			out[n].blocks = append(out[n].blocks, b)
		}
	}
	if n := len(out) - 1; n >= 0 && out[n].end == 0 {
		out[n].end = len(src)
	}
	return out
}

// left is what of a section has not passed.
func (s section) left(src []byte, day time.Time) (string, Section) {
	var told Section
	var out strings.Builder
	start := lineEnd(src, s.heading.End)
	for i := 0; i < len(s.blocks); {
		b := s.blocks[i]
		n := i + 1
		counts := true
		switch {
		case b.Kind == outline.Item && b.Level == 1:
			for n < len(s.blocks) && !ends(src, s.blocks[n]) {
				n++
			}
		case b.Kind == outline.Heading:
			for n < len(s.blocks) && !(s.blocks[n].Kind == outline.Heading && s.blocks[n].Level <= b.Level) {
				n++
			}
		default:
			counts = false
		}
		end := s.end
		if n < len(s.blocks) {
			end = lineStart(src, s.blocks[n].Range.Start)
		}
		begin := max(start, lineStart(src, b.Range.Start))
		if n == i+1 && isEmptyItem(src, b) {
			i = n
			continue
		}
		if last, ok := lastDay(s.blocks[i:n]); counts && ok && last.Before(day) {
			told.Passed++
		} else {
			if counts {
				told.Kept++
			}
			out.Write(src[begin:end])
		}
		i = n
	}
	if told.Kept == 0 && told.Passed > 0 {
		return "", told
	}
	return strings.Trim(out.String(), "\r\n"), told
}

// isEmptyItem tells whether a block is a bullet with nothing behind its sign. The source
// says so, and not the block's text, which has nothing of tags and formulas.
func isEmptyItem(src []byte, b outline.Block) bool {
	return b.Kind == outline.Item && len(bytes.TrimSpace(src[b.Mark.End:b.Range.End])) == 0
}

// ends tells whether a block is no more a part of the item of level 1 before it:
// what is in the item stands behind its sign.
func ends(src []byte, b outline.Block) bool {
	if b.Kind == outline.Item {
		return b.Level == 1
	}
	return b.Range.Start == lineStart(src, b.Range.Start)
}

// putInto puts a section's text into a file.
func putInto(src []byte, before []section, s section, heading, text, ending string) []byte {
	has := sections(src, post.Parse(src).Body)
	for _, there := range has {
		if !strings.EqualFold(there.name, s.name) {
			continue
		}
		from := lineEnd(src, there.heading.End)
		keep := ""
		for _, b := range there.blocks {
			if !isEmptyItem(src, b) {
				keep = strings.Trim(string(src[from:there.end]), "\r\n") + ending + ending
				break
			}
		}
		return splice(src, from, there.end, ending+keep+text+ending, ending)
	}
	at := len(src)
	if len(has) > 0 {
		at = has[0].heading.Start
	}
	for i := len(before) - 1; i >= 0; i-- { // behind the nearest that is there
		n := slices.IndexFunc(has, func(h section) bool { return strings.EqualFold(h.name, before[i].name) })
		if n >= 0 {
			at = has[n].end
			break
		}
	}
	return splice(src, at, at, heading+ending+ending+text+ending, ending)
}

// splice replaces a part of a file with blocks, with a blank line around them.
func splice(src []byte, from, to int, text, ending string) []byte {
	head, tail := string(src[:from]), string(src[to:])
	if head != "" && !strings.HasSuffix(head, "\n") {
		head += ending
	}
	if !strings.HasPrefix(text, ending) && head != "" && !strings.HasSuffix(head, ending+ending) {
		head += ending
	}
	if tail != "" {
		text += ending
	}
	return []byte(head + text + tail)
}

func lineStart(src []byte, at int) int { return bytes.LastIndexByte(src[:at], '\n') + 1 }

// lineEnd is behind the end of the line.
func lineEnd(src []byte, at int) int {
	if n := bytes.IndexByte(src[at:], '\n'); n >= 0 {
		return at + n + 1
	}
	return len(src)
}
