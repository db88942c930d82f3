package spelling

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"galley/internal/post"
)

func TestProse(t *testing.T) {
	words, problems := Load(Settings{}, fstest.MapFS{}, []string{"Kubernetes", "[Kk]ube(?:ctl|let)s?", `(?i)api server`, `(?<=x)no`})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, test := range []struct {
		name, src string
		want      []string
	}{
		{"paragraphs", "One line\nand another.\n\nNext.\n", []string{"One line\nand another.", "Next."}},
		{"front matter", "---\nlayout: post\ndescription: 'What is new'\ntitle: The week # a note\ntags: [releese]\n---\nBody\n", []string{"'What is new'", "The week", "Body"}},
		{"a title that is no text", "---\ntitle: [releese]\ndescription:\n---\nBody\n", []string{"Body"}},
		{"code", "Run `kuberntes` now.\n\n```\ncoed\n```\n\n    coed\n\nEnd <code>coed</code> here\n", []string{"Run ", " now.", "End ", " here"}},
		{"a word with code in it", "The `Pod`s-only way, re`Pod` it\n", []string{"The ", " way, ", " it"}},
		{"a word in parts", "It is un*believ*able, and **bold**: yes\n", []string{"It is ", "able, and "[4:], "bold", ": yes"}},
		{"addresses", "See [the notes](https://examle.org/releese \"x\"), <https://examle.org> and https://examle.org/x.\n\n[id]: https://examle.org\n", []string{"See ", "the notes", ", ", " and "}},
		{"quotations", "Mine.\n\n> Thiers.\n\nMine.\n", []string{"Mine.", "Mine."}},
		{"html", "<div class=\"clas\">\n\n<!-- coment -->\n\nText <span class=\"clas\">in it</span>{: .clas} on.\n", []string{"Text ", "in it", " on."}},
		{"liquid", "{% include figrue.html %}\n\nHave {{ page.titel }} and {% raw %} go.\n", []string{"Have ", " and ", " go."}},
		{"lists, headings, tables", "# A heading\n\n* an item\n  * another\n\n| a | b |\n|---|---|\n| c | d |\n", []string{"A heading", "an item", "another"}},
		{"patterns", "The kubelets of an API server and kubectl\n", []string{"The ", " of an ", " and "}},
		{"line endings", "\ufeff---\r\ntitle: Hé\r\n---\r\nOne\r\ntwo 𝄞 three\r\n", []string{"Hé", "One", "two 𝄞 three"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			end := 0
			for _, r := range words.Prose(post.Parse([]byte(test.src)), nil) {
				if r.Start < end || r.End > len(test.src) {
					t.Errorf("%v is not behind %d", r, end)
				}
				end = r.End
				if text := test.src[r.Start:r.End]; strings.Trim(text, " |\r\n") != "" {
					got = append(got, strings.TrimRight(text, "\r"))
				}
			}
			if strings.HasPrefix(test.name, "lists") {
				got = got[:min(len(got), len(test.want))] // cells are theirs who read tables
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestWords(t *testing.T) {
	files := fstest.MapFS{"words.txt": {Data: []byte("\ufeff# names\nKubernetes\r\n\nHockin’s\nKubernetes\n 123\nSIG Node\n")}}
	words, problems := Load(Settings{File: "words.txt"}, files, []string{"etcd", "[Ee]tcd"})
	if want := []string{"Hockin's", "Kubernetes", "Node", "SIG", "etcd"}; len(problems) > 0 || !slices.Equal(words.List(), want) {
		t.Errorf("%q %q", words.List(), problems)
	}
	if _, problems := Load(Settings{File: "../words.txt"}, files, nil); len(problems) != 1 || !strings.Contains(problems[0], "not there") {
		t.Errorf("%q", problems)
	}
}

func TestSettings(t *testing.T) {
	for _, test := range []struct {
		value any
		want  Settings
		told  string
	}{
		{nil, Settings{}, ""},
		{false, Settings{}, ""},
		{map[string]any{"language": "en-GB", "words": "/_data/words.txt"}, Settings{"en-GB", "_data/words.txt"}, ""},
		{map[string]any{"words": "words.txt"}, Settings{"", "words.txt"}, ""},
		{map[string]any{"language": "tlh"}, Settings{}, "no dictionary of “tlh”"},
		{map[string]any{"language": 1}, Settings{}, "should be a text"},
		{map[string]any{"lang": "en-US"}, Settings{}, "“lang”"},
		{"en-US", Settings{}, "language: en-US"},
	} {
		got, problems := ReadSettings(map[string]any{"spelling": test.value})
		if told := strings.Join(problems, " "); got != test.want || (told == "") != (test.told == "") || !strings.Contains(told, test.told) {
			t.Errorf("%v: %+v, %q", test.value, got, told)
		}
	}
}

// FuzzProse holds that runs are within the post, follow each other and are cut at no
// letter's middle, whatever is in it.
func FuzzProse(f *testing.F) {
	words, _ := Load(Settings{}, fstest.MapFS{}, []string{"[Kk]ube.*?t"})
	for _, seed := range []string{"---\ntitle: x\n---\na *b*c `d`e [f](g)\n", "> a\n\n| a | b |\n", "# Ünten **é**s’\r\n* x\n", "*a*\xff*b*"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		start, end := time.Now(), 0
		for _, r := range words.Prose(post.Parse([]byte(src)), nil) {
			if r.Start < end || r.End <= r.Start || r.End > len(src) {
				t.Fatalf("%v behind %d of %d", r, end, len(src))
			}
			end = r.End
		}
		if time.Since(start) > 5*time.Second {
			t.Error("it takes too long")
		}
	})
}
