package site

import (
	"net/url"
	"regexp"
	"strings"
)

// linkAttribute finds addresses in HTML that a renderer made.
var linkAttribute = regexp.MustCompile(`(<[a-zA-Z][^<>]*?\s(?:href|src|poster)=")([^"]*)(")`)

// absoluteLinks makes the addresses in content absolute, for readers that see
// it elsewhere.
func (s *Site) absoluteLinks(content, pageURL string) string {
	base, err := url.Parse(s.config.absolute(pageURL))
	if err != nil {
		return content
	}
	return linkAttribute.ReplaceAllStringFunc(content, func(match string) string {
		m := linkAttribute.FindStringSubmatch(match)
		if m[2] == "" || hasScheme(m[2]) || strings.HasPrefix(m[2], "//") {
			return match
		}
		u, err := base.Parse(strings.ReplaceAll(m[2], "&amp;", "&"))
		if err != nil {
			return match
		}
		return m[1] + strings.ReplaceAll(u.String(), "&", "&amp;") + m[3]
	})
}
