package tray

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// Reader brings what trays read from.
type Reader struct {
	// Get asks for an address: what stands there, and the address that it was
	// found at. What is known from before may come together with an error. Nil:
	// nobody is asked.
	Get func(ctx context.Context, address string) (data []byte, at string, err error)
	// Files is the repository; nil for none.
	Files fs.FS
	// Search finds pull requests and issues, and Releases those of a repository.
	// Nil where the site's forge has none.
	Search, Releases func(ctx context.Context, query string) ([]Item, error)
	// Work runs what is work on the bytes of others, when there is room for it; its
	// error says why it did not, or not to the end. Nil: it is run at once.
	Work func(ctx context.Context, work func()) error
	// Normalize makes addresses that mean the same page the same.
	Normalize func(address string) string
	// From and Until are the days that the edition is about.
	From, Until time.Time
	// Now is the present.
	Now time.Time
}

// MaxFile is the largest file that is read, in bytes.
const MaxFile = 4 << 20

// maxFiles is how many files the patterns of one tray may name.
const maxFiles = 200

// Items gives a tray's items, and sentences about what could not be read. What
// could is there all the same.
func (r Reader) Items(ctx context.Context, t Tray) (items []Item, trouble []string) {
	tell := func(err error) {
		if text := strings.TrimSuffix(err.Error(), ".") + "."; !slices.Contains(trouble, text) && len(trouble) < 5 {
			trouble = append(trouble, text)
		}
	}
	switch t.Kind {
	case Pulls, Issues:
		list, err := ask(ctx, r.Search, r.fill(t.Query))
		items = append(items, list...)
		if err != nil {
			tell(err)
		}
	case Releases:
		for _, where := range t.Where {
			list, err := ask(ctx, r.Releases, where)
			items = append(items, list...)
			if err != nil {
				tell(err)
			}
		}
	default:
		for _, where := range t.Where {
			for _, part := range r.parts(ctx, where) {
				if part.data != nil {
					list, err := r.parse(ctx, t, part)
					if err != nil {
						tell(fmt.Errorf("%s cannot be read as a tray of kind %s: %w", where, t.Kind, err))
					}
					items = append(items, list...)
				}
				if part.err != nil {
					tell(part.err)
				}
			}
		}
	}
	return t.Arrange(items, r.Now, r.Normalize), trouble
}

func (r Reader) parse(ctx context.Context, t Tray, p part) ([]Item, error) {
	if r.Work == nil {
		return t.Parse(p.data, p.at)
	}
	var list []Item
	var err error
	if undone := r.Work(ctx, func() { list, err = t.Parse(p.data, p.at) }); undone != nil {
		return nil, undone
	}
	return list, err
}

func ask(ctx context.Context, ask func(context.Context, string) ([]Item, error), query string) ([]Item, error) {
	if ask == nil {
		return nil, errors.New("The site is not on GitHub, so there is nothing to search")
	}
	return ask(ctx, query)
}

// fill puts the edition's days into a query.
func (r Reader) fill(query string) string {
	return strings.NewReplacer("{since}", r.From.Format(time.DateOnly), "{until}", r.Until.Format(time.DateOnly)).Replace(query)
}

type part struct {
	data []byte
	at   string
	err  error
}

// parts reads what stands at a place: an address, a file, or the files that a
// pattern names.
func (r Reader) parts(ctx context.Context, where string) []part {
	if IsAddress(where) {
		if r.Get == nil {
			return []part{{err: fmt.Errorf("%s is not asked for by this Galley", where)}}
		}
		data, at, err := r.Get(ctx, where)
		return []part{{data, at, err}}
	}
	if r.Files == nil {
		return []part{{err: fmt.Errorf("%s is neither an address nor a file here", where)}}
	}
	names := []string{where}
	if strings.ContainsAny(where, "*?[") {
		var err error
		if names, err = fs.Glob(r.Files, where); err != nil || len(names) == 0 {
			return []part{{err: fmt.Errorf("no file of the repository is named as %s", where)}}
		}
		slices.SortFunc(names, func(a, b string) int { return -strings.Compare(a, b) })
		names = names[:min(len(names), maxFiles)]
	}
	var list []part
	for _, name := range names {
		list = append(list, r.file(name))
	}
	return list
}

func (r Reader) file(name string) part {
	name = path.Clean(strings.TrimPrefix(name, "/"))
	info, err := fs.Stat(r.Files, name)
	switch {
	case err != nil || !info.Mode().IsRegular():
		return part{err: fmt.Errorf("%s is no file of the repository", name)}
	case info.Size() > MaxFile:
		return part{err: fmt.Errorf("%s has more than %d MB", name, MaxFile>>20)}
	}
	data, err := fs.ReadFile(r.Files, name)
	if err != nil {
		return part{err: fmt.Errorf("%s cannot be read: %w", name, err)}
	}
	return part{data: data, at: name}
}
