// Package datacheck tells writers what a data file says, as templates get it, and what
// is wrong with it: at which place, and what to do.
//
// What a file says comes from [datafile.Parse], with which sites are built. Where that
// refuses a file, a second reader says where and why: for YAML the next version of the
// same library, which knows the place of each problem, for JSON Go's own. Neither is
// asked whether a file can be read.
//
// Files that can be read are looked at for what is likely not meant: a key that stands
// twice, a plain word that is no text (no, 1.10, 12:30), a row of a table with too many
// cells, what YAML takes in a JSON file and no other reader of JSON does.
//
// None of this is linked into WebAssembly.
package datacheck

import (
	"cmp"
	"errors"
	"path"
	"regexp"
	"slices"
	"strings"

	"galley/internal/datafile"
	"galley/internal/diag"
)

// Reading is what there is to tell of a data file.
type Reading struct {
	// Problems are by place. With an error among them the file cannot be read, and
	// the site is not built.
	Problems []diag.Diagnostic
	// Value is what the file says; nil where it cannot be read.
	Value *Value
}

// kinds are the endings of data files.
var kinds = []string{".yml", ".yaml", ".json", ".csv", ".tsv"}

// maxProblems is how many problems of one file are told.
const maxProblems = 200

// IsKind tells whether a file's name ends as those of data files do.
func IsKind(file string) bool { return slices.Contains(kinds, path.Ext(file)) }

// IsData tells whether a file is one of a site's data files, by its path: below the
// data folder (data_dir of the settings), with an ending that is read, and no part of
// its path hidden. A folder that is the whole site has none: its settings would be
// among them.
func IsData(folder, file string) bool {
	below, ok := strings.CutPrefix(file, folder+"/")
	if folder == "" || folder == "." || !ok || below == "" || !IsKind(file) {
		return false
	}
	for part := range strings.SplitSeq(file, "/") {
		if part == "" || strings.ContainsAny(part[:1], ".#~") || strings.HasSuffix(part, "~") {
			return false
		}
	}
	return true
}

// Called is how templates call a data file, "site.data.team",
// or "site.data.people["2026-01"]" where a key is no name.
func Called(folder, file string) string {
	name := "site.data"
	parts := strings.Split(strings.TrimPrefix(file, folder+"/"), "/")
	parts[len(parts)-1] = strings.TrimSuffix(parts[len(parts)-1], path.Ext(file))
	for _, part := range parts {
		if key := datafile.Key(part); plainKey.MatchString(key) {
			name += "." + key
		} else {
			name += `["` + key + `"]`
		}
	}
	return name
}

// plainKey is a key that stands behind a point in a template.
var plainKey = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

// Read reads a data file, whose name's ending says what it is. Once the settings' Stop
// returns an error it ends soon, and what it gives is of no use.
func Read(name string, src []byte, settings datafile.Settings) Reading {
	value, err := datafile.Parse(name, src, settings)
	var problem datafile.Problem
	if err != nil && !errors.As(err, &problem) {
		problem = datafile.Problem{File: name, Message: err.Error()}
	}
	var r Reading
	if stopped(settings) {
		return r
	}
	text := newLines(src, yamlEnds)
	switch ending := strings.ToLower(path.Ext(name)); {
	case ending == ".csv" || ending == ".tsv":
		text = newLines(src, tableEnds(src))
		comma, table := byte(','), settings.CSV
		if ending == ".tsv" {
			comma, table = '\t', settings.TSV
		}
		if err != nil {
			r.Problems = []diag.Diagnostic{tableProblem(text, problem)}
			break
		}
		rows := datafile.Rows(string(src), comma)
		r.Problems = checkRows(text, rows, table)
		r.Value = rowsOf(value, rows, table)
	case err != nil:
		r.Problems = []diag.Diagnostic{unreadable(text, ending == ".json", problem)}
	default:
		root := nodeOf(src)
		if stopped(settings) {
			return r
		}
		r.Problems = checkNodes(text, root, settings)
		if ending == ".json" {
			r.Problems = append(r.Problems, onlyYAML(src)...)
		}
		r.Value = valueOf(value, root)
	}
	slices.SortStableFunc(r.Problems, func(a, b diag.Diagnostic) int { return cmp.Compare(a.Range.Start, b.Range.Start) })
	r.Problems = r.Problems[:min(len(r.Problems), maxProblems)]
	return r
}

func stopped(s datafile.Settings) bool { return s.Stop != nil && s.Stop() != nil }
