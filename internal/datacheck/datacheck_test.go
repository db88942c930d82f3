package datacheck

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"galley/internal/datafile"
	"galley/internal/diag"
	"galley/internal/growthtest"
)

func TestIsData(t *testing.T) {
	for _, c := range []struct {
		folder, file string
		want         bool
	}{
		{"_data", "_data/team.yml", true},
		{"_data", "_data/team.yaml", true},
		{"_data", "_data/a/b/size.json", true},
		{"_data", "_data/list.csv", true},
		{"_data", "_data/list.tsv", true},
		{"_data", "_data/Ünïcode name.yml", true},
		{"site/data", "site/data/x.yml", true},
		{"site/data", "_data/x.yml", false},
		{"_data", "_data/team.YML", false}, // which nobody reads
		{"_data", "_data/x.md", false},
		{"_data", "_data/x.rb", false},
		{"_data", "_data/x", false},
		{"_data", "_data/.yml", false},
		{"_data", "_data/.hidden.yml", false},
		{"_data", "_data/.git/x.yml", false},
		{"_data", "_data/.github/workflows/x.yml", false},
		{"_data", "_data/#x.yml", false},
		{"_data", "_data/x.yml~", false},
		{"_data", "_data//x.yml", false},
		{"_data", "_data/../x.yml", false},
		{"_data", "_data/../_config.yml", false},
		{"_data", "_dataset/x.yml", false},
		{"_data", "x/_data/x.yml", false},
		{"_data", "/_data/x.yml", false},
		{"_data", "_data", false},
		{"_data", "_data/", false},
		{"_data", "_config.yml", false},
		{"_data", "_DATA/x.yml", false},
		{"", "_config.yml", false},
		{".", "_config.yml", false},
		{".", "./_config.yml", false},
		{".github", ".github/workflows/x.yml", false},
	} {
		if got := IsData(c.folder, c.file); got != c.want {
			t.Errorf("IsData(%q, %q) = %v", c.folder, c.file, got)
		}
	}
}

// What is wrong is told at its place, as a sentence that says what to do.
func TestProblems(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      string // place, level, code and words of each, with what is marked in brackets
	}{
		{"a.yml", "a: 1\n\tb: 2\n", "2 error data [\t] tab stands in the indentation => a: 1\n  b: 2\n"},
		{"a.yml", "a:\n\tb: 2\n", "2 error data [\t] tab stands in the indentation => a:\n  b: 2\n"},
		{"a.yml", "- x: 1\n \t y: 2\n", "2 error data [ \t ] tab stands in the indentation => - x: 1\n    y: 2\n"},
		{"a.yml", "a: \"x\nb: 2\nc: 3\n", "1 error data [\"] quote that begins here is not closed. Put \""},
		{"a.yml", "x: 1\na: 'x\nb: 2\n", "2 error data ['] quote that begins here is not closed. Put '"},
		{"a.yml", "a: b: c\n", "1 error data [a: b: c] A second “: ”"},
		{"a.yml", "x: 1\r\na: it: c\r\n", "2 error data [a: it: c] A second “: ”"},
		{"a.yml", "x: 1\n  y: 2\n", "2 error data [y: 2] does not go together"},
		{"a.yml", "x: 1\n- b\n", "2 error data [- b] not indented as the other keys of the map that begins in line 1"},
		{"a.yml", "x:\n  a: 1\n b: 2\n", "3 error data [b: 2] by no space"},
		{"a.yml", "x: 1\nyy\nz: 2\n", "2 error data [yy] has no “: ”"},
		{"a.yml", "x: 1\nz:2\n", "2 error data [z:2] has no “: ”"},
		{"a.yml", "x: @a\n", "1 error data [@a] cannot begin with @ => x: \"@a\"\n"},
		{"a.yml", "x: [1, 2\n\n", "1 error data [[] [ that begins here is not closed"},
		{"a.yml", "x: {a: 1\ny: 2\n", "2 error data [: 2] comma is missing"},
		{"a.yml", "a: \"x\" y\nb: 2\n", "1 error data [y] Text stands behind a closing quote"},
		{"a.yml", "- a\nb: 2\n", "2 error data [b: 2] list that begins in line 1"},
		{"a.yml", "a: \"\\d\"\n", "1 error data [\\d\"] backslash"},
		{"a.yml", "a: *x\n", "1 error data [*x] No value before this => a: \"*x\"\n"},
		{"a.yml", "x: 1\ny: \"a\x01\"\n", "2 error data [y: \"a\x01\"] cannot be seen"},
		{"a.yml", "\ufeffa: b: c\n", "1 error data [a: b: c] A second “: ”"},
		{"a.yml", "é: \"ü\" y\n", "1 error data [y] Text stands behind"},

		{"a.yml", "a: 1\nb: 2\na: 3\n", "3 warning data-key [a] The key a stands in line 1 already"},
		{"a.yml", "- a: 1\n- a: 1\n", ""},
		{"a.yml", "x: &x {a: 1}\ny:\n  <<: *x\n  a: 2\n", ""},
		{"a.yml", "countries: [de, no, fr]\n", "1 info data-word [no] no is read as false => countries: [de, \"no\", fr]\n"},
		{"a.yml", "no: Norway\n", "1 warning data-word [no] not read as this word but as false => \"no\": Norway\n"},
		{"a.yml", "a: true\nb: False\nc: \"no\"\nd: |\n  no\n", ""},
		{"a.yml", "v: 1.10\n", "1 warning data-word [1.10] the number 1.1. => v: \"1.10\"\n"},
		{"a.yml", "v: 12:30\n", "1 warning data-word [12:30] the number 45000"},
		{"a.yml", "v: 0123\n", "1 warning data-word [0123] the number 83"},
		{"a.yml", "v: 52,5\n", "1 warning data-word [52,5] the number 525"},
		{"a.yml", "v: 1_000\n", "1 info data-word [1_000] the number 1000"},
		{"a.yml", "v: 1e3\n", "1 info data-word [1e3] is read as a text"},
		{"a.yml", "v: 2026-01-02\n", "1 info data-day [2026-01-02] is read as a day, which"},
		{"a.yml", "- 2026-01-02\n- 2026-01-03\n", "1 info data-day [2026-01-02] (2 in all)"},
		{"a.yml", "a: 1\nb: -2\nc: 1.5\nd: ~\ne:\nf: 12\n", ""},
		{"a.yml", "a: 1\n---\nb: 2\n", "2 warning data-document [---] second document"},
		{"a.yml", "---\na: 1\n---\n", ""},
		{"a.yml", "", ""},
		{"a.yml", "# nothing\n", ""},

		{"a.json", "{\"a\": 1}\n", ""},
		{"a.json", "{\n\t\"a\": [\n\t\t1\n\t]\n}\n", ""},
		{"a.json", "{\"a\": [1,\n2\n", "1 error data [[] [ that begins here is not closed. Put ] behind what belongs to it; all that is open at the end is closed by ]}"},
		{"a.json", "{\"a\": \"x}\n", "1 error data [\"] text that begins here"},
		{"a.json", "{\"a\": 1\n \"b\": 2}\n", "2 error data [\"] comma is missing"},
		{"a.json", "{\"a\": 1,}\n", "1 warning data-json [,] comma before the closing } => {\"a\": 1}\n"},
		{"a.json", "{\"a\": 1}}\n", "1 warning data-json [}] ends before this"},
		{"a.json", "{\"a\": 1, \"a\": 2}\n", "1 warning data-key [\"a\"] stands in line 1 already"},
		{"a.json", "{\"a\": 1e3}\n", "1 info data-word [1e3] is read as a text"},
		{"a.json", "\ufeff{\"a\": 1,}\n", "1 warning data-json [,] comma before => \ufeff{\"a\": 1}\n"},

		{"a.csv", "name,n\nA,1\nB,2,3\n", "3 warning data-row [B,2,3] 3 cells, and the first line 2"},
		{"a.csv", "name,n\nA\n", "2 info data-row [A] one cell"},
		{"a.csv", "name,n\nA,1\n\nB,2\n", "3 warning data-row [] empty line"},
		{"a.csv", "name,,name\n1,2,3\n", "1 warning data-column [name,,name] Column 2 has no name, 1 warning data-column [name,,name] Columns 1 and 3"},
		{"a.csv", "name,n\nA,\"1\nB,2\n", "2 error data [A,\"1] is not closed"},
		{"a.csv", "name,n\n\"A\nx\",1\nB,2,3\n", "4 warning data-row [B,2,3] 3 cells"},
		{"a.csv", "name,n\nA,x \"y\"\n", "2 error data [A,x \"y\"] within a cell"},
		{"a.csv", "name,n\nA,\"y\" z\n", "2 error data [A,\"y\" z] behind a closing quote"},
		{"a.csv", "name,n\r\nA,1\nB,2\r\n", "2 error data [A,1] does not end as the first"},
		{"a.tsv", "name\tn\nA\t1\t2\n", "2 warning data-row [A\t1\t2] 3 cells"},
		{"a.csv", "", ""},
	} {
		found := Read(c.name, []byte(c.src), datafile.Settings{}).Problems
		var wants []string
		if c.want != "" {
			wants = strings.Split(c.want, ", 1 ")
			for i := range wants[1:] {
				wants[i+1] = "1 " + wants[i+1]
			}
		}
		if len(found) != len(wants) {
			t.Errorf("%s %q: %d problems, want %d: %v", c.name, c.src, len(found), len(wants), found)
			continue
		}
		for i, d := range found {
			want, fixed, fixes := strings.Cut(wants[i], " => ")
			head := fmt.Sprintf("%d %s %s [%s] ", diag.NewIndex([]byte(c.src)).Position(d.Range.Start).Line, d.Severity, d.Code, c.src[d.Range.Start:d.Range.End])
			words, ok := strings.CutPrefix(want, head)
			if !ok || !strings.Contains(d.Message, words) || !strings.HasSuffix(d.Message, ".") {
				t.Errorf("%s %q is told\n%s%s\nwant\n%s", c.name, c.src, head, d.Message, want)
			}
			if fixes {
				if d.Fix == nil {
					t.Errorf("%s %q: nothing mends it", c.name, c.src)
				} else if got := c.src[:d.Fix.Range.Start] + d.Fix.Insert + c.src[d.Fix.Range.End:]; got != fixed {
					t.Errorf("%s %q becomes %q, want %q", c.name, c.src, got, fixed)
				}
			}
		}
	}
}

// What is shown is what templates get, with the lines that it comes from.
func TestValue(t *testing.T) {
	show := func(v *Value) string {
		var b strings.Builder
		var walk func(Value)
		walk = func(v Value) {
			if fmt.Fprintf(&b, "%d", v.Line); v.Key != "" {
				fmt.Fprintf(&b, " %s:", v.Key)
			}
			switch fmt.Fprintf(&b, " %s", v.Kind); {
			case len(v.Items) > 0:
				b.WriteString(" (")
				for i, item := range v.Items {
					if i > 0 {
						b.WriteString(", ")
					}
					walk(item)
				}
				b.WriteString(")")
			case v.Text != "":
				b.WriteString(" " + v.Text)
			}
		}
		if v == nil {
			return "none"
		}
		walk(*v)
		return b.String()
	}
	for _, c := range []struct{ name, src, want string }{
		{"a.yml", "a: 1\nb:\n  - x\n  - no\nc: ~\nd: 2026-01-02\n", "1 map (1 a: number 1, 2 b: list (3 text x, 4 truth false), 5 c: nothing, 6 d: day 2026-01-02)"},
		{"a.yml", "x: &x\n  a: 1\ny:\n  <<: *x\n  b: 2\n", "1 map (1 x: map (2 a: number 1), 3 y: map (0 a: number 1, 5 b: number 2))"},
		{"a.yml", "a: 1\na: 2\n", "1 map (2 a: number 2)"},
		{"a.yml", "", "0 nothing"},
		{"a.yml", "a: [", "none"},
		{"a.json", "[1,\n{\"a\": true}]", "1 list (1 number 1, 2 map (2 a: truth true))"},
		{"a.csv", "name,n\nA,1\n\"B\nC\",2,x\n", "0 list (2 map (0 name: text A, 0 n: text 1), 3 map (0 name: text B\nC, 0 n: text 2, 0 (column 3): text x))"},
	} {
		if got := show(Read(c.name, []byte(c.src), datafile.Settings{}).Value); got != c.want {
			t.Errorf("%s %q is\n%s\nwant\n%s", c.name, c.src, got, c.want)
		}
	}
}

// However large or deep a file is, what is told of it is bounded.
func TestBounds(t *testing.T) {
	for name, src := range map[string]string{
		"many.yml":  strings.Repeat("a: no\n", 100_000),
		"deep.yml":  strings.Repeat("[", 900) + strings.Repeat("]", 900),
		"deep.json": strings.Repeat("[", 100_000),
		"wide.csv":  strings.Repeat(",", 100_000) + "\n" + strings.Repeat("1,", 100_000),
		"long.csv":  "a\n" + strings.Repeat("1,2\n", 100_000),
		"bomb.yml":  "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d]\n",
	} {
		r := Read(name, []byte(src), datafile.Settings{})
		if len(r.Problems) > maxProblems {
			t.Errorf("%s: %d problems", name, len(r.Problems))
		}
		if data, err := json.Marshal(r.Value); err != nil || len(data) > 1<<20 {
			t.Errorf("%s: %d bytes are shown (%v)", name, len(data), err)
		}
	}
}

// Files of one line, as programs write them, take proportional time, and end when they
// are told to.
func TestLongLines(t *testing.T) {
	for name, made := range map[string]func(n int) string{
		"a.json":    func(n int) string { return "[" + strings.Repeat("1, ", n) + "1]" },
		"words.yml": func(n int) string { return "[" + strings.Repeat("a, ", n) + "a]" },
		"keys.yml":  func(n int) string { return "{" + strings.Repeat("a: 1, ", n) + "a: 1}" },
		"a.csv":     func(n int) string { return strings.Repeat("a,", n) + "\n" + strings.Repeat("1,", n) },
	} {
		t.Run(name, func(t *testing.T) {
			growthtest.Linear(t, 32_000, func(n int) func() {
				text := []byte(made(n))
				return func() { Read(name, text, datafile.Settings{}) }
			})
		})
	}
	asked := 0
	Read("a.yml", []byte("["+strings.Repeat("[a], ", 50_000)+"]"), datafile.Settings{Stop: func() error {
		if asked++; asked > 2 {
			return errors.New("over")
		}
		return nil
	}})
	if asked > 100 {
		t.Errorf("it was told %d times to end", asked)
	}
}

// A table that lacks too many cells is told at its line, with what to do.
func TestSparse(t *testing.T) {
	src := strings.Repeat("a,", 3000) + "\n" + strings.Repeat("1\n", 3000)
	r := Read("x.csv", []byte(src), datafile.Settings{})
	if len(r.Problems) != 1 || r.Value != nil || r.Problems[0].Severity != diag.Error || !strings.Contains(r.Problems[0].Message, "Take the columns out") || r.Problems[0].Range.Start == 0 {
		t.Errorf("%+v", r.Problems)
	}
}

func FuzzRead(f *testing.F) {
	for _, src := range []string{"a: 1\n\tb: \"x\n", "- a: &x [no, 1.10]\n  b: *x\n---\n", "{\"a\": [1, 2,}", "a,b\n1,\"2\"\"\"\n\n,,\n", "\ufeffé: 'ü' y\r\n"} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		for _, name := range []string{"a.yml", "a.json", "a.csv", "a.tsv"} {
			r := Read(name, []byte(src), datafile.Settings{})
			for _, d := range r.Problems {
				if d.Range.Start < 0 || d.Range.End < d.Range.Start || d.Range.End > len(src) || d.Message == "" {
					t.Errorf("%s %q: %+v", name, src, d)
				}
				if f := d.Fix; f != nil && (f.Range.Start < 0 || f.Range.End < f.Range.Start || f.Range.End > len(src)) {
					t.Errorf("%s %q: %+v", name, src, f)
				}
			}
		}
	})
}

func TestCalled(t *testing.T) {
	for file, want := range map[string]string{
		"_data/team.yml":           "site.data.team",
		"_data/people/My Team.yml": "site.data.people.My_Team",
		"_data/2026-01.csv":        `site.data["2026-01"]`,
		"_data/a.b.json":           "site.data.ab",
	} {
		if got := Called("_data", file); got != want {
			t.Errorf("%s is called %s, want %s", file, got, want)
		}
	}
}
