// Package names has GitHub's names of emoji, for native programs. They are
// those of the gem gemoji 4.1.
package names

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/yuin/goldmark-emoji/definition"
)

// list is names.txt, which a test makes of the module's own list: the module itself
// only looks names up.
//
//go:embed names.txt
var list string

// List is all names with their characters, one a line: "tada 🎉". Kindred ones stand
// together, faces first.
func List() string { return list }

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
