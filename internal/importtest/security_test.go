package importtest

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	goTest      = regexp.MustCompile("`((?:internal|cmd)/[a-z0-9/]+)\\.((?:Test|Fuzz)\\w+)`")
	browserTest = regexp.MustCompile("`([a-z-]+\\.spec\\.ts): ([^`]+)`")
	attackClass = regexp.MustCompile(`(?m)^(\d+)\. \*\*`)
)

// Every test that docs/security.md names is there, and each of its thirty
// classes names one.
func TestSecurityNamesTests(t *testing.T) {
	const root = "../.."
	page, err := os.ReadFile(root + "/docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	classes := attackClass.FindAllSubmatchIndex(page, -1)
	if len(classes) != 30 {
		t.Fatalf("%d classes, want 30", len(classes))
	}
	for i, at := range classes {
		end := len(page)
		if i+1 < len(classes) {
			end = classes[i+1][0]
		}
		text := string(page[at[0]:end])
		if number, _ := strconv.Atoi(string(page[at[2]:at[3]])); number != i+1 {
			t.Errorf("class %d stands where %d is to", number, i+1)
		}
		inGo, inBrowser := goTest.FindAllStringSubmatch(text, -1), browserTest.FindAllStringSubmatch(text, -1)
		if len(inGo)+len(inBrowser) == 0 {
			t.Errorf("class %d names no test", i+1)
		}
		for _, m := range inGo {
			if !hasGoTest(t, filepath.Join(root, filepath.FromSlash(m[1])), m[2]) {
				t.Errorf("class %d names %s.%s, which is gone", i+1, m[1], m[2])
			}
		}
		for _, m := range inBrowser {
			if !hasBrowserTest(root, m[1], m[2]) {
				t.Errorf("class %d names %s: %s, which is gone", i+1, m[1], m[2])
			}
		}
	}
}

// hasGoTest tells whether a package has a test function.
func hasGoTest(t *testing.T, dir, name string) bool {
	files, err := filepath.Glob(dir + "/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "\nfunc "+name+"(") {
			return true
		}
	}
	return false
}

// hasBrowserTest tells whether a file has a test of a title, which may be made
// for each of several things and is named as it is written.
func hasBrowserTest(root, file, title string) bool {
	for _, dir := range []string{"web/e2e", "web/test"} {
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(dir), file))
		if err != nil {
			continue
		}
		for _, quote := range []string{`"`, "`"} {
			if strings.Contains(string(text), "test("+quote+title+quote+",") {
				return true
			}
		}
	}
	return false
}

// htmlMaker makes nodes of text.
var htmlMaker = regexp.MustCompile(`\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|DOMParser|srcdoc|createContextualFragment|setHTMLUnsafe)\b|document\.write`)

// Nothing of a post is parsed into the app's document: what makes HTML of text
// stands in the folders of the preview's frame and of the check's. What is pasted is read alone: in a
// document without a window, of which the app's gets a text.
func TestAppParsesNoHTML(t *testing.T) {
	const src, pasted = "../../web/src", "../../web/src/editor/paste/clean.ts"
	inFrame := 0
	err := filepath.WalkDir(src, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".ts") && !strings.HasSuffix(name, ".tsx") {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for n, line := range strings.Split(string(text), "\n") {
			found := htmlMaker.FindString(line)
			if found == "" || strings.HasPrefix(strings.TrimSpace(line), "//") {
				continue
			}
			if file := filepath.ToSlash(name); strings.HasPrefix(file, src+"/frame/") || strings.HasPrefix(file, src+"/audit/") {
				inFrame++
			} else if filepath.ToSlash(name) != pasted || found != "DOMParser" {
				t.Errorf("%s:%d: %s", name, n+1, found)
			}
		}
		return nil
	})
	if err != nil || inFrame == 0 {
		t.Fatal(inFrame, err)
	}
}
