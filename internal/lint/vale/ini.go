package vale

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// section is what the settings say for some files.
type section struct {
	pattern *regexp.Regexp // nil for all
	based   []string       // nil where it says nothing of that
	rules   map[string]level
}

// matches tells whether a section is for a file: by its path, or by its name.
func (s section) matches(file string) bool {
	return s.pattern == nil || s.pattern.MatchString(file) || s.pattern.MatchString(path.Base(file))
}

// maxSettings is how large the settings and each file of a style may be, in bytes.
const maxSettings = 1 << 20

// ini reads .vale.ini.
func (l *loader) ini(src string) {
	const file = ".vale.ini"
	if len(src) > maxSettings {
		l.tell(file, 0, "It is larger than %d KB.", maxSettings>>10)
		return
	}
	var current *section
	n := 0
	for line := range strings.Lines(src) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || line[0] == ';' {
			continue
		}
		if name, ok := strings.CutPrefix(line, "["); ok {
			name = strings.TrimSuffix(name, "]")
			current = nil
			if name == "formats" || name == "asciidoctor" {
				continue
			}
			s := section{rules: map[string]level{}}
			if name != "*" {
				re, err := regexp.Compile(globPattern(name))
				if err != nil {
					l.tell(file, n, "The pattern %s cannot be read.", name)
					continue
				}
				s.pattern = re
			}
			l.styles.sections = append(l.styles.sections, s)
			current = &l.styles.sections[len(l.styles.sections)-1]
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		if !ok {
			l.tell(file, n, "This is neither a section nor a key with a value.")
			continue
		}
		switch {
		case key == "StylesPath":
			l.path = path.Clean(value)
		case key == "MinAlertLevel":
			least, ok := parseLevel(value)
			if !ok || least == off {
				l.tell(file, n, "MinAlertLevel is suggestion, warning or error.")
				continue
			}
			l.styles.least = least
		case key == "Vocab":
			l.vocab = list(value)
		case current == nil:
			// Of formats, packages and the like nothing is needed here.
		case key == "BasedOnStyles":
			current.based = append([]string{}, list(value)...)
			l.named = append(l.named, current.based...)
		case key == "TokenIgnores" || key == "BlockIgnores" || key == "CommentDelimiters" || key == "Transform" || key == "Lang":
			l.tell(file, n, "%s is not applied.", key)
		case strings.Contains(key, "."):
			at, ok := parseLevel(value)
			if value == "YES" {
				at, ok = yes, true
			}
			if !ok {
				l.tell(file, n, "%s is YES, NO, suggestion, warning or error.", key)
				continue
			}
			current.rules[key] = at
			style, _, _ := strings.Cut(key, ".")
			l.named = append(l.named, style)
		}
	}
}

func list(value string) []string {
	var out []string
	for e := range strings.SplitSeq(value, ",") {
		if e = strings.TrimSpace(e); e != "" {
			out = append(out, e)
		}
	}
	return out
}

// globPattern makes a pattern of files a regular expression: * and ** stand for
// any text, ? for a character, {a,b} for one of several.
func globPattern(glob string) string {
	var out strings.Builder
	out.WriteString("^")
	depth := 0
	for _, c := range glob {
		switch {
		case c == '*':
			out.WriteString(".*")
		case c == '?':
			out.WriteString(".")
		case c == '{':
			depth++
			out.WriteString("(?:")
		case c == '}' && depth > 0:
			depth--
			out.WriteString(")")
		case c == ',' && depth > 0:
			out.WriteString("|")
		default:
			out.WriteString(regexp.QuoteMeta(string(c)))
		}
	}
	out.WriteString("$")
	return out.String()
}

func (l *loader) tell(file string, line int, format string, args ...any) {
	l.problems = append(l.problems, Problem{file, line, fmt.Sprintf(format, args...)})
}
