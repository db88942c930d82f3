package tags

import (
	"strings"

	"galley/internal/liquid"
	"galley/internal/site/drop"
)

// editLinkTag is where GitHub lets one edit the page, or a link to there.
func editLinkTag(_ *liquid.Context, v *drop.View, markup string) (string, error) {
	m, ok := v.Reader.Config.Metadata(v.Reader.Files)
	if !ok || v.Self == nil {
		return "", nil
	}
	address := m.EditURL(v.Self.Path)
	for _, quote := range []string{`"`, "'"} {
		if _, rest, ok := strings.Cut(markup, quote); ok && strings.Contains(rest, quote) {
			return `<a href="` + address + `">` + rest[:strings.LastIndex(rest, quote)] + `</a>`, nil
		}
	}
	return address, nil
}
