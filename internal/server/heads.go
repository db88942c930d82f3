package server

import (
	"context"
	"slices"
	"strings"

	"galley/internal/forge"
	"galley/internal/post"
)

// head is what a list tells of a text by its front matter.
type head struct {
	title string
	// labels are tags and categories, authors whom it names.
	labels, authors []string
	// hidden: it says that it is not published. bare: there is no front matter.
	hidden, bare bool
}

// What is told of a text at most: titles in characters, the others by number.
const (
	maxTitle  = 300
	maxLabels = 30
)

// headOf reads what a list tells of a text.
func headOf(src []byte) head {
	p := post.Parse(src)
	h := head{bare: !p.HasFrontMatter, hidden: p.Meta["published"] == false}
	title := []rune(p.Text("title"))
	h.title = string(title[:min(len(title), maxTitle)])
	for _, key := range []string{"tags", "tag", "categories", "category"} {
		if key == "category" { // a single one, which may have spaces
			h.labels = append(h.labels, names(p.Meta[key])...)
		} else {
			h.labels = append(h.labels, p.List(key)...)
		}
	}
	h.labels = distinct(h.labels)
	h.authors = distinct(append(names(p.Meta["author"]), names(p.Meta["authors"])...))
	return h
}

// names are the people that a value names: as text, by a map's name, or a list of
// these.
func names(value any) []string {
	switch v := value.(type) {
	case string:
		if v = strings.TrimSpace(v); v != "" {
			return []string{v}
		}
	case map[string]any:
		return names(v["name"])
	case []any:
		var list []string
		for _, one := range v[:min(len(v), maxLabels)] {
			if _, deeper := one.([]any); !deeper {
				list = append(list, names(one)...)
			}
		}
		return list
	}
	return nil
}

// distinct are the words of a list, each once, and no more of them than are told.
func distinct(list []string) []string {
	var out []string
	for _, word := range list {
		if len(word) <= maxTitle && !slices.Contains(out, word) && len(out) < maxLabels {
			out = append(out, word)
		}
	}
	return out
}

// size is roughly how many bytes it takes.
func (h head) size() int {
	n := 64 + len(h.title)
	for _, word := range append(h.labels[:len(h.labels):len(h.labels)], h.authors...) {
		n += 16 + len(word)
	}
	return n
}

// keepHead remembers what a list tells of a text.
func (s *Server) keepHead(blob string, data []byte) head {
	h := headOf(data)
	s.heads.Put(blob, h)
	return h
}

// maxHeadReads is how many texts are read before a list is answered, the newest first.
// Those of the others are told when it is asked for again.
const maxHeadReads = 400

// fillHeads puts in what is known from reading, and reads some. It tells how many may
// be read still, and how many are not known though they could be.
func (s *Server) fillHeads(ctx context.Context, f forge.Forge, entries []postEntry, reads int) (left, unread int, err error) {
	for i := range entries {
		e := &entries[i]
		h, known := s.heads.Get(e.Blob)
		if !known && e.size <= maxPost {
			if reads == 0 {
				unread++
				continue
			}
			reads--
			data, err := f.Blob(ctx, e.Blob)
			if err != nil {
				return reads, unread, err
			}
			h = s.keepHead(e.Blob, data)
		}
		e.Title, e.Tags, e.Authors, e.Hidden, e.bare = h.title, h.labels, h.authors, h.hidden, h.bare
	}
	return reads, unread, nil
}
