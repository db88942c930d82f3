package deadlinks

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"galley/internal/diag"
	"galley/internal/site/config"
	"galley/internal/site/permalink"
	"galley/internal/site/templates"
)

// Checker holds links against what was built. It is for one goroutine.
type Checker struct {
	files   fs.FS
	config  *config.Config
	written map[string]string          // outputs, and the files that they are made of
	copies  map[string]bool            // of these, the files that are copied as they are
	pages   map[string]map[string]bool // ids of the pages that were rendered, by output
	text    map[string][]byte          // files that links may be written in, read when needed
	// render makes the outputs whose ids are not known; nil where all are.
	render map[string]func() ([]byte, []diag.Diagnostic, error)
}

// New makes a checker for a site that writes nothing yet.
func New(files fs.FS, c *config.Config) *Checker {
	return &Checker{files: files, config: c, written: map[string]string{}, copies: map[string]bool{}, pages: map[string]map[string]bool{}}
}

// Add tells of a file that the site writes: what it is made of, and whether it is
// copied as it is.
func (c *Checker) Add(name, from string, copied bool) {
	c.written[name], c.copies[name] = from, copied
}

// Built tells what can be linked to in a page that was written.
func (c *Checker) Built(name string, p Page) { c.pages[name] = p.ids }

// target finds the output that an address leads to: empty for another site,
// and false when there is none.
func (c *Checker) target(from, link string) (output, fragment string, ok bool) {
	site := c.config
	if site.URL != "" && (link == site.URL || strings.HasPrefix(link, site.URL+"/")) {
		link = "/" + strings.TrimPrefix(strings.TrimPrefix(link, site.URL), "/")
	} else if config.HasScheme(link) || strings.HasPrefix(link, "//") {
		return "", "", true
	} else if !strings.HasPrefix(link, "/") {
		dir := site.BaseURL + from[:strings.LastIndexByte(from, '/')+1]
		switch {
		case link == "" || link[0] == '#' || link[0] == '?':
			link = site.BaseURL + from + link
		default:
			link = dir + link
		}
	}
	link, fragment, _ = strings.Cut(link, "#")
	link, _, _ = strings.Cut(link, "?")
	slash := strings.HasSuffix(link, "/") || strings.HasSuffix(link, "/.") || strings.HasSuffix(link, "/..")
	name := path.Clean(permalink.Unescape(link))
	if site.BaseURL != "" {
		if name != site.BaseURL && !strings.HasPrefix(name, site.BaseURL+"/") {
			return "", "", true // beside the site on its host
		}
		name = strings.TrimPrefix(name, site.BaseURL)
	}
	name = strings.TrimPrefix(name, "/")
	candidates := []string{name, name + ".html", name + "/index.html"}
	if name == "" {
		candidates = []string{"index.html"}
	} else if slash {
		candidates = candidates[2:]
	}
	for _, n := range candidates {
		if _, is := c.written[n]; is {
			return n, permalink.Unescape(fragment), true
		}
	}
	return "", "", false
}

// notThere tells what is wrong with the file that a link leads to, by the code
// and the message; both are empty where it is one.
func (c *Checker) notThere(l link, output string, ok bool) (told diag.Diagnostic) {
	switch {
	case !ok && l.picture:
		told.Code, told.Message = "missing-picture", fmt.Sprintf("This picture is missing: the site has no file at %s.", l.address)
	case !ok:
		told.Code, told.Message = "dead-link", fmt.Sprintf("This link leads nowhere: the site has no page or file at %s.", l.address)
	case c.copies[output] && isPointer(c.files, c.written[output]):
		told.Code, told.Message = "lfs-pointer", fmt.Sprintf("In place of %s there is a pointer of Git LFS, which browsers cannot show. Run git lfs pull where the site is built.", c.written[output])
	}
	return told
}

// Dead is a link that leads nowhere.
type Dead struct {
	diag.Diagnostic
	// Placed says that Range is where it was written.
	Placed bool
}

// Check gives the dead links of one page.
func (c *Checker) Check(p Page) []Dead {
	var dead []Dead
	seen := map[string]bool{}
	for _, l := range p.links {
		link := l.address
		if seen[link] {
			continue
		}
		seen[link] = true
		output, fragment, ok := c.target(p.URL, link)
		message, code := "", "dead-link"
		if told := c.notThere(l, output, ok); told.Code != "" {
			message, code = told.Message, told.Code
		} else if ids, rendered := c.pages[output]; rendered && fragment != "" && fragment != "top" && !ids[fragment] {
			message = fmt.Sprintf("This link leads to no place on its page: /%s has no #%s.", output, fragment)
		}
		if message != "" {
			dead = append(dead, c.dead(p, link, code, message))
		}
	}
	return dead
}

// dead finds where a link was written.
func (c *Checker) dead(p Page, link, code, message string) Dead {
	d := diag.Diagnostic{Severity: diag.Warning, Code: code, Message: message}
	if at, ok := findLink(p.Source, link, c.config.BaseURL); ok {
		d.Range = at
		return Dead{d, true}
	}
	for _, file := range c.sources(p.Layout) {
		if at, ok := findLink(c.text[file], link, c.config.BaseURL); ok {
			d.Range, d.File = at, file
			return Dead{d, true}
		}
	}
	d.Message += " A template or the settings make it."
	return Dead{d, false}
}

// sources are the files that a link may be written in besides the page's own:
// its layout first, then settings, templates and data.
func (c *Checker) sources(layout string) []string {
	if c.text == nil {
		c.text = map[string][]byte{}
		add := func(name string) {
			if src, err := fs.ReadFile(c.files, name); err == nil && len(src) <= config.MaxFile {
				c.text[name] = src
			}
		}
		add(config.File)
		for _, dir := range c.config.TemplateFolders() {
			_ = fs.WalkDir(c.files, dir, func(name string, d fs.DirEntry, err error) error {
				if err == nil && !d.IsDir() {
					add(name)
				}
				return nil
			})
		}
	}
	return append([]string{layout}, templates.SortedKeys(c.text)...)
}

// findLink finds an address in a source, between the signs that enclose one.
func findLink(src []byte, link, baseURL string) (diag.Range, bool) {
	for _, text := range []string{link, strings.TrimPrefix(link, baseURL), permalink.Unescape(link)} {
		if text == "" {
			continue
		}
		for from := 0; ; {
			at := bytes.Index(src[from:], []byte(text))
			if at < 0 {
				break
			}
			start, end := from+at, from+at+len(text)
			if start > 0 && bytes.IndexByte([]byte("(<\"': \t"), src[start-1]) >= 0 && (end == len(src) || bytes.IndexByte([]byte(")>\"' \t\r\n"), src[end]) >= 0) {
				return diag.Range{Start: start, End: end}, true
			}
			from = end
		}
	}
	return diag.Range{}, false
}
