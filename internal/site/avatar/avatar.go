// Package avatar is the tag {% avatar USER %} of jekyll-avatar 0.8: the picture
// of a user of GitHub.
package avatar

import (
	"fmt"
	"hash/crc32"
	"regexp"
	"strconv"
	"strings"
)

var (
	sizeOption = regexp.MustCompile(`(?i)\bsize=(\d+)\b`)
	userOption = regexp.MustCompile(`\buser=([\w.]+)\b`)
)

// Avatar is what stands in a tag.
type Avatar struct {
	// User is the name of the user, where no variable names them.
	User string
	// Variable is the variable that names the user, or empty.
	Variable string
	// Size is the width and height in pixels as written; "40" by default.
	Size string
	// Lazy leaves it to a script of the page to load the picture.
	Lazy bool
}

// Parse reads a tag. Markup is what stands in it as it was written, text the
// same with its outputs rendered; size and variable count as written.
func Parse(markup, text string) Avatar {
	a := Avatar{Size: "40"}
	if m := sizeOption.FindStringSubmatch(markup); m != nil {
		a.Size = m[1]
	}
	if m := userOption.FindStringSubmatch(markup); m != nil {
		a.Variable = m[1]
	}
	a.Lazy = strings.Contains(text, "lazy=true")
	a.User = text
	if strings.Contains(text, " ") {
		a.User = ""
		if words := strings.Fields(text); len(words) > 0 {
			a.User = words[0]
		}
	}
	a.User = strings.TrimPrefix(a.User, "@")
	return a
}

// HTML is the picture of a user.
func (a Avatar) HTML(user string) string {
	size, err := strconv.Atoi(a.Size)
	if err != nil {
		size = 1 << 30 // no screen has that many; what is written stays
	}
	class := "avatar"
	if size < 48 {
		class = "avatar avatar-small"
	}
	path := func(scale int) string {
		if scale == 1 {
			return user + "?v=3&s=" + a.Size
		}
		return user + "?v=3&s=" + strconv.Itoa(size*scale)
	}
	server := "https://avatars" + strconv.Itoa(int(crc32.ChecksumIEEE([]byte(path(1)))%4)) + ".githubusercontent.com/"
	url := server + path(1)
	var set []string
	for scale := 1; scale <= 4; scale++ {
		set = append(set, fmt.Sprintf("%s%s %dx", server, path(scale), scale))
	}
	sources := fmt.Sprintf(`src="%s" srcset="%s"`, url, strings.Join(set, ", "))
	if a.Lazy {
		sources = fmt.Sprintf(`src="" data-src="%s" data-srcset="%s"`, url, strings.Join(set, ", "))
	}
	return fmt.Sprintf(`<img class="%s" alt="%s" width="%s" height="%s" data-proofer-ignore="true" %s />`,
		class, user, a.Size, a.Size, sources)
}
