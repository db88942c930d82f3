// Package vale applies styles in the format of Vale (https://vale.sh), so that a
// site that has them gets their rules where its posts are written, without Vale.
//
// [Load] reads .vale.ini in the site's folder and the styles that it names:
//
//	StylesPath     the folder of the styles; "styles" by default
//	MinAlertLevel  suggestion (the default), warning or error
//	Vocab          vocabularies, under config/vocabularies or Vocab in that folder:
//	               accept.txt and reject.txt
//	[*.md]         sections, by patterns of files, with BasedOnStyles, and rules by
//	               name (Style.Rule = NO, or a level)
//
// Of the rules those are applied that extend existence, substitution, occurrence,
// repetition, consistency, capitalization and conditional, with the scopes text,
// heading, list, paragraph, sentence and raw; of the style Vale that comes with it
// Repetition, Terms and Avoid. What cannot be applied is told with its file and
// line, and the rest is applied.
//
// Patterns are read as Go reads them, which is in time in proportion to the text;
// those that need more (?<=, \1 and the like) are carried out by regexp2, as in
// Vale. Either is given up for a text where that takes long.
package vale

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"

	"galley/internal/diag"
	"galley/internal/markdown/outline"
)

// Styles are the rules of a site. They may be used by many at once.
type Styles struct {
	least    level
	sections []section
	rules    []rule
	accepted []string
}

// Problem is something in the settings or in a style that is not applied.
type Problem struct {
	File    string
	Line    int // from 1; 0 where it is the file as a whole
	Message string
}

// level is how much an alert matters.
type level int

const (
	off level = iota
	suggestion
	warning
	errorLevel
)

func (l level) severity() diag.Severity {
	return []diag.Severity{"", diag.Info, diag.Warning, diag.Error}[l]
}

func parseLevel(s string) (level, bool) {
	i := slices.Index([]string{"NO", "suggestion", "warning", "error"}, s)
	return level(max(i, 0)), i >= 0
}

// Load reads the settings and styles of a site; nil where it has none.
func Load(files fs.FS) (*Styles, []Problem) {
	src, err := fs.ReadFile(files, ".vale.ini")
	if err != nil {
		return nil, nil
	}
	l := loader{files: files, styles: &Styles{least: suggestion}, path: "styles"}
	l.ini(string(src))
	l.load()
	return l.styles, l.problems
}

// Accepted are the terms that the site's vocabularies accept, as they are written there:
// words, and patterns.
func (s *Styles) Accepted() []string {
	if s == nil {
		return nil
	}
	return s.accepted
}

// Check applies the styles to a post; path is its file's, body where its body
// begins. It ends soon once stop returns an error, and what it returns then is of no use;
// a nil stop never does.
func (s *Styles) Check(path string, src []byte, body int, blocks []outline.Block, stop func() error) []diag.Diagnostic {
	if s == nil {
		return nil
	}
	on := s.levels(path)
	t := newText(src, body, blocks)
	t.stop = stop
	for i := range s.rules {
		r := &s.rules[i]
		if l := on(r); l >= s.least && l > off {
			t.rule, t.level, t.count = r, l, 0
			r.check(t)
		}
	}
	slices.SortStableFunc(t.found, func(a, b diag.Diagnostic) int { return cmp.Compare(a.Range.Start, b.Range.Start) })
	return t.found
}

// levels gives the level at which a rule reports in a file.
func (s *Styles) levels(path string) func(*rule) level {
	based := map[string]bool{}
	own := map[string]level{}
	for _, section := range s.sections {
		if !section.matches(path) {
			continue
		}
		if section.based != nil {
			based = map[string]bool{}
			for _, name := range section.based {
				based[name] = true
			}
		}
		for name, l := range section.rules {
			own[name] = l
		}
	}
	return func(r *rule) level {
		l, said := own[r.name]
		switch {
		case said && l == yes:
			return r.level
		case said:
			return l
		case based[r.style()]:
			return r.level
		}
		return off
	}
}

// yes is the level of a rule that is switched on as it is.
const yes level = -1

func (r *rule) style() string {
	style, _, _ := strings.Cut(r.name, ".")
	return style
}
