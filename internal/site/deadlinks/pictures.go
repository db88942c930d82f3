package deadlinks

import "galley/internal/diag"

// CheckPictures gives the pictures in a page that are missing or are pointers of
// Git LFS, each where it stands in src, the source that the page was made of.
// Those of its templates are left to a build.
func (c *Checker) CheckPictures(src []byte, address string, page []byte) []diag.Diagnostic {
	var found []diag.Diagnostic
	seen := map[string]bool{}
	for _, l := range Scan(page, c.config.URL).links {
		if !l.picture || seen[l.address] {
			continue
		}
		seen[l.address] = true
		output, _, ok := c.target(address, l.address)
		told := c.notThere(l, output, ok)
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
