package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// Links to others are asked once, what they answered is kept, and none is asked
// that is not public unless its network is allowed.
func TestCheckOutside(t *testing.T) {
	var asked atomic.Int32
	others := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		switch r.URL.Path {
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/old":
			http.Redirect(w, r, "/new", http.StatusMovedPermanently)
		}
	}))
	defer others.Close()
	dir := t.TempDir()
	file := filepath.Join(dir, "_posts", "2026-03-01-x.md")
	for name, text := range map[string]string{
		filepath.Join(dir, "_config.yml"): "title: x\n",
		file:                              "---\ntitle: x\n---\n\n[fine](" + others.URL + "/fine), [gone](" + others.URL + "/gone), [old](" + others.URL + "/old)\n",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run := func(args ...string) (string, error) {
		var out bytes.Buffer
		cmd := newCheckCommand()
		cmd.SetOut(&out)
		cmd.SetErr(&out)
		cmd.SilenceUsage, cmd.SilenceErrors = true, true
		cmd.SetArgs(append([]string{"--site", dir, "--outside", file}, args...))
		err := cmd.Execute()
		return out.String(), err
	}
	cache := filepath.Join(dir, "cache", "links.json")
	out, err := run("--outside-cache", filepath.Join(dir, "none.json"))
	if asked.Load() != 0 || strings.Count(out, "not public") != 3 {
		t.Errorf("%d asked, %v: %s", asked.Load(), err, out)
	}
	for range 2 {
		out, err = run("--outside-cache", cache, "--fetch-network", "127.0.0.1")
		if err != errFound || strings.Count(out, "link-dead") != 1 || strings.Count(out, "link-moved") != 1 || !strings.Contains(out, "/new") {
			t.Errorf("%v: %s", err, out)
		}
	}
	if asked.Load() > 6 {
		t.Errorf("%d were asked", asked.Load())
	}
	if _, err := run("--fetch-network", "x"); err == nil {
		t.Error("no fault")
	}
	if out, _ := run("--outside-cache", cache, "--fix"); out != "" && strings.Contains(out, "link-moved") {
		t.Error(out)
	}
	if text, err := os.ReadFile(file); err != nil || !strings.Contains(string(text), "/new)") {
		t.Errorf("%s, %v", text, err)
	}
}

// What somebody saves while links are asked is not overwritten: the text that is there
// then is mended, and one that is saved each time is left as it was saved.
func TestCheckFixSavedMeanwhile(t *testing.T) {
	for _, c := range []struct {
		name   string
		saves  int32 // how many of the links' answers find a writer saving
		kept   int   // how many times one saved
		mended bool
	}{
		{"once", 1, 1, true},
		{"always", 100, mendTries, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, "_posts", "2026-03-01-x.md")
			var asked atomic.Int32
			others := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				n := asked.Add(1)
				if n > c.saves {
					return
				}
				saved, err := os.ReadFile(file)
				if err != nil {
					t.Error(err)
				}
				// With a link that is new each time, so that it is asked.
				next := fmt.Sprintf("%sSaved. <http://%s/%d>\n", saved, r.Host, n)
				if err := os.WriteFile(file, []byte(next), 0o644); err != nil {
					t.Error(err)
				}
			}))
			defer others.Close()
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			text := "---\ntitle: x\ndate: 2026-03-01\n---\n\n##Heading\n\n<" + others.URL + "/0>\n"
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			cmd := newCheckCommand()
			cmd.SetOut(&out)
			cmd.SetErr(&out)
			cmd.SilenceUsage, cmd.SilenceErrors = true, true
			cmd.SetArgs([]string{"--site", dir, "--outside", "--fix", "--outside-cache", filepath.Join(t.TempDir(), "links.json"), "--fetch-network", "127.0.0.1", file})
			_ = cmd.Execute() // what is found makes it an error
			got, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			mended := strings.Contains(string(got), "## Heading")
			if n := strings.Count(string(got), "Saved."); n != c.kept || mended != c.mended || mended == strings.Contains(out.String(), "is not mended") {
				t.Errorf("%d of %d texts that were saved are there, and the heading is mended: %v, not %v\n%s\n%s", n, c.kept, mended, c.mended, got, out.String())
			}
		})
	}
}
