package tags

import (
	"crypto/md5" //nolint:gosec // an address of a picture, no secret
	"encoding/hex"
	"strings"

	"galley/internal/liquid"
)

// A filter md5 is the plugin that many sites write for themselves, since
// Gravatar's addresses are made with it. Where a site has one in its _plugins,
// Galley's own takes its place.

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
