package datafile

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"galley/internal/ordered"
	"galley/internal/rubytest"
)

//go:embed testdata/csv.rb
var csv string

func spell(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case string:
		return fmt.Sprintf("%q", v)
	case float64:
		if math.IsInf(v, 0) {
			return strings.TrimPrefix(fmt.Sprint(v), "+")
		}
		return fmt.Sprintf("%.17g", v)
	}
	return fmt.Sprint(v)
}

func ours(how, src string) string {
	name := "a.csv"
	table := Table{NoHeaders: strings.Contains(how, "n"), Integers: strings.Contains(how, "i"), Floats: strings.Contains(how, "f")}
	if strings.Contains(how, "t") {
		name = "a.tsv"
	}
	v, err := Parse(name, []byte(src), Settings{CSV: table, TSV: table})
	if err != nil {
		return "error"
	}
	var rows []string
	for _, row := range v.([]any) {
		var cells []string
		switch row := row.(type) {
		case *ordered.Map:
			for k, v := range row.All() {
				cells = append(cells, spell(k)+"=>"+spell(v))
			}
		case []any:
			for _, v := range row {
				cells = append(cells, spell(v))
			}
		}
		rows = append(rows, strings.Join(cells, " "))
	}
	return strings.Join(rows, "\n")
}

// Tables made at random are read as Ruby reads them.
func TestCSV(t *testing.T) {
	ruby := rubytest.Start(t, csv)
	pieces := strings.Split("a|b|c|12|1.5|0x1f|0|017|p3|_0|1_000| 3 |1e5|.5|1.|-7||é|,|,|,|,|\n|\n|\n|\"|\"\"|\"a\"|\"a,b\"|\"a\nb\"|\"\"\"\"| |\t|\t|x y|;|'", "|")
	seed := rubytest.Seed(t)
	r := rand.New(rand.NewSource(seed))
	wrong := 0
	for range 20000 {
		var b strings.Builder
		for n := r.Intn(16); n > 0; n-- {
			b.WriteString(pieces[r.Intn(len(pieces))])
		}
		src := b.String()
		switch r.Intn(6) {
		case 0:
			src = strings.ReplaceAll(src, "\n", "\r\n")
		case 1:
			src = strings.ReplaceAll(src, "\n", "\r")
		case 2:
			src = strings.Replace(src, "\n", "\r\n", 1)
		}
		how := []string{"h", "n", "t", "hi", "hf", "nif"}[r.Intn(6)]
		want := ruby.Ask(t, how+"\x00\x00"+src)
		if got := ours(how, src); got != want {
			t.Errorf("%s %q is\n%s\nRuby reads\n%s", how, src, got, want)
			if wrong++; wrong > 10 {
				t.Fatalf("with seed %d", seed)
			}
		}
	}
}

func TestKey(t *testing.T) {
	ruby := rubytest.Start(t, csv)
	pieces := strings.Split("a|b|C|1|_|-|.| |  |\t|é|!|&|(|日", "|")
	r := rand.New(rand.NewSource(rubytest.Seed(t)))
	for range 3000 {
		var b strings.Builder
		for n := 1 + r.Intn(7); n > 0; n-- {
			b.WriteString(pieces[r.Intn(len(pieces))])
		}
		name := b.String()
		if got, want := Key(name), ruby.Ask(t, "name\x00"+name+"\x00"); got != want {
			t.Errorf("%q has the key %q, Jekyll %q", name, got, want)
		}
	}
}

func TestRead(t *testing.T) {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"_data/team.yml":          "- name: A\n- name: B\n",
		"_data/My Site.v2.yaml":   "b: 1\na: 2\n",
		"_data/size.json":         `{"width": 12, "on": [true, null, "\u00e9"]}`,
		"_data/list.csv":          "name,n\nA,1\nB,\n",
		"_data/list.tsv":          "name\tn\nC\t3\n",
		"_data/deep/er/x.yml":     "y\n",
		"_data/team/one.yml":      "1\n",
		"_data/.hidden.yml":       "1\n",
		"_data/upper.YML":         "1\n",
		"_data/notes.txt":         "1\n",
		"_data/broken.yml":        "a: b: c\n",
		"_data/bad.csv":           "a,b\n1,\"2\n",
		"_data/deep/broken2.json": "{",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	data, problems := Read(files, "_data", Settings{})
	var told []string
	for _, p := range problems {
		told = append(told, fmt.Sprintf("%s:%d", p.File, p.Line))
	}
	if got, want := strings.Join(told, " "), "_data/broken.yml:1 _data/bad.csv:2 _data/deep/broken2.json:1"; got != want {
		t.Errorf("problems in %s, want %s", got, want)
	}
	var keys []string
	for k := range data.All() {
		keys = append(keys, fmt.Sprint(k))
	}
	if got, want := strings.Join(keys, " "), "My_Sitev2 team size list deep"; got != want {
		t.Errorf("keys %s, want %s", got, want)
	}
	if team, ok := data.Value("team").(*ordered.Map); !ok || team.Value("one") != int64(1) {
		t.Errorf("team is %v; a folder counts more than a file", data.Value("team"))
	}
	if list, ok := data.Value("list").([]any); !ok || len(list) != 1 || list[0].(*ordered.Map).Value("name") != "C" {
		t.Errorf("list is %v; TSV counts more than CSV", data.Value("list"))
	}
	if none, problems := Read(files, "_none", Settings{}); none.Len() > 0 || problems != nil {
		t.Errorf("a folder that is not there holds %v, %v", none, problems)
	}
}

// sparse is a table with so many columns, and rows of one cell.
func sparse(columns, rows int) string {
	var b strings.Builder
	for i := range columns {
		fmt.Fprintf(&b, "a%d,", i)
	}
	return strings.TrimSuffix(b.String(), ",") + "\n" + strings.Repeat("1\n", rows)
}

// What tables take is bounded by their size, and by what all of them may lack.
func TestSparseTables(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, text := range []string{sparse(20_000, 20_000), strings.Repeat("a,", 20_000) + "\n" + strings.Repeat("1\n", 20_000)} {
		for _, name := range []string{"a.csv", "a.tsv"} {
			if name == "a.tsv" {
				text = strings.ReplaceAll(text, ",", "\t")
			}
			_, err := Parse(name, []byte(text), Settings{})
			var problem Problem
			if !errors.As(err, &problem) || problem.File != name || problem.Line < 2 || !strings.Contains(problem.Message, "too few cells") {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	files := fstest.MapFS{}
	for i := range 20 {
		files[fmt.Sprintf("_data/%02d.csv", i)] = &fstest.MapFile{Data: []byte(sparse(1000, 1000))}
	}
	data, problems := Read(files, "_data", Settings{})
	if data.Len() != 2 || len(problems) != 18 {
		t.Errorf("%d files are read, and %d are not", data.Len(), len(problems))
	}
	runtime.ReadMemStats(&after)
	if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 400 {
		t.Errorf("that took %d MB", took)
	}
	// A table whose cells are there is as large as it is.
	rows := 3000
	if testing.Short() { // WebAssembly takes ten seconds for so many
		rows = 300
	}
	if v, err := Parse("a.csv", []byte(strings.Repeat("a,", 1000)+"b\n"+strings.Repeat(strings.Repeat("1,", 1000)+"2\n", rows)), Settings{}); err != nil || len(v.([]any)) != rows {
		t.Errorf("a full table: %v", err)
	}
}

// Reading ends when it is told to.
func TestStop(t *testing.T) {
	asked := 0
	settings := Settings{Stop: func() error {
		if asked++; asked > 3 {
			return errors.New("over")
		}
		return nil
	}}
	if _, err := Parse("a.csv", []byte("a\n"+strings.Repeat("1\n", 100_000)), settings); err == nil || asked != 4 {
		t.Errorf("it was asked %d times: %v", asked, err)
	}
	asked = 0
	files := fstest.MapFS{}
	for i := range 10 {
		files[fmt.Sprintf("_data/%02d.yml", i)] = &fstest.MapFile{Data: []byte("a: 1")}
	}
	if data, problems := Read(files, "_data", settings); data.Len() != 2 || len(problems) != 8 {
		t.Errorf("%d files are read, and %d are not", data.Len(), len(problems))
	}
}

// linkedSite makes a site of files and links, by their paths. It skips the test where there
// are no links.
func linkedSite(t *testing.T, files, links map[string]string) fs.FS {
	t.Helper()
	if runtime.GOOS == "js" {
		t.Skip("the browser's files are in memory, where there are no links; the operating system's take minutes there")
	}
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, to := range links {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip("this system makes no symbolic links:", err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return root.FS()
}

// Links are followed, but not round and round.
func TestLinks(t *testing.T) {
	files := map[string]string{"_data/y.yml": "2", "_data/deep/z.yml": "3", "shared/one.yml": "1"}
	links := map[string]string{"_data/shared": "../shared", "_data/x.yml": "../shared/one.yml", "_data/deep/back": ".."}
	data, problems := Read(linkedSite(t, files, links), "_data", Settings{})
	if shared, _ := data.Value("shared").(*ordered.Map); shared == nil || shared.Value("one") != int64(1) || data.Value("x") != int64(1) {
		t.Errorf("shared is %v, x is %v", data.Value("shared"), data.Value("x"))
	}
	if len(problems) != 1 || problems[0].Message != "it is not read: it is a link behind 3 others. Let it lead there from the folder of data itself" {
		t.Errorf("%v", problems)
	}

	for _, name := range strings.Split("abcdefghij", "") {
		links["_data/"+name] = "."
	}
	asked := 0
	_, problems = Read(linkedSite(t, files, links), "_data", Settings{Stop: func() error {
		if asked++; asked > 2*maxLinked {
			return errors.New("over")
		}
		return nil
	}})
	if len(problems) != 2 || asked > 2*maxLinked {
		t.Errorf("%v; it was asked %d times", problems, asked)
	}
}

// Links that lead into folders of more links are followed so far, and so often.
func TestManyLinks(t *testing.T) {
	files, links := map[string]string{"_data/x/x.yml": "1"}, map[string]string{}
	for n := range 8 {
		files[fmt.Sprintf("lists/%d/x.yml", n)] = "1"
		for i := range 25 {
			links[fmt.Sprintf("lists/%d/l%d", n, i)] = fmt.Sprintf("../%d", n+1)
		}
	}
	files["lists/8/x.yml"] = "1"
	links["_data/l"] = "../lists/0"
	site := linkedSite(t, files, links)
	asked := 0
	_, problems := Read(site, "_data", Settings{Stop: func() error { asked++; return nil }})
	if asked > 2*maxLinked {
		t.Errorf("it was asked %d times", asked)
	}
	told := map[string]bool{}
	for _, p := range problems {
		told[p.Message] = true
	}
	if len(told) != 2 || !told["it is not read: it is a link behind 3 others. Let it lead there from the folder of data itself"] || !told["it is not read: through links there are more than 10000 files and folders. Take links away that lead to folders above them"] {
		t.Errorf("%v", told)
	}
}

func FuzzTable(f *testing.F) {
	f.Add("a,b\n1,\"2\"\"\"\n\n,,\n")
	f.Fuzz(func(t *testing.T, src string) {
		_, _ = Parse("a.csv", []byte(src), Settings{CSV: Table{Integers: true, Floats: true}})
		_, _ = Parse("a.tsv", []byte(src), Settings{TSV: Table{NoHeaders: true}})
	})
}
