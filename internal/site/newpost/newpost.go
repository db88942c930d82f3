package newpost

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"galley/internal/post"
	"galley/internal/site/config"
)

// Post says what a new post is to be. Everything is optional.
type Post struct {
	// Title defaults to the settings' pattern, else "New post".
	Title string
	// Date defaults to the present, at which new posts are dated.
	Date time.Time
	// Slug defaults to the settings' pattern, else the title made a slug.
	Slug string
}

// Err is wrapped by NewPost's errors.
var Err = errors.New("the new post cannot be made")

// builtInTemplate starts a post where the site has no template file.
const builtInTemplate = "---\nlayout: post\ntitle: Title\ndate: 2006-01-02 15:04:05 +0000\nslug: slug\n---\n\n"

// Make makes a new post's path and text from the site's template file; now
// is when it is dated by itself. The
// keys title, date and slug are filled in; every other byte of the template
// stays.
func Make(files fs.FS, c config.Config, now time.Time, n Post) (file string, src []byte, err error) {
	if n.Date.IsZero() {
		n.Date = now
	}
	n.Date = n.Date.In(c.Location)
	if n.Title = strings.TrimSpace(n.Title); n.Title == "" {
		n.Title = config.FillPattern(c.Pattern("title", "New post"), n.Date, n.Title)
	}
	n.Title = strings.Join(strings.Fields(n.Title), " ")
	day := n.Date.Format("2006-01-02")
	slug := post.Slugify(n.Slug)
	if n.Slug == "" {
		slug = post.Slugify(config.FillPattern(c.Pattern("slug", "{slug}"), n.Date, n.Title))
	}
	if slug == "" {
		return "", nil, fmt.Errorf("%w: a title or slug needs a letter or a digit", Err)
	}
	// A slug may begin with the date, which the file's name has anyway.
	name := strings.TrimPrefix(slug, day+"-")
	if name == day || name == "" {
		name = "post"
	}
	file = path.Join(c.CollectionsDir, "_posts", day+"-"+name+".md")

	src, err = fs.ReadFile(files, c.TemplateFile())
	if err != nil {
		src = []byte(builtInTemplate)
	}
	if !post.Parse(src).HasFrontMatter {
		src = append([]byte("---\n---\n\n"), src...)
	}
	for _, kv := range [][2]string{
		{"title", n.Title},
		{"date", n.Date.Format("2006-01-02 15:04:05 -0700")},
		{"slug", slug},
	} {
		if src, err = post.SetKey(src, kv[0], kv[1]); err != nil {
			return "", nil, fmt.Errorf("%w: the key %s of %s: %v", Err, kv[0], c.TemplateFile(), err)
		}
	}
	return file, src, nil
}
