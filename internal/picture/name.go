package picture

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// maxName is the longest part of a name that comes from a file's name, in
// bytes.
const maxName = 40

var (
	notPlain = regexp.MustCompile(`[^a-z0-9]+`)
	// nameless matches the names that browsers and systems give to what has
	// none.
	nameless = regexp.MustCompile(`^(?:image|picture|unnamed|untitled|clipboard)?(?:-?[0-9]{1,2})?$`)
)

// Name gives the name under which a picture is kept: the post's, what is left
// of the file's, and a few digits that name the content, so that two pictures
// never share one. All of it is small letters, digits and hyphens of ASCII.
//
//	Name("_posts/2026-08-16-update.md", "Café (1).PNG", p) is "2026-08-16-update-cafe-1-0f3a9c21.png"
func Name(post, file string, p Picture) string {
	parts := []string{plain(strings.TrimSuffix(path.Base(post), path.Ext(post)), 80)}
	file = path.Base(strings.ReplaceAll(file, `\`, "/"))
	if own := plain(strings.TrimSuffix(file, path.Ext(file)), maxName); !nameless.MatchString(own) {
		parts = append(parts, own)
	}
	sum := sha256.Sum256(p.Data)
	return strings.Join(append(parts, hex.EncodeToString(sum[:4])), "-") + p.Extension
}

// plain keeps of a text what a name may hold: letters lose their accents, and
// everything else becomes a hyphen.
func plain(text string, limit int) string {
	if len(text) > 1024 {
		text = text[:1024]
	}
	ascii := strings.Map(func(r rune) rune {
		if r >= 0x300 && r < 0x370 { // accents, set apart by NFKD
			return -1
		}
		return r
	}, norm.NFKD.String(strings.ToLower(text)))
	ascii = strings.Trim(notPlain.ReplaceAllString(strings.ToLower(ascii), "-"), "-")
	if len(ascii) > limit {
		ascii = strings.TrimRight(ascii[:limit], "-")
	}
	return ascii
}
