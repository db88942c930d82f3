package importtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// ownPath is a path of this repository between backquotes.
var ownPath = regexp.MustCompile("`((?:internal|cmd|web|docs|templates|wasm)/[^`\\s]*)`")

// Every path that the documents name is there.
func TestDocumentsNameFiles(t *testing.T) {
	const root = "../.."
	files, err := filepath.Glob(root + "/docs/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	checked := 0
	for _, file := range append(files, root+"/README.md", root+"/CONTRIBUTING.md") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range ownPath.FindAllStringSubmatch(string(text), -1) {
			if goTest.MatchString(m[0]) { // TestSecurityNamesTests looks for those
				continue
			}
			name := m[1]
			// There it is the folder of that name in a site.
			if strings.HasPrefix(name, "templates/") && filepath.Base(file) == "templates.md" {
				continue
			}
			checked++
			if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(name))); err != nil {
				t.Errorf("%s names %s, which does not exist", filepath.Base(file), name)
			}
		}
	}
	if checked < 10 {
		t.Errorf("only %d paths were found", checked)
	}
}
