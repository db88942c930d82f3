// Package additions joins what several people add to one post, each in a version of
// their own: a bullet, a link, a paragraph. An addition is a text that has all lines of
// the one that it began as, and more; nothing else is one, so that whoever takes
// additions over loses no line of anybody; nor is one that makes something else of what
// others wrote, or hides it, as an element that is opened before it does.
//
// Where the lines go is for package merge: into the section of their heading, wherever
// that is now, and beside what others have put at the same place.
package additions

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"galley/internal/linediff"
	"galley/internal/merge"
	"galley/internal/post"
)

// Version is a post as somebody found it and as they left it.
type Version struct{ Old, New []byte }

// Run are lines that are added behind one another.
type Run struct {
	// Section is the name of the heading around them; empty before all.
	Section string
	// Line is the number of the first in the new text, from 1.
	Line int
	// Text are the lines, without the last one's end.
	Text string
}

// Unfit says why a version is no addition, as the end of a sentence that begins with
// whatever it is: "it changes lines".
type Unfit struct{ Why string }

func (u *Unfit) Error() string { return u.Why }

func unfit(format string, args ...any) error { return &Unfit{fmt.Sprintf(format, args...)} }

const (
	// maxLines is how many lines an addition may have.
	maxLines = 100
	// maxEdits is how many lines two versions may differ in to be compared.
	maxEdits = 2000
)

// Runs gives what a version adds. The error is an *Unfit for one that is no addition,
// or the context's.
func (v Version) Runs(ctx context.Context) ([]Run, error) {
	switch {
	case v.Old == nil:
		return nil, unfit("it brings the whole post")
	case v.New == nil:
		return nil, unfit("it takes the post away")
	case !utf8.Valid(v.New) || bytes.IndexByte(v.New, 0) >= 0:
		return nil, unfit("it has bytes that are no text")
	}
	was, is := strings.Split(string(v.Old), "\n"), strings.Split(string(v.New), "\n")
	match, err := linediff.Match(ctx, was, is, maxEdits)
	if errors.Is(err, linediff.ErrTooDifferent) {
		return nil, unfit("it changes much of the post")
	} else if err != nil {
		return nil, err
	}
	kept := make([]bool, len(is))
	for i, to := range match {
		switch {
		case to >= 0:
			kept[to] = true
		case emptyItem.MatchString(was[i]), i == len(was)-1 && was[i] == "":
			// Filled in, or the line break at the text's end.
		default:
			return nil, unfit("it changes or removes lines, such as “%s”", shorten(strings.TrimSpace(was[i])))
		}
	}
	if kept[len(is)-1] = kept[len(is)-1] || is[len(is)-1] == ""; !slices.Contains(kept, false) {
		return nil, unfit("it adds nothing")
	}
	p := post.Parse(v.New)
	if v.inMatter(p, kept) {
		return nil, unfit("it changes the front matter")
	}
	if !follows(names(post.Parse(v.Old)), names(p)) {
		return nil, unfit("what it adds makes something else of what follows, or hides it")
	}
	runs := runs(p, is, kept)
	n := 0
	for _, r := range runs {
		n += strings.Count(r.Text, "\n") + 1
	}
	switch {
	case n == 0:
		return nil, unfit("it adds nothing but blank lines")
	case n > maxLines:
		return nil, unfit("it adds %d lines, which want to be read by themselves", n)
	}
	for _, r := range runs {
		if hasLiquid(r.Text) {
			return nil, unfit("it has Liquid, which may hide or change what others wrote")
		}
	}
	switch shows, err := showsAll(ctx, p, post.Parse(v.Old)); {
	case err != nil:
		return nil, err
	case !shows:
		return nil, unfit("what it adds makes something else of what others wrote, or hides it")
	}
	return runs, nil
}

// emptyItem matches a list's item that waits to be filled in.
var emptyItem = regexp.MustCompile(`^[ \t]*[*+-][ \t]*\r?$`)

func shorten(line string) string {
	if runes := []rune(line); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return line
}

// inMatter tells whether lines of the front matter are new.
func (v Version) inMatter(p post.Post, kept []bool) bool {
	lines := bytes.Count(p.Source[:p.Body], []byte("\n"))
	return slices.Contains(kept[:lines], false) || post.Parse(v.Old).Body == 0 && p.Body > 0
}

func names(p post.Post) (list []string) {
	for _, s := range p.Sections() {
		list = append(list, fmt.Sprint(s.Level, s.Name))
	}
	return list
}

// follows tells whether all of a are in b, in that order.
func follows[T comparable](a, b []T) bool {
	for _, name := range b {
		if len(a) > 0 && a[0] == name {
			a = a[1:]
		}
	}
	return len(a) == 0
}

// runs are the lines that are not kept, without the blank ones around them.
func runs(p post.Post, lines []string, kept []bool) (list []Run) {
	sections, at := p.Sections(), 0
	around := func(offset int) (name string) {
		for _, s := range sections {
			if s.Range.Start > offset {
				break
			}
			name = s.Name
		}
		return name
	}
	for i := 0; i < len(lines); {
		if kept[i] || strings.TrimSpace(lines[i]) == "" {
			at += len(lines[i]) + 1
			i++
			continue
		}
		end := i + 1
		for end < len(lines) && !kept[end] {
			end++
		}
		text := strings.TrimRight(strings.ReplaceAll(strings.Join(lines[i:end], "\n"), "\r", ""), " \t\n")
		list = append(list, Run{Section: around(at), Line: i + 1, Text: text})
		for ; i < end; i++ {
			at += len(lines[i]) + 1
		}
	}
	return list
}

// Join adds what versions add to a text, one after the other: of two that add at the
// same place the first one's lines come first. It gives the text with all of them; or
// the number of the version that cannot be added and why, as an *Unfit.
func Join(ctx context.Context, text []byte, versions []Version) (joined []byte, failed int, err error) {
	for i, v := range versions {
		if _, err := v.Runs(ctx); err != nil {
			return nil, i, err
		}
		// What is mine comes behind what is theirs.
		result, err := merge.Merge(ctx, v.Old, v.New, text)
		if err != nil {
			return nil, i, err
		}
		for _, p := range result.Pieces {
			if p.Order {
				return nil, i, unfit("it puts sections in another order than the post has now")
			}
			if p.Kind == merge.Collision {
				where := "the beginning"
				if n := len(p.Where); n > 0 {
					where = "“" + p.Where[n-1] + "”"
				}
				return nil, i, unfit("the text around what it adds became another meanwhile, in %s", where)
			}
		}
		if bytes.Equal(result.Text, text) {
			return nil, i, unfit("the post has what it adds already")
		}
		var unsound *Unfit
		if _, err := (Version{text, result.Text}).Runs(ctx); errors.As(err, &unsound) {
			return nil, i, unfit("it does not go together with the post as it is now: %s", unsound.Why)
		} else if err != nil {
			return nil, i, err
		}
		text = result.Text
	}
	return text, -1, nil
}
