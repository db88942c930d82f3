package names

import (
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/yuin/goldmark-emoji/definition"
)

var update = flag.Bool("update", false, "rewrite names.txt")

// TestList: the list has all names that pictures are known of, and their characters.
func TestList(t *testing.T) {
	want := moduleList(t)
	if *update {
		if err := os.WriteFile("names.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		list = want
	}
	if List() != want {
		t.Error("names.txt is not the module's list; run the test with -update")
	}
	lines := strings.Split(strings.TrimSpace(List()), "\n")
	for _, line := range lines {
		name, chars, _ := strings.Cut(line, " ")
		e, ok := definition.Github().Get(name)
		if !ok || string(e.Unicode) != chars {
			t.Errorf("%q is not what the module has", line)
		}
		if _, ok := File(name); !ok {
			t.Errorf("%s has no picture", name)
		}
	}
	if len(lines) < 1800 {
		t.Errorf("%d names", len(lines))
	}
}

// moduleList is the list that the module's own tables are made from.
func moduleList(t *testing.T) string {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark-emoji").Output()
	if err != nil {
		t.Skipf("the go command does not say where the module is: %v", err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "_tools", "github.json"))
	if err != nil {
		t.Skipf("the module is here without its list: %v", err)
	}
	var known struct {
		Data []struct{ ShortNames, Unicode []string }
	}
	if err := json.Unmarshal(data, &known); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, e := range known.Data {
		var chars strings.Builder
		for _, code := range e.Unicode {
			n, err := strconv.Atoi(code)
			if err != nil {
				t.Fatal(err)
			}
			chars.WriteRune(rune(n))
		}
		for _, name := range e.ShortNames {
			if chars.String() != "\ufffd" {
				out.WriteString(name + " " + chars.String() + "\n")
			}
		}
	}
	return out.String()
}
