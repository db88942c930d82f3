package deadlinks

import (
	"fmt"
	"path"
	"strings"

	"galley/internal/diag"
	"galley/internal/site/permalink"
)

// CheckPage gives the pictures in a page that are missing or are pointers of Git
// LFS, or the links that lead to no page, file or place of the site, each where it
// stands in src, the source that the page was made of. Those of its templates are
// left to a build.
func (c *Checker) CheckPage(src []byte, address string, page []byte, pictures bool) []diag.Diagnostic {
	var found []diag.Diagnostic
	seen := map[string]bool{}
	p := Scan(page, c.config.URL)
	for _, l := range p.links {
		if l.picture != pictures || seen[l.address] {
			continue
		}
		seen[l.address] = true
		told := c.leadsNowhere(l, address, p.ids)
		if told.Code == "" {
			continue
		}
		if at, ok := findLink(src, l.address, c.config.BaseURL); ok {
			told.Range, told.Severity = at, diag.Warning
			found = append(found, told)
		}
	}
	return found
}

// Renders tells how a file that the site writes is made, for [Checker.CheckPage] to
// know the places in it.
func (c *Checker) Renders(name string, render func() ([]byte, []diag.Diagnostic, error)) {
	if c.render == nil {
		c.render = map[string]func() ([]byte, []diag.Diagnostic, error){}
	}
	c.render[name] = render
}

// leadsNowhere tells what is wrong with a link of a page with an address and with
// these ids. Pages that are linked to by a place in them are made for that.
func (c *Checker) leadsNowhere(l link, address string, ids map[string]bool) diag.Diagnostic {
	if place, ok := strings.CutPrefix(l.address, "#"); ok {
		// The page may be one that a build would leave out.
		return noPlace(permalink.Unescape(place), "", ids)
	}
	output, place, ok := c.target(address, l.address)
	told := c.notThere(l, output, ok)
	if told.Code != "" || place == "" || path.Ext(output) != ".html" || c.copies[output] {
		return told
	}
	there, made := c.pages[output]
	if !made && c.render[output] != nil {
		if data, _, err := c.render[output](); err == nil {
			there = Scan(data, c.config.URL).ids
		}
		c.pages[output] = there
	}
	if there == nil {
		return diag.Diagnostic{}
	}
	return noPlace(place, output, there)
}

// noPlace tells that a page, by its file, has no place of a name; the page that
// the link is on where the file is empty.
func noPlace(place, file string, ids map[string]bool) (told diag.Diagnostic) {
	if place == "" || place == "top" || ids[place] {
		return told
	}
	told.Code = "dead-link"
	told.Message = fmt.Sprintf("This link leads to no place on this page: there is no #%s.", place)
	if file != "" {
		told.Message = fmt.Sprintf("This link leads to no place on its page: /%s has no #%s.", file, place)
	}
	return told
}
