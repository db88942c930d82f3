// Package headings takes a page's title from its first heading, as
// jekyll-titles-from-headings 0.5 does.
package headings

import "strings"

// Settings are the section "titles_from_headings" of the settings.
type Settings struct {
	// Enabled is true unless the section says otherwise.
	Enabled bool
	// Strip takes the heading out of the text; a page's front matter may say
	// so too, as strip_title.
	Strip bool
	// Collections has it done for posts and the documents of collections,
	// whose own titles then give way to their headings.
	Collections bool
}

// Read reads the section.
func Read(section any) Settings {
	m, _ := section.(map[string]any)
	return Settings{Enabled: m["enabled"] != false, Strip: m["strip_title"] == true, Collections: m["collections"] == true}
}

// Title finds the heading that a text begins with: up to three "#", or a line
// that is underlined. It is given as written; rest is the text without it, and
// the text itself where it begins with none.
func Title(text string) (title, rest string, ok bool) {
	if title, end, ok := hashed(text); ok {
		return title, plain(text[end:]), true
	}
	if title, end, ok := underlined(text); ok {
		return title, plain(text[end:]), true
	}
	return "", plain(text), false
}

// WithoutNotes takes the marks of footnotes out of a title that was made plain
// text already.
func WithoutNotes(title string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(title, "[^")
		if !found {
			break
		}
		_, after, closed := strings.Cut(rest, "]")
		if !closed {
			break
		}
		b.WriteString(before)
		title = after
	}
	return b.String() + title
}

// hashed reads "# Title". Blank lines may stand on both sides of the signs.
func hashed(text string) (title string, end int, ok bool) {
	at := skipSpace(text, 0)
	signs := at
	for signs < len(text) && text[signs] == '#' {
		signs++
	}
	if n := signs - at; n < 1 || n > 3 {
		return "", 0, false
	}
	begin := skipSpace(text, signs)
	if begin == signs {
		return "", 0, false
	}
	end = lineEnd(text, begin)
	return text[begin:end], end, true
}

// underlined reads a line with a line of "-" or "=" below it.
func underlined(text string) (title string, end int, ok bool) {
	// Blank lines before it are passed over, but a blank line may be the title.
	for _, begin := range starts(text) {
		end = lineEnd(text, begin)
		if end == len(text) {
			continue
		}
		line := end + 1
		for line < len(text) && (text[line] == '-' || text[line] == '=') {
			line++
		}
		if line == end+1 {
			continue
		}
		after := skipSpace(text, line)
		if after < len(text) {
			// The space has to reach a line's end.
			newline := strings.LastIndexByte(text[line:after], '\n')
			if newline < 0 {
				continue
			}
			after = line + newline
		}
		return text[begin:end], after, true
	}
	return "", 0, false
}

// starts are where a title can begin: behind the space at the text's start,
// else at the ends of the lines in it, last one first.
func starts(text string) []int {
	first := skipSpace(text, 0)
	out := []int{first}
	for i := first - 1; i >= 0; i-- {
		if text[i] == '\n' {
			out = append(out, i)
		}
	}
	return out
}

func skipSpace(text string, at int) int {
	for at < len(text) && (text[at] == ' ' || '\t' <= text[at] && text[at] <= '\r') {
		at++
	}
	return at
}

func lineEnd(text string, at int) int {
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(text)
}

// plain takes the space off both ends.
func plain(text string) string { return strings.Trim(text, " \t\n\v\f\r\x00") }
