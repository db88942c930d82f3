// Package relocate says what becomes of a site's text at another place: its path,
// and what in its front matter goes along.
//
// A post's day and slug are in its file's name, and may be in its front matter,
// too, where they outweigh the name. So both change together:
//
//	date       gets the new day in the form that it has; its time and zone stay. A form
//	           that does not begin with the day is written as 2026-08-16 22:00:00 +0000
//	slug       gets the new slug, where it was the file's, with its day or without
//	redirect_from   gets the address that the text had
//
// Every other byte stays. A key that is not there is not added, but for
// redirect_from.
//
// A copy has an address of its own, and is another post to feed readers: permalink,
// redirect_from, aliases, id and a slug that is not the file's are taken out of it.
package relocate

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"
	"time"

	"galley/internal/post"
	"galley/internal/site"
)

// RedirectPlugin is the plugin of Jekyll that leads from old addresses to new ones.
const RedirectPlugin = "jekyll-redirect-from"

// Err is wrapped by the errors of this package, which may be read by anybody.
var Err = errors.New("the text cannot be put there")

// Wish says what a text is to be.
type Wish struct {
	// Day is the new day of a post, as 2026-08-16; "" for the one that it has.
	Day string
	// Slug is the new end of the file's name; "" for the one that it has. What no
	// file's name should have is taken out of it.
	Slug string
	// Group is where it goes: site.PostsGroup for a draft that is published,
	// site.DraftsGroup for a post that is taken back, "" to stay.
	Group string
	// Redirect is the address that is to lead to the new one; "" for none.
	Redirect string
	// Copy: the text stays where it is, and another becomes of it.
	Copy bool
}

// Place gives the path and the text that a file gets by a wish.
func Place(config site.Config, file string, src []byte, w Wish) (string, []byte, error) {
	old := nameOf(config, file)
	now := old
	if w.Slug != "" {
		if now.slug = post.Slugify(w.Slug); now.slug == "" {
			return "", nil, fmt.Errorf("%w: a slug needs a letter or a digit", Err)
		}
	}
	switch {
	case w.Group == "" || w.Group == old.group:
	case w.Group == site.PostsGroup && old.group == site.DraftsGroup, w.Group == site.DraftsGroup && old.group == site.PostsGroup:
		now.group = w.Group
		now.dir = swapped(old.dir, "_"+old.group, "_"+now.group)
	default:
		return "", nil, fmt.Errorf("%w: only drafts become posts, and posts drafts", Err)
	}
	switch {
	case now.group == site.DraftsGroup && old.group == site.PostsGroup:
		now.day, now.lead = "", ""
	case w.Day != "" && now.group == site.PostsGroup:
		if _, err := time.Parse(time.DateOnly, w.Day); err != nil {
			return "", nil, fmt.Errorf("%w: %q is not a date; write it as 2026-08-16", Err, w.Day)
		}
		if now.day != w.Day {
			now.day, now.lead = w.Day, w.Day+"-"
		}
	case now.group == site.PostsGroup && now.day == "":
		return "", nil, fmt.Errorf("%w: a post needs a date", Err)
	}
	text := src
	set := func(key, value string) {
		// A key that cannot be set alone stays: the page's checks tell of it.
		if changed, err := post.SetKey(text, key, value); err == nil {
			text = changed
		}
	}
	p := post.Parse(src)
	if now.day != "" && now.group == site.PostsGroup && (now.day != old.day || w.Day != "") {
		if value, ok := onDay(p, now.day, config.Location); ok {
			set("date", value)
		}
	}
	var drop []string
	if w.Copy {
		drop = append(drop, "permalink", "redirect_from", "aliases", "id")
	}
	if written := p.Text("slug"); written != "" && now != old {
		switch {
		case written == old.slug || post.Slugify(written) == post.Slugify(old.slug):
			set("slug", now.slug)
		case old.day != "" && now.day != "" && written == old.day+"-"+old.slug:
			set("slug", now.day+"-"+now.slug)
		case w.Copy:
			drop = append(drop, "slug")
		}
	}
	for _, key := range drop {
		changed, err := post.DropKey(text, key)
		if err != nil {
			return "", nil, fmt.Errorf("%w: two posts would have one address, or one id in feeds. Its %s is written in a way that it cannot be left out of the copy; write it on a line of its own first", Err, key)
		}
		text = changed
	}
	if w.Redirect != "" {
		changed, err := post.AddText(text, "redirect_from", w.Redirect)
		if err != nil {
			return "", nil, fmt.Errorf("%w: the redirect has to be written by hand, as redirect_from is written in a way that nothing can be added to it", Err)
		}
		text = changed
	}
	return now.path(), text, nil
}

// Named gives a text's day, as 2026-08-16, and slug, as its file's name has them.
// The day is empty for what is no post, and for a draft without one.
func Named(config site.Config, file string) (day, slug string) {
	n := nameOf(config, file)
	return n.day, n.slug
}

// name is a path taken apart.
type name struct {
	group, dir, day, slug, ext string
	// lead is the day as the name has it, with the hyphen behind it.
	lead string
}

func nameOf(config site.Config, file string) name {
	n := name{group: config.Group(file), dir: path.Dir(file), ext: path.Ext(file)}
	n.slug = strings.TrimSuffix(path.Base(file), n.ext)
	if d, ok := post.ParseName(file); ok && (n.group == site.PostsGroup || n.group == site.DraftsGroup) {
		n.lead = strings.TrimSuffix(n.slug, d.Slug)
		year := d.Year
		if year < 100 {
			year += 2000
		}
		n.day, n.slug = fmt.Sprintf("%04d-%02d-%02d", year, d.Month, d.Day), d.Slug
	}
	return n
}

func (n name) path() string {
	return path.Join(n.dir, n.lead+n.slug+n.ext)
}

// swapped is a folder with its last part of a name called otherwise.
func swapped(dir, from, to string) string {
	parts := strings.Split(dir, "/")
	for i := len(parts) - 1; i >= 0; i-- {
		if parts[i] == from {
			parts[i] = to
			break
		}
	}
	return strings.Join(parts, "/")
}

var (
	leadingDay = regexp.MustCompile(`^\d{4}-\d{1,2}-\d{1,2}`)
	timeOfDay  = regexp.MustCompile(`\d:\d|\d *[AaPp][Mm]\b`)
)

// onDay is a post's date on another day, as it is written; false where it has
// none. zone is the site's.
func onDay(p post.Post, day string, zone *time.Location) (string, bool) {
	r := p.KeyRange("date")
	if _, ok := p.Meta["date"]; !ok {
		return "", false
	}
	written := strings.Trim(string(p.Source[r.Start:r.End]), `"'`)
	if at := leadingDay.FindStringIndex(written); at != nil {
		return day + written[at[1]:], true
	}
	then, whole, ok := post.ReadDate(p.Meta["date"], zone)
	on, err := time.ParseInLocation(time.DateTime, day+then.In(zone).Format(" 15:04:05"), zone)
	if !ok || !whole || err != nil || !timeOfDay.MatchString(written) {
		return day, true
	}
	return on.Format("2006-01-02 15:04:05 -0700"), true
}
