// Package spelling reads what a spelling checker is to know: which words a site has
// of its own, and what in a post is prose.
//
// It has no dictionary and checks nothing. The browser does, with a dictionary that is
// loaded only where spelling is switched on: no library for Go that reads one is kept
// well enough to be relied on.
//
// A site switches it on, for all its writers, in _config.yml:
//
//	galley:
//	  spelling:
//	    language: en-US     or en-GB
//	    words: words.txt    a word a line; what begins with # is a comment
//
// Beside the words in that file, those of the site's vocabularies in the format of
// Vale (accept.txt) are known, as patterns where they are patterns.
package spelling

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"galley/internal/lint/effort"
)

// Languages are those that there is a dictionary of, as BCP 47 names them.
func Languages() []string { return []string{"en-US", "en-GB"} }

// Settings are what a site's settings say of spelling.
type Settings struct {
	// Language is that of the dictionary; empty where the site leaves it to its
	// writers whether spelling is checked.
	Language string
	// File has the site's words, a line each; empty for none.
	File string
}

// ReadSettings reads them from the settings' section galley, which may be nil. What
// cannot be followed is told, a sentence each.
func ReadSettings(galley map[string]any) (Settings, []string) {
	value, is := galley["spelling"]
	if !is || value == nil || value == false {
		return Settings{}, nil
	}
	section, ok := value.(map[string]any)
	if !ok {
		return Settings{}, []string{"galley.spelling in the settings should have a line for its language, such as “language: en-US”."}
	}
	var s Settings
	var problems []string
	for _, name := range sorted(section) {
		text, ok := section[name].(string)
		switch {
		case name != "language" && name != "words":
			problems = append(problems, fmt.Sprintf("galley.spelling in the settings has “%s”, which is neither language nor words.", name))
		case !ok:
			problems = append(problems, fmt.Sprintf("galley.spelling.%s in the settings should be a text.", name))
		case name == "words":
			s.File = strings.TrimPrefix(text, "/")
		case !slices.Contains(Languages(), text):
			problems = append(problems, fmt.Sprintf("There is no dictionary of “%s”, which galley.spelling.language in the settings names: there are %s.", text, strings.Join(Languages(), ", ")))
		default:
			s.Language = text
		}
	}
	return s, problems
}

func sorted(m map[string]any) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Words are those that are right in a site though no dictionary has them.
type Words struct {
	list     []string
	patterns []pattern
}

// pattern is a term that a vocabulary accepts.
type pattern struct {
	*regexp.Regexp
	effort int // see package effort
}

const (
	// maxFile is how large the file of words may be, in bytes.
	maxFile = 1 << 20
	// maxPatterns is how many patterns are looked for in each post.
	maxPatterns = 500
)

// Load reads a site's words: those of the file that the settings name, and terms that
// its vocabularies accept. What cannot be read is told, a sentence each.
func Load(s Settings, files fs.FS, accepted []string) (*Words, []string) {
	w := &Words{}
	var problems []string
	if s.File != "" {
		src, err := fs.ReadFile(files, s.File)
		switch {
		case err != nil:
			problems = append(problems, fmt.Sprintf("The file “%s” is not there, which galley.spelling.words in the settings names.", s.File))
		case len(src) > maxFile:
			problems = append(problems, fmt.Sprintf("The file “%s”, which galley.spelling.words in the settings names, is larger than %d KB.", s.File, maxFile>>10))
		default:
			for line := range strings.Lines(string(src)) {
				if line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff")); !strings.HasPrefix(line, "#") {
					w.add(line)
				}
			}
		}
	}
	for _, term := range accepted {
		if regexp.QuoteMeta(term) == term {
			w.add(term)
		} else if len(w.patterns) < maxPatterns {
			// A pattern that Go does not know is one that package vale tells of.
			source := `\b(?:` + term + `)\b`
			if re, err := regexp.Compile(source); err == nil {
				w.patterns = append(w.patterns, pattern{re, effort.Of(source)})
			}
		}
	}
	slices.Sort(w.list)
	w.list = slices.Compact(w.list)
	return w, problems
}

// add takes each word of a term.
func (w *Words) add(term string) {
	for _, word := range strings.Fields(strings.ReplaceAll(term, "’", "'")) {
		if strings.ContainsFunc(word, unicode.IsLetter) {
			w.list = append(w.list, word)
		}
	}
}

// List is the words, sorted, with plain apostrophes. Patterns are not among them: what
// they match is no prose; see [Words.Prose].
func (w *Words) List() []string {
	if w == nil {
		return nil
	}
	return w.list
}
