package build

import (
	"net/url"
	"regexp"
	"strings"

	"galley/internal/site/config"
)

// linkAttribute finds addresses in HTML that a renderer made.
var linkAttribute = regexp.MustCompile(`<[a-zA-Z][^<>]*?\s(?:href|src|poster)="([^"]*)"`)

// absoluteLinks makes the addresses in content absolute, for readers that see
// it elsewhere.
func (s builder) absoluteLinks(content, pageURL string) string {
	base, err := url.Parse(s.Config.Absolute(pageURL))
	if err != nil {
		return content
	}
	var out strings.Builder
	done := 0
	for _, m := range linkAttribute.FindAllStringSubmatchIndex(content, -1) {
		link := content[m[2]:m[3]]
		if link == "" || config.HasScheme(link) || strings.HasPrefix(link, "//") {
			continue
		}
		u, err := base.Parse(strings.ReplaceAll(link, "&amp;", "&"))
		if err != nil {
			continue
		}
		out.WriteString(content[done:m[2]])
		out.WriteString(strings.ReplaceAll(u.String(), "&", "&amp;"))
		done = m[3]
	}
	out.WriteString(content[done:])
	return out.String()
}
