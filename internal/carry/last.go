package carry

import (
	"iter"
	"path"
	"time"

	"galley/internal/post"
	"galley/internal/postindex"
)

// Last is the edition before a new one, by their paths; empty where there is none. on
// tells on which days there are editions: what else was posted since the last one is
// none. Where several posts are of one day, as in several languages, it is rather the
// one in the folder of the new one, and then rather the one with its slug.
func Last(next string, posts iter.Seq[string], on func(day time.Time) bool) string {
	until, ok := postindex.Day(next)
	if !ok {
		return ""
	}
	last, newest, likest := "", time.Time{}, 0
	for file := range posts {
		day, ok := postindex.Day(file)
		if !ok || !day.Before(until) || day.Before(newest) || !on(day) {
			continue
		}
		if like := likeness(next, file); day.After(newest) || like >= likest {
			last, newest, likest = file, day, like
		}
	}
	return last
}

// likeness is larger the more the paths of two posts have in common.
func likeness(a, b string) (n int) {
	if path.Dir(a) == path.Dir(b) {
		n += 2
	}
	one, _ := post.ParseName(a)
	other, _ := post.ParseName(b)
	if one.Slug == other.Slug {
		n++
	}
	return n
}
