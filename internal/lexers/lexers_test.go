package lexers

import (
	"bytes"
	"errors"
	"testing"
)

func TestSource(t *testing.T) {
	find := Source()
	for _, name := range []string{"yaml", "yml", "bash", "sh", "shell", "console", "go", "golang", "json", "diff", "docker",
		"dockerfile", "Dockerfile", "python", "py", "javascript", "js", "ruby", "html", "c", "c++", "rust"} {
		if find(name) == nil {
			t.Errorf("there is no lexer for %q", name)
		}
	}
	// Names of files are not names of languages.
	for _, name := range []string{"", "main.go", "Makefile.am", "no such language", "../yaml"} {
		if l := find(name); l != nil {
			t.Errorf("%q found the lexer %s", name, l.Config().Name)
		}
	}
}

// A definition is the same each time, so that browsers can keep it.
func TestDefinition(t *testing.T) {
	for _, name := range []string{"yaml", "bash", "javascript", "ruby"} {
		first, err := Definition(name)
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			if again, err := Definition(name); err != nil || !bytes.Equal(first, again) {
				t.Errorf("the definition of %s changes (%v)", name, err)
				break
			}
		}
	}
	if _, err := Definition("no such language"); !errors.Is(err, ErrUnknown) {
		t.Errorf("an unknown language gives %v", err)
	}
}
