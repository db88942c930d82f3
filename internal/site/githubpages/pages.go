package githubpages

import (
	"path"
	"strings"
)

// BecomesPage says whether a Markdown file without front matter becomes a
// page: all do but those that are about a repository. Included is whether the
// setting "include" names the file.
func BecomesPage(file string, included bool) bool {
	switch strings.ToUpper(strings.TrimSuffix(path.Base(file), path.Ext(file))) {
	case "README", "LICENSE", "LICENCE", "COPYING", "CODE_OF_CONDUCT", "CONTRIBUTING", "ISSUE_TEMPLATE", "PULL_REQUEST_TEMPLATE":
		return included
	}
	return true
}

// Readme says whether a Markdown file is a README, which becomes the index of
// its folder where that has none.
func Readme(file string) bool {
	return strings.EqualFold(strings.TrimSuffix(path.Base(file), path.Ext(file)), "readme")
}

// ReadmePermalink is the address of a README as the index of its folder.
func ReadmePermalink(file string) string {
	if dir := path.Dir("/" + strings.TrimPrefix(file, "/")); dir != "/" {
		return dir + "/"
	}
	return "/"
}

// IsIndex says whether the page or file at an address is the index of a
// folder, whose address ends with a slash.
func IsIndex(url, folder string) bool {
	if len(url) < len(folder) || !strings.EqualFold(url[:len(folder)], folder) {
		return false
	}
	switch strings.ToLower(url[len(folder):]) {
	case "", "index.htm", "index.html", "index.xhtml", "index.xml":
		return true
	}
	return false
}

// DefaultLayout names the layout of a Markdown page or post that names none
// itself, or is "". Has says whether the site has a layout.
func DefaultLayout(url string, post bool, has func(layout string) bool) string {
	kind := "page"
	if post {
		kind = "post"
	}
	switch {
	case url == "/" && has("home"):
		return "home"
	case has(kind):
		return kind
	case has("default"):
		return "default"
	}
	return ""
}
