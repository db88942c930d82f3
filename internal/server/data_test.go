package server_test

import (
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"galley/internal/forge/local"
)

// Data files are listed, read and written where the settings of the branch have their
// folder, byte for byte, and no other file is by that.
func TestDataFiles(t *testing.T) {
	b := newBench(t)
	b.forge.branches["data"] = map[string][]byte{
		"_config.yml":            []byte("title: T\ndata_dir: site/facts\n"),
		"_posts/2026-01-01-a.md": []byte("---\ntitle: Post\n---\n"),
		"site/facts/team.yml":    []byte("- name: A\r\n"),
		"site/facts/a/list.csv":  []byte("name,n\nA,1\n"),
		"site/facts/.x.yml":      []byte("a: 1\n"),
		"site/facts/x.md":        []byte("---\n---\nA page."),
		"site/facts/run.rb":      []byte("exit"),
		"_data/old.yml":          []byte("a: 1\n"),
	}
	b.forge.branches["all"] = map[string][]byte{"_config.yml": []byte("data_dir: .\n"), "x.yml": []byte("a: 1\n")}
	b.forge.branches["github"] = map[string][]byte{"_config.yml": []byte("data_dir: .github/workflows\n"), ".github/workflows/x.yml": []byte("on: push\n")}
	var list struct {
		Texts []struct{ Path, Group string }
	}
	b.get("/api/posts?branch=data", &list)
	var got []string
	for _, e := range list.Texts {
		got = append(got, e.Group+" "+e.Path)
	}
	if s, want := strings.Join(got, ", "), "pages site/facts/x.md, data site/facts/a/list.csv, data site/facts/team.yml"; s != want {
		t.Errorf("listed are\n%s, not\n%s", s, want)
	}
	for _, c := range []struct {
		branch, path string
		status       int
	}{
		{"data", "site/facts/team.yml", 200}, {"data", "site/facts/a/list.csv", 200},
		{"data", "site/facts/.x.yml", 404}, {"data", "site/facts/run.rb", 404}, {"data", "_data/old.yml", 404}, {"data", "_config.yml", 404},
		{"data", "site/facts/../../_config.yml", 404}, {"data", "site/facts/none.yml", 404},
		{"all", "_config.yml", 404}, {"all", "x.yml", 404}, {"all", "./_config.yml", 404},
		{"github", ".github/workflows/x.yml", 404}, {"main", "site/facts/team.yml", 404},
	} {
		query := "branch=" + c.branch + "&path=" + url.QueryEscape(c.path)
		res := b.do("GET", "/api/post?"+query, "")
		if body := text(t, res); res.StatusCode != c.status {
			t.Errorf("%s on %s is answered with %d %s", c.path, c.branch, res.StatusCode, body)
		}
		for _, address := range []string{"/frame?", "/api/ready?", "/api/move?"} {
			// There is no page of it.
			if res := b.do("GET", address+query, ""); res.StatusCode != 404 && res.StatusCode != 422 {
				t.Errorf("%s%s is answered with %d", address, query, res.StatusCode)
			}
		}
		if c.status == 404 && c.path != "site/facts/none.yml" {
			body := map[string]any{"base": c.branch, "path": c.path, "blob": "", "text": "a: 1\n"}
			if res := b.post("/api/submit", submission(body)); res.StatusCode != 400 {
				t.Errorf("%s on %s is written: %d", c.path, c.branch, res.StatusCode)
			}
			if old, is := b.forge.branches[c.branch][c.path]; is {
				body["blob"] = id("blob", old)
				if res := b.post("/api/submit", submission(body)); res.StatusCode != 400 {
					t.Errorf("%s on %s is written over: %d", c.path, c.branch, res.StatusCode)
				}
				body["gone"], body["text"] = true, ""
				if res := b.post("/api/submit", submission(body)); res.StatusCode != 400 {
					t.Errorf("%s on %s is deleted: %d", c.path, c.branch, res.StatusCode)
				}
			}
		}
	}
	var file struct{ Text, Blob, URL string }
	b.get("/api/post?branch=data&path=site/facts/team.yml", &file)
	if file.Text != "- name: A\r\n" || file.URL != "" {
		t.Errorf("%+v", file)
	}
	submitted(t, b, submission(map[string]any{"base": "data", "path": "site/facts/team.yml", "blob": file.Blob, "text": "- name: B\r\n"}))
	if c := b.forge.last.Changes[0]; c.Path != "site/facts/team.yml" || string(c.Data) != "- name: B\r\n" || c.Blob != file.Blob {
		t.Errorf("%+v", c)
	}
	// What is moved there or from there is no data file.
	for _, path := range [][2]string{{"site/facts/team.yml", "site/facts/run.rb"}, {"site/facts/new.rb", "site/facts/team.yml"}} {
		if res := b.post("/api/submit", submission(map[string]any{"base": "data", "path": path[0], "from": path[1], "fromBlob": file.Blob, "text": "a: 1\n"})); res.StatusCode != 400 {
			t.Errorf("%s becomes %s: %d", path[1], path[0], res.StatusCode)
		}
	}
}

// A link is neither listed nor read nor written, wherever it leads.
func TestDataLinks(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git here")
	}
	dir := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=A", "-c", "user.email=a@example.org"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, "_data"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"_config.yml": "title: T\n", "_data/own.yml": "a: 1\n", "secret.json": "{}"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, to := range map[string]string{"_data/config.yml": "../_config.yml", "_data/away.yml": "/etc/passwd", "_data/folder": "..", "_data/secret.json": "../secret.json"} {
		if err := os.Symlink(to, filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	git("init", "-q", "-b", "main")
	git("add", ".")
	git("commit", "-q", "-m", "Begin")
	f, err := local.Open(dir, newFake(nil).info.Person, nil)
	if err != nil {
		t.Fatal(err)
	}
	b := newBenchOver(t, f)
	var list struct{ Texts []struct{ Path string } }
	if b.get("/api/posts?branch=main", &list); len(list.Texts) != 1 || list.Texts[0].Path != "_data/own.yml" {
		t.Errorf("%+v", list)
	}
	for _, path := range []string{"_data/config.yml", "_data/away.yml", "_data/folder/secret.json", "_data/secret.json"} {
		if res := b.do("GET", "/api/post?branch=main&path="+path, ""); res.StatusCode != 404 {
			t.Errorf("%s is read: %d", path, res.StatusCode)
		}
		if answer := text(t, b.post("/api/submit", submission(map[string]any{"path": path, "text": "a: 2\n"}))); strings.Contains(answer, `"number"`) {
			t.Errorf("%s is written: %s", path, answer)
		}
	}
}

// What a data file says is told as templates get it, in the units of the browser.
func TestReadData(t *testing.T) {
	b := newBench(t)
	type item struct {
		Key, Kind, Text string
		Line            int
		Items           []item
	}
	var answer struct {
		Name        string
		Value       *item
		Diagnostics []struct {
			From, To                int
			Severity, Code, Message string
		}
	}
	b.forge.branches["main"]["_config.yml"] = []byte("csv_reader: {csv_converters: [numeric]}\n")
	read := func(path, src string) {
		t.Helper()
		answer.Value = nil
		decode(t, text(t, b.post("/api/data", map[string]string{"branch": "main", "path": path, "text": src})), &answer)
	}
	read("_data/people/team.yml", "- name: 𝄞 A\n  away: no\n")
	if v := answer.Value; answer.Name != "site.data.people.team" || v == nil || v.Kind != "list" || len(v.Items) != 1 || len(v.Items[0].Items) != 2 || v.Items[0].Items[1].Text != "false" || v.Items[0].Items[1].Line != 2 {
		t.Errorf("%+v", answer)
	}
	if d := answer.Diagnostics; len(d) != 1 || d[0].From != 21 || d[0].To != 23 || d[0].Code != "data-word" {
		t.Errorf("%+v", d)
	}
	read("_data/list.csv", "a,b\n1,x\n")
	if v := answer.Value; v == nil || len(v.Items) != 1 || v.Items[0].Items[0].Kind != "number" {
		t.Errorf("the settings' converters are not heeded: %+v", v)
	}
	read("_data/size.json", "{\"a\": [")
	if d := answer.Diagnostics; answer.Value != nil || len(d) != 1 || d[0].Severity != "error" || d[0].From != 6 {
		t.Errorf("%+v", answer)
	}
	for _, path := range []string{"_config.yml", "_data/x.rb", "_data/../x.yml", "_data/.x.yml", "_posts/2026-08-16-x.md"} {
		if res := b.post("/api/data", map[string]string{"branch": "main", "path": path, "text": ""}); res.StatusCode == 200 {
			t.Errorf("%s is answered", path)
		}
	}
}

// Data files are merged by their lines: a comment is no heading.
func TestMergeData(t *testing.T) {
	b := newBench(t)
	var answer struct {
		Text   string
		Pieces []struct {
			Kind  string
			Where []string
		}
	}
	decode(t, text(t, b.post("/api/merge", map[string]string{
		"path": "_data/team.yml", "base": "# A\na: 1\n\n# B\nb: 1\nc: 1\n", "mine": "# A\na: 2\n\n# B\nb: 1\nc: 1\n", "theirs": "# A\na: 1\n\n# B\nb: 1\nc: 2\n",
	})), &answer)
	if answer.Text != "# A\na: 2\n\n# B\nb: 1\nc: 2\n" || len(answer.Pieces) != 2 || len(answer.Pieces[1].Where) != 0 {
		t.Errorf("%+v", answer)
	}
}

// A table whose rows lack most of its cells is refused at its line, before it takes memory,
// when it is typed and when it is among the site's.
func TestSparseData(t *testing.T) {
	b := newBench(t)
	table := strings.Repeat("a,", 20_000) + "b\n" + strings.Repeat("1\n", 20_000)
	var answer struct {
		Diagnostics []struct{ Severity, Message string }
		Value       any
	}
	decode(t, text(t, b.post("/api/data", map[string]string{"branch": "main", "path": "_data/x.csv", "text": table})), &answer)
	if d := answer.Diagnostics; len(d) != 1 || d[0].Severity != "error" || !strings.Contains(d[0].Message, "too few cells") || answer.Value != nil {
		t.Errorf("%+v", answer)
	}
	b.forge.branches["data"] = map[string][]byte{
		"_config.yml": []byte("title: T\n"), "_data/x.csv": []byte(table),
		"_posts/2026-01-01-a.md": []byte("---\ntitle: Post\n---\n{{ site.data.x | size }} rows\n"),
	}
	if res := b.do("GET", "/frame?branch=data&path=_posts/2026-01-01-a.md", ""); res.StatusCode != 200 {
		t.Errorf("the page: %d", res.StatusCode)
	} else if page := text(t, res); !strings.Contains(page, "0 rows") {
		t.Errorf("the page is %s", page)
	}
}
