// Package names has GitHub's names of emoji, for native programs. They are
// those of the gem gemoji 4.1.
package names

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark-emoji/definition"
)

// File is an emoji's picture at GitHub, named after its characters without
// joiners and variation selectors: "unicode/1f389.png" for "tada".
func File(name string) (string, bool) {
	e, ok := definition.Github().Get(name)
	if !ok {
		return "", false
	}
	var codes []string
	for _, r := range e.Unicode {
		if r != 0xfe0f && r != 0x200d {
			codes = append(codes, fmt.Sprintf("%04x", r))
		}
	}
	return "unicode/" + strings.Join(codes, "-") + ".png", true
}
