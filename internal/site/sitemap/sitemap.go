// Package sitemap writes sitemap.xml and robots.txt as jekyll-sitemap 1.4 does.
package sitemap

import (
	"galley/internal/liquid"
	"path"
	"strings"
)

// URL is one address of the site.
type URL struct {
	// Loc is the whole address.
	Loc string
	// Modified is when it changed last, as XML Schema has dates, or empty.
	Modified string
}

// Address is a page's address within the site as it is listed.
func Address(url string) string { return strings.ReplaceAll(url, "/index.html", "/") }

// ListsPage says whether a page with this address is listed: the page of
// errors is not.
func ListsPage(url string) bool { return url != "/404.html" }

// ListsFile says whether a file that is copied is listed: pages and PDF files
// are.
func ListsFile(name string) bool {
	switch path.Ext(name) {
	case ".htm", ".html", ".xhtml", ".pdf":
		return path.Base(name) != "404.html"
	}
	return false
}

// XML is sitemap.xml. Stylesheet is the address of the site's sitemap.xsl, or
// empty.
func XML(list []URL, stylesheet string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	if stylesheet != "" {
		b.WriteString(`<?xml-stylesheet type="text/xsl" href="` + stylesheet + `"?>` + "\n")
	}
	b.WriteString(`<urlset xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.sitemaps.org/schemas/sitemap/0.9 http://www.sitemaps.org/schemas/sitemap/0.9/sitemap.xsd" xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, u := range list {
		b.WriteString("<url>\n<loc>" + liquid.EscapeXML(u.Loc) + "</loc>\n")
		if u.Modified != "" {
			b.WriteString("<lastmod>" + u.Modified + "</lastmod>\n")
		}
		b.WriteString("</url>\n")
	}
	b.WriteString("</urlset>\n")
	return b.String()
}

// Robots is robots.txt: where the sitemap is.
func Robots(sitemap string) string { return "Sitemap: " + sitemap + "\n" }
