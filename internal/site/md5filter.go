package site

import (
	"crypto/md5" //nolint:gosec // an address of a picture, no secret
	"encoding/hex"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"galley/internal/liquid"
)

// A filter md5 is the plugin that many sites write for themselves, since
// Gravatar's addresses are made with it. Where a site has one in its _plugins,
// Galley's own takes its place.

// Names under which it stands among a site's plugins: as it is, and with the
// text in small letters and without white space around it, as Gravatar wants it.
const (
	pluginMD5      = "filter-md5"
	pluginMD5Plain = "filter-md5-plain"
)

var definesMD5 = regexp.MustCompile(`(?m)^\s*def\s+md5\b`)

// filterPlugins looks for the filter among the plugins in Ruby.
func filterPlugins(files fs.FS, dir string) []string {
	list, _ := fs.Glob(files, path.Join(dir, "*.rb")) // a folder's name makes no bad pattern
	for _, name := range list {
		src, _ := fs.ReadFile(files, name)
		if definesMD5.Match(src) {
			if strings.Contains(string(src), "downcase") {
				return []string{pluginMD5Plain}
			}
			return []string{pluginMD5}
		}
	}
	return nil
}

// md5Filter makes the filter.
func md5Filter(plain bool) liquid.Filter {
	return liquid.Filter{Apply: func(_ *liquid.Context, input any, _ []any) (any, error) {
		text := liquid.Text(input)
		if plain {
			if text = strings.ToLower(strings.TrimSpace(text)); text == "" {
				return "", nil
			}
		}
		sum := md5.Sum([]byte(text)) //nolint:gosec // see above
		return hex.EncodeToString(sum[:]), nil
	}}
}
