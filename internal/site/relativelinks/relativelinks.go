// Package relativelinks makes addresses of links between a site's files, as
// jekyll-relative-links 0.7 does: [more](other.md) in a Markdown text leads to
// the page that other.md becomes.
package relativelinks

import (
	"net/url"
	"path"
	"regexp"
	"strings"
	"sync"
)

// Settings are the section "relative_links" of the settings.
type Settings struct {
	// Enabled is true unless the section says otherwise.
	Enabled bool
	// Collections has it done in posts and the documents of collections too.
	Collections bool
	// Exclude names files and folders whose links stay as they are.
	Exclude []string
}

// Read reads the section.
func Read(section any) Settings {
	m, _ := section.(map[string]any)
	s := Settings{Enabled: m["enabled"] != false, Collections: m["collections"] == true}
	list, _ := m["exclude"].([]any)
	for _, e := range list {
		if name, ok := e.(string); ok {
			s.Exclude = append(s.Exclude, name)
		}
	}
	return s
}

const (
	fragment = `(#.+?|)?`
	title    = `(\s+"(?:(?:\\"|[^"])*(?:\\"|[^"\\]))?"|\s+"(?:(?:\\'|[^'])*(?:\\'|[^'\\]))?')?`
)

// inline reads a link, [text](path#fragment "title"), and definition what
// defines one, [text]: path#fragment "title", from a line's beginning on. The
// groups are these parts. A title may have \" in it.
var (
	inline = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\A\[(.*?)\]\(([^)]+?)` + fragment + title + `\)`)
	})
	definition = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?m)\A\s*?\[(.*?)\]: (.+?)` + fragment + title + `\s*?$`)
	})
)

// link is a link of a text or a definition of one. Its parts are places in the
// text: the whole, its text, path, fragment and title, each by where it begins
// and ends, or -1.
type link struct {
	parts   []int
	defines bool
}

// window is how many bytes a link or its definition may have from its bracket on.
const window = 1024

// maxWork is how many bytes are looked at in vain before a text is taken for one
// that is made to take long, whose further links stay as they are.
const maxWork = 1 << 20

// links finds the links of a text, one behind the other. The expressions are
// tried where one can begin, which takes an eighth of the time of trying one for
// both at every letter, and bounds it.
func links(text string) []link {
	var found []link
	work := 0
	for done, at := 0, 0; work <= maxWork; {
		n := strings.IndexByte(text[at:], '[')
		if n < 0 {
			break
		}
		at += n
		l, looked := linkAt(text, done, at)
		work += looked
		if l.parts == nil {
			at++
			continue
		}
		found = append(found, l)
		done = l.parts[1]
		at = done
	}
	return found
}

// linkAt reads the link whose bracket opens at a place; its parts are nil where
// there is none, and looked says how many bytes that took. What is before done
// is another's.
func linkAt(text string, done, at int) (l link, looked int) {
	whole := len(text) <= at+window
	if !whole {
		whole = text[at+window] == '\n'
		text = text[:at+window]
	}
	line := text[at:]
	if n := strings.IndexByte(line, '\n'); n >= 0 {
		line = line[:n]
	}
	defines, leads := strings.Contains(line, "]: "), strings.Contains(line, "](")
	if !defines && !leads {
		return link{}, 1 + len(line)/64 // seen at a glance
	}
	start := -1 // of the definition: the first beginning of a line in the white space before it
	if defines {
		start = len(strings.TrimRight(text[done:at], "\t\n\f\r ")) + done
		if start > 0 && text[start-1] != '\n' {
			if n := strings.IndexByte(text[start:at], '\n'); n >= 0 {
				start += n + 1
			} else {
				start = -1
			}
		}
	}
	// What begins first counts.
	if start >= 0 && start < at {
		l = linkOf(definition(), text, start, true, whole)
	}
	if l.parts == nil && leads {
		l = linkOf(inline(), text, at, false, whole)
	}
	if l.parts == nil && start == at {
		l = linkOf(definition(), text, start, true, whole)
	}
	if l.parts == nil {
		return l, len(text) - at
	}
	// A quotation mark behind a link may begin a title, whose end is looked for far.
	rest := strings.TrimLeft(text[l.parts[1]:], "\t\n\f\r ")
	titled := l.parts[8] >= 0 && l.parts[9] > l.parts[8]
	if titled || !strings.Contains(line, `"`) && !strings.HasPrefix(rest, `"`) {
		return l, l.parts[1] - at
	}
	return l, len(text) - at
}

// linkOf is what an expression reads at a place of a text that ends in the
// window; whole says that its last line ends there, too.
func linkOf(re *regexp.Regexp, text string, at int, defines, whole bool) link {
	parts := re.FindStringSubmatchIndex(text[at:])
	if parts != nil && defines && !whole && at+parts[1] == len(text) {
		return link{}
	}
	for i := range parts {
		if parts[i] >= 0 {
			parts[i] += at
		}
	}
	return link{parts, defines}
}

// Resolve gives a Markdown text with its links to the site's files replaced.
// File is the text's own path, and address gives the address of the page, the
// document or the file at a path, as it is to stand in a page.
func Resolve(text, file string, address func(path string) (string, bool)) string {
	if !strings.Contains(text, "](") && !strings.Contains(text, "]: ") {
		return text
	}
	var out strings.Builder
	done := 0
	for _, l := range links(text) {
		part := func(i int) string {
			if l.parts[2*i] < 0 {
				return ""
			}
			return text[l.parts[2*i]:l.parts[2*i+1]]
		}
		target := part(2)
		if strings.HasPrefix(target, "#") || hasScheme(target) {
			continue
		}
		to, ok := address(rooted(target, file))
		if !ok {
			continue
		}
		out.WriteString(text[done:l.parts[0]])
		done = l.parts[1]
		to += part(3)
		if l.defines {
			out.WriteString("\n[" + part(1) + "]: " + to + part(4))
		} else {
			out.WriteString("[" + part(1) + "](" + to + part(4) + ")")
		}
	}
	return out.String() + text[done:]
}

// rooted is the path of a link's target from the site's root.
func rooted(target, file string) string {
	base := path.Dir("/" + file)
	if strings.HasPrefix(target, "/") {
		base = "/"
	}
	p := strings.TrimPrefix(path.Join(base, strings.TrimPrefix(target, "/")), "/")
	if plain, err := url.QueryUnescape(p); err == nil {
		return plain
	}
	return p
}

// hasScheme says whether an address is whole.
func hasScheme(address string) bool {
	for i := range len(address) {
		c := address[i]
		switch {
		case c == ':':
			return i > 0
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		default:
			return false
		}
	}
	return false
}
