package site

import (
	"bytes"
	"fmt"
	"html"
	"io/fs"
	"path"
	"strings"

	"galley/internal/diag"
	"galley/internal/site/config"
	"galley/internal/site/permalink"
	"galley/internal/site/templates"
)

// anchors is what a built page links to and what can be linked to in it.
type anchors struct {
	url    string // the page's own, within the site
	links  []pageLink
	ids    map[string]bool
	layout string
}

// pageLink is an address in a page.
type pageLink struct {
	address string
	picture bool // the page shows it as a picture
}

// scanPage reads the links and ids of a page, without most of the links that
// lead to other sites: those are not checked, and a site has many thousands.
func scanPage(page []byte, siteURL string) (links []pageLink, ids map[string]bool) {
	ids = map[string]bool{}
	scanTags(page, func(tag, name, value []byte) {
		switch string(name) {
		case "id":
			ids[string(value)] = true
		case "name":
			if string(tag) == "a" {
				ids[string(value)] = true
			}
		case "href", "src", "poster":
			if string(tag) != "base" && !leadsAway(value, siteURL) {
				picture := string(name) == "poster" || string(name) == "src" && string(tag) == "img"
				links = append(links, pageLink{html.UnescapeString(string(value)), picture})
			}
		}
	})
	return links, ids
}

// leadsAway says whether an attribute's value is plainly an address on another
// site; one with a character reference in it is not looked at that closely.
func leadsAway(value []byte, siteURL string) bool {
	if bytes.IndexByte(value, '&') >= 0 || siteURL != "" && bytes.HasPrefix(value, []byte(siteURL)) {
		return false
	}
	return config.HasScheme(value) || bytes.HasPrefix(value, []byte("//"))
}

// scanTags calls found for each attribute with a value in a page's tags; tag
// and name are in small letters. It passes over comments and over the text of
// scripts and styles.
func scanTags(page []byte, found func(tag, name, value []byte)) {
	for {
		at := bytes.IndexByte(page, '<')
		if at < 0 || at+1 >= len(page) {
			return
		}
		page = page[at+1:]
		switch c := page[0]; {
		case bytes.HasPrefix(page, []byte("!--")):
			end := bytes.Index(page, []byte("-->"))
			if end < 0 {
				return
			}
			page = page[end+3:]
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			var tag []byte
			tag, page = scanTag(page, found)
			if string(tag) == "script" || string(tag) == "style" {
				end := bytes.Index(page, []byte("</"+string(tag)))
				if end < 0 {
					return
				}
				page = page[end:]
			}
		}
	}
}

// scanTag reads one tag and gives its name and what follows it.
func scanTag(page []byte, found func(tag, name, value []byte)) (tag, rest []byte) {
	i := 0
	word := func(stop string) []byte {
		start := i
		for i < len(page) && strings.IndexByte(stop, page[i]) < 0 {
			i++
		}
		return page[start:i]
	}
	space := func() {
		for i < len(page) && strings.IndexByte(" \t\r\n\f/", page[i]) >= 0 {
			i++
		}
	}
	tag = lower(word(" \t\r\n\f/>"))
	for i < len(page) {
		space()
		if i >= len(page) {
			break
		}
		if page[i] == '>' {
			return tag, page[i+1:]
		}
		name := lower(word(" \t\r\n\f/>="))
		space()
		if i >= len(page) || page[i] != '=' {
			if len(name) == 0 {
				i++ // a lone sign
			}
			continue
		}
		i++
		for i < len(page) && strings.IndexByte(" \t\r\n\f", page[i]) >= 0 {
			i++
		}
		if i >= len(page) {
			break
		}
		var value []byte
		if q := page[i]; q == '"' || q == '\'' {
			i++
			length := bytes.IndexByte(page[i:], q)
			if length < 0 {
				length = len(page) - i
			}
			value = page[i : i+length]
			i += length + 1
		} else {
			value = word(" \t\r\n\f>")
		}
		found(tag, name, value)
	}
	return tag, nil
}

// lower is a word in small letters: itself, where it is.
func lower(word []byte) []byte {
	for _, c := range word {
		if 'A' <= c && c <= 'Z' {
			return bytes.ToLower(word)
		}
	}
	return word
}

// linkChecker holds links against what was built. It is for one goroutine.
type linkChecker struct {
	site    *Site
	written map[string]string          // outputs, and the files that they are made of
	copies  map[string]bool            // of these, the files that are copied as they are
	pages   map[string]map[string]bool // ids of the pages that were rendered, by output
	text    map[string][]byte          // files that links may be written in, read when needed
}

// target finds the output that an address leads to: empty for another site,
// and false when there is none.
func (c *linkChecker) target(from, link string) (output, fragment string, ok bool) {
	site := c.site.config
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

// check gives the problems of one page.
func (c *linkChecker) check(o output, a anchors) []Problem {
	var problems []Problem
	seen := map[string]bool{}
	for _, l := range a.links {
		link := l.address
		if seen[link] {
			continue
		}
		seen[link] = true
		output, fragment, ok := c.target(a.url, link)
		message, code := "", "dead-link"
		if told := c.notThere(l, output, ok); told.Code != "" {
			message, code = told.Message, told.Code
		} else if ids, rendered := c.pages[output]; rendered && fragment != "" && fragment != "top" && !ids[fragment] {
			message = fmt.Sprintf("This link leads to no place on its page: /%s has no #%s.", output, fragment)
		}
		if message != "" {
			problems = append(problems, c.problem(o, a, link, code, message))
		}
	}
	return problems
}

// problem finds where a link was written.
func (c *linkChecker) problem(o output, a anchors, link, code, message string) Problem {
	s := c.site
	d := diag.Diagnostic{Severity: diag.Warning, Code: code, Message: message}
	if o.entry != nil {
		if at, ok := findLink(o.entry.post.Source, link, s.config.BaseURL); ok {
			d.Range = at
			return s.problem(o, d)
		}
	}
	for _, file := range c.sources(a.layout) {
		if at, ok := findLink(c.text[file], link, s.config.BaseURL); ok {
			d.Range, d.File = at, file
			return s.problem(o, d)
		}
	}
	p := s.problem(o, d)
	p.Position = diag.Position{}
	p.Message += " A template or the settings make it."
	return p
}

// sources are the files that a link may be written in besides the page's own:
// its layout first, then settings, templates and data.
func (c *linkChecker) sources(layout string) []string {
	if c.text == nil {
		c.text = map[string][]byte{}
		add := func(name string) {
			if src, err := fs.ReadFile(c.site.files, name); err == nil && len(src) <= config.MaxFile {
				c.text[name] = src
			}
		}
		add(config.File)
		for _, dir := range c.site.bundled() {
			_ = fs.WalkDir(c.site.files, dir, func(name string, d fs.DirEntry, err error) error {
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
