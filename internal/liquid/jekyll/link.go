package jekyll

import (
	"regexp"
	"strings"
	"sync"
	"time"

	"galley/internal/liquid"
)

// linkNode is the address of a file of the site.
type linkNode struct {
	path    string
	dynamic *liquid.Template
	fault   error // of reading that, told when it is rendered
}

func linkTag(p *liquid.Parser, markup string) (liquid.Node, error) {
	n := &linkNode{path: strings.Trim(markup, space)}
	if strings.Contains(n.path, "{") && !p.Config().Liquid4 {
		n.dynamic, n.fault = p.Inner(n.path)
	}
	return n, nil
}

// Render prints the address.
func (n *linkNode) Render(c *liquid.Context) error {
	h, err := host(c)
	if err != nil {
		return err
	}
	if n.fault != nil {
		return n.fault
	}
	path := n.path
	if n.dynamic != nil {
		if path, err = c.Part(n.dynamic); err != nil {
			return err
		}
	}
	url, ok := h.Link(path)
	if !ok {
		return liquid.Faultf("Could not find document '%s' in tag 'link'. Make sure the document exists and the path is correct", path)
	}
	url, err = linked(c, h, url)
	c.Write(url)
	return err
}

// linked is an address as a link tag prints it: Jekyll 3 leaves the baseurl to
// the writer.
func linked(c *liquid.Context, h Host, url string) (string, error) {
	if c.Liquid4() {
		return url, nil
	}
	return relativeURL(h, url)
}

// postURLNode is the address of a post.
type postURLNode struct {
	name             string
	path, date, slug string
}

// Folders, a date and a slug.
var postName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^(.+/)?(\d+-\d+-\d+)-(.*)$`)
})

func postURLTag(_ *liquid.Parser, markup string) (liquid.Node, error) {
	name := strings.Trim(markup, space)
	m := postName().FindStringSubmatch(strings.TrimPrefix(name, "/"))
	if m == nil {
		return nil, liquid.Faultf("Could not parse name of post \"%s\" in tag 'post_url'. It is the post's file name without its ending, such as 2026-01-02-hello", name)
	}
	return &postURLNode{name: name, path: m[1], date: m[2], slug: m[3]}, nil
}

// Render prints the address.
func (n *postURLNode) Render(c *liquid.Context) error {
	h, err := host(c)
	if err != nil {
		return err
	}
	posts := h.Posts()
	if err := c.Spend(len(posts)); err != nil {
		return err
	}
	url, found := "", false
	for i := range posts {
		if n.names(posts[i].Path) {
			url, found = posts[i].URL, true
			break
		}
	}
	if day, ok := n.day(); ok && !found {
		for i := range posts {
			year, month, date := posts[i].Date.Date()
			if posts[i].Slug == n.slug && year == day.Year() && month == day.Month() && date == day.Day() {
				url, found = posts[i].URL, true
				c.Warn("post_url “%s” is not the post's whole name. Jekyll finds %s by its date and slug, for now: write the name exactly", n.name, posts[i].Path)
				break
			}
		}
	}
	if !found {
		return liquid.Faultf("Could not find post \"%s\" in tag 'post_url'. Make sure the post exists and the name is correct", n.name)
	}
	url, err = linked(c, h, url)
	c.Write(url)
	return err
}

// names says whether a path is that of the post: below _posts in the folders
// that were named, or in a _posts of these.
func (n *postURLNode) names(path string) bool {
	rest, ok := strings.CutPrefix(path, "_posts/"+n.path+n.date+"-"+n.slug+".")
	if !ok {
		if rest, ok = strings.CutPrefix(path, n.path+"_posts/"+n.date+"-"+n.slug+"."); !ok {
			return false
		}
	}
	return rest != "" && rest[0] != '.'
}

func (n *postURLNode) day() (time.Time, bool) {
	t, err := time.Parse("2006-1-2", n.date)
	return t, err == nil
}
