package bundle

import (
	"regexp"
	"slices"
	"strings"

	"galley/internal/site/layout"
)

// How templates name a page's text, and names.
var (
	dotContent    = regexp.MustCompile(`(\w+|\])\.(?:content|output)\b`)
	quotedContent = regexp.MustCompile(`(?:[:,\[]|\bassign\s+[\w-]+\s*=)\s*["'](?:content|output)["']`)
	bindsPage     = regexp.MustCompile(`\b(?:for|assign)\s+page\b`)
	tagBegins     = regexp.MustCompile(`^\{[{%]-?\s*`)
	loop          = regexp.MustCompile(`^(?:for|tablerow)\s+([\w-]+)\s+in\s+([^\s%]+)`)
	assignment    = regexp.MustCompile(`^(?:assign|capture)\s+([\w-]+)\s*=?`)
)

// How they look at a page as a whole, which has its text in it.
var (
	bare     = regexp.MustCompile(`^[\w-]+$`)
	pageList = regexp.MustCompile(`(?:^|\.)(?:(?:related_)?posts|docs|documents|(?:html_)?pages|items|previous|next)(?:\[[^\]]*\]|\.first|\.last)?$|^site\.(?:tags|categories)[.\[]`)
	// ofList are filters whose result are pages if they are given some.
	ofList = regexp.MustCompile(`^(?:where|where_exp|find|find_exp|group_by|group_by_exp|sort|sort_natural|reverse|slice|concat|uniq|compact|push|pop|shift|unshift|sample|first|last|default)\b`)
	// ofOne are filters whose result has nothing of pages but what they name.
	ofOne = regexp.MustCompile(`^(?:map|size|sum)\b`)
	asAll = regexp.MustCompile(`^(?:jsonify|inspect)\b`)
)

// namesOthersContent says whether a template may look at the content of other
// pages than its own: by its name, or by writing all that they have. Labels are
// of the site's collections.
func namesOthersContent(text string, labels []string) bool {
	n := names{labels: labels, own: !bindsPage.MatchString(text), bound: map[string]kind{}}
	for _, tag := range layout.OutputTag.FindAllString(text, -1) {
		if quotedContent.MatchString(tag) || n.writes(tag) {
			return true
		}
		for _, m := range dotContent.FindAllStringSubmatch(tag, -1) {
			if m[1] != "include" && !(n.own && m[1] == "page") {
				return true
			}
		}
	}
	return false
}

// kind is whether a value is of pages.
type kind int

const (
	others kind = iota
	unknown
	pages
)

// names are what a template calls its values.
type names struct {
	labels []string
	own    bool // page is the template's own
	bound  map[string]kind
}

// writes says whether a tag may write pages as a whole, and notes the names that
// it gives.
func (n *names) writes(tag string) bool {
	begin := tagBegins.FindString(tag)
	inner := strings.TrimRight(tag[len(begin):], "-%} \t\r\n")
	name := ""
	if m := loop.FindStringSubmatch(inner); m != nil {
		n.bound[m[1]] = max(n.bound[m[1]], n.of(m[2]))
		return false
	} else if m := assignment.FindStringSubmatch(inner); m != nil {
		name, inner = m[1], inner[len(m[0]):]
	} else if rest, echo := strings.CutPrefix(inner, "echo "); echo {
		inner, begin = rest, "{{"
	}
	result, written := n.result(inner)
	if name != "" {
		n.bound[name] = max(n.bound[name], result)
		return written
	}
	return strings.HasPrefix(begin, "{{") && (written || result == pages)
}

// result is what an expression with filters is, and whether one of these writes
// pages.
func (n *names) result(expression string) (is kind, written bool) {
	parts := strings.Split(expression, "|")
	is = n.of(strings.TrimSpace(parts[0]))
	for _, filter := range parts[1:] {
		switch filter = strings.TrimSpace(filter); {
		case ofList.MatchString(filter):
		case asAll.MatchString(filter):
			return others, is != others
		case ofOne.MatchString(filter):
			return others, false
		default:
			return others, is == pages
		}
	}
	return is, false
}

// of is what a value without filters is.
func (n *names) of(value string) kind {
	label, ofSite := strings.CutPrefix(value, "site.")
	root, index, _ := strings.Cut(value, "[")
	switch {
	case value == "" || value == "content" || value == "layout" || value == "page" && n.own:
		return others
	case pageList.MatchString(value) || ofSite && slices.Contains(n.labels, label):
		return pages
	case strings.HasPrefix(value, "include.") || label == "tags" || label == "categories":
		return unknown
	case !bare.MatchString(root) || strings.ContainsAny(index, `"'.`):
		return others // a property, which is looked for by its name
	}
	if is, known := n.bound[root]; known {
		return is
	}
	return unknown
}
