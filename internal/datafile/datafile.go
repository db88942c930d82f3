// Package datafile reads a site's data files, those of _data, as Jekyll does.
//
// A folder's files become a map by their names: YAML (.yaml, .yml), JSON, CSV and
// TSV. A folder within becomes a map of its own. Names lose what is neither an
// ASCII letter, digit, underline, hyphen nor white space, and white space becomes
// an underline. Where two have the same name the last one counts: files of the
// endings in the order above, then folders.
//
// Links to folders are followed, three of them one below the other, and up to 10,000 files
// and folders in all, since one may lead to the folder that it is in.
//
// JSON is read as YAML, as Jekyll reads it. CSV goes by the rules of Ruby's CSV
// library: the first line has the keys, numbers stay texts, an empty cell is nil
// and a quoted empty one is an empty text.
//
// What is read is at most some times as large as the text: YAML bounds what aliases
// repeat, and a table the cells that its rows lack, each of which is nil.
package datafile

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"galley/internal/ordered"
	"galley/internal/yaml"
)

// Settings say how files are read. The zero value is Jekyll's own.
type Settings struct {
	// Place is where times are that say no zone; UTC when it is nil.
	Place *time.Location
	// CSV and TSV are csv_reader and tsv_reader of the site's settings.
	CSV, TSV Table
	// Stop ends reading soon, with an error, once it returns one; nil never does. It is
	// asked for each folder and each file, and within tables.
	Stop func() error
}

// stopped is the error that ends reading, if any.
func (s Settings) stopped() error {
	if s.Stop == nil {
		return nil
	}
	return s.Stop()
}

// Table says how the cells of a table are read.
type Table struct {
	// NoHeaders reads each line as a list, the first one too.
	NoHeaders bool
	// Integers and Floats turn cells that are numbers into numbers.
	Integers, Floats bool
}

// TableOf reads csv_reader or tsv_reader of a site's settings. Of the converters
// those for dates are passed over.
func TableOf(settings *ordered.Map) Table {
	t := Table{NoHeaders: settings.Has("headers") && (settings.Value("headers") == false || settings.Value("headers") == nil)}
	list, _ := settings.Value("csv_converters").([]any)
	for _, name := range list {
		switch name {
		case "integer":
			t.Integers = true
		case "float":
			t.Floats = true
		case "numeric", "all":
			t.Integers, t.Floats = true, true
		}
	}
	return t
}

// Problem is why a file could not be read. Jekyll's build ends with it.
type Problem struct {
	File string
	// Line counts from 1; 0 where it is not known.
	Line int
	// Message is the reason, as a part of a sentence.
	Message string
}

func (p Problem) Error() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", p.File, p.Message)
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message)
}

const (
	// maxDepth is how deep folders may nest.
	maxDepth = 50
	// maxLinks is how many links to folders are followed one below the other, and
	// maxLinked how many files and folders may be read through them in all: some
	// links in each of some folders have as many ways through them as their product.
	maxLinks  = 3
	maxLinked = 10_000
)

// Read reads a folder; what it holds is empty when there is none. Files that
// cannot be read are left out and told.
func Read(files fs.FS, folder string, settings Settings) (*ordered.Map, []Problem) {
	r := reader{files: files, settings: settings, lacking: maxLacking, refused: map[string]bool{}}
	return r.folder(folder, 0, 0), r.problems
}

// endings are those of data files in the order in which they are read.
const endings = ".yaml .yml .json .csv .tsv"

func rank(name string) (int, bool) {
	ending := path.Ext(name)
	at := strings.Index(endings+" ", ending+" ")
	return at, at >= 0 && len(ending) > 1 && name[0] != '.'
}

type reader struct {
	files    fs.FS
	settings Settings
	problems []Problem
	lacking  int             // cells that tables may lack yet
	linked   int             // files and folders that were read through links
	refused  map[string]bool // why links were not followed, of which the first is told
}

// tell tells why a file or folder is not read.
func (r *reader) tell(name, message string) {
	r.problems = append(r.problems, Problem{File: name, Message: message})
}

// folder reads a folder that is so deep, behind so many links.
func (r *reader) folder(dir string, depth, links int) *ordered.Map {
	data := ordered.New(0)
	if err := r.settings.stopped(); err != nil {
		r.tell(dir, err.Error())
		return data
	}
	entries, err := fs.ReadDir(r.files, dir)
	if err != nil || depth > maxDepth {
		return data
	}
	if links > 0 {
		if r.linked += len(entries); r.linked > maxLinked {
			r.refuse(dir, fmt.Sprintf("it is not read: through links there are more than %d files and folders. Take links away that lead to folders above them", maxLinked))
			return data
		}
	}
	for _, ending := range strings.Fields(endings) {
		for _, e := range entries {
			name := e.Name()
			if at, ok := rank(name); !ok || !strings.HasPrefix(endings[at:]+" ", ending+" ") || r.isFolder(dir, e) {
				continue
			}
			if value, ok := r.file(path.Join(dir, name)); ok {
				data.Set(Key(strings.TrimSuffix(name, ending)), value)
			}
		}
	}
	for _, e := range entries {
		if !r.isFolder(dir, e) || e.Name()[0] == '.' {
			continue
		}
		name, further := path.Join(dir, e.Name()), links
		if e.Type()&fs.ModeSymlink != 0 {
			further++
		}
		if further > maxLinks {
			r.refuse(name, fmt.Sprintf("it is not read: it is a link behind %d others. Let it lead there from the folder of data itself", maxLinks))
			continue
		}
		data.Set(Key(e.Name()), r.folder(name, depth+1, further))
	}
	return data
}

// refuse tells why a link is not followed, once for each reason: there may be thousands.
func (r *reader) refuse(name, why string) {
	if !r.refused[why] {
		r.refused[why] = true
		r.tell(name, why)
	}
}

// isFolder follows links, as Jekyll does.
func (r *reader) isFolder(dir string, e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.IsDir()
	}
	info, err := fs.Stat(r.files, path.Join(dir, e.Name()))
	return err == nil && info.IsDir()
}

func (r *reader) file(name string) (any, bool) {
	src, err := fs.ReadFile(r.files, name)
	if err != nil {
		r.tell(name, "it cannot be read")
		return nil, false
	}
	value, err := parse(name, src, r.settings, &r.lacking)
	if err != nil {
		problem := Problem{File: name, Message: err.Error()}
		errors.As(err, &problem)
		r.problems = append(r.problems, problem)
		return nil, false
	}
	return value, true
}

// Parse reads one file by its name's ending. The error is a [Problem].
func Parse(name string, src []byte, settings Settings) (any, error) {
	lacking := maxLacking
	return parse(name, src, settings, &lacking)
}

// parse is Parse, and takes from lacking what the rows of a table lack.
func parse(name string, src []byte, settings Settings, lacking *int) (any, error) {
	if err := settings.stopped(); err != nil {
		return nil, Problem{File: name, Message: err.Error()}
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".csv":
		return parseTable(name, string(src), ',', settings.CSV, settings, lacking)
	case ".tsv":
		return parseTable(name, string(src), '\t', settings.TSV, settings, lacking)
	}
	place := settings.Place
	if place == nil {
		place = time.UTC
	}
	value, err := yaml.Read(src, place)
	if err != nil {
		problem := Problem{File: name, Message: err.Error()}
		var e *yaml.Error
		if errors.As(err, &e) {
			problem.Line, problem.Message = e.Line, e.Problem
		}
		return nil, problem
	}
	return value, nil
}

// Key is the key of a file or folder by its name, without its ending.
func Key(name string) string {
	// White space that a name begins with is gone where a word follows.
	if trimmed := strings.TrimLeft(name, spaces); trimmed == "" || isWord(trimmed) {
		name = trimmed
	}
	var b strings.Builder
	space := false
	for _, c := range name {
		switch {
		case strings.ContainsRune(spaces, c):
			space = true
			continue
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-':
		default:
			continue
		}
		if space {
			b.WriteByte('_')
			space = false
		}
		b.WriteRune(c)
	}
	if space {
		b.WriteByte('_')
	}
	return b.String()
}
