package additions

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

const edition = "---\ntitle: T\n---\n\n## News\n\n* one\n* two\n\n## Events\n\n*\n\n## Thanks\n\nTo all.\n"

// with is the edition with one text in place of another.
func with(old, new string) []byte { return []byte(strings.Replace(edition, old, new, 1)) }

func TestRuns(t *testing.T) {
	for name, c := range map[string]struct {
		new  []byte
		want string // section: text, or why not
	}{
		"bullet":         {with("* two\n", "* two\n* three\n"), "News: * three"},
		"first":          {with("* one\n", "* zero\n* one\n"), "News: * zero"},
		"empty item":     {with("*\n", "* a\n* b\n"), "Events: * a\n* b"},
		"paragraph":      {with("To all.\n", "To all.\n\nAnd to Ben.\n"), "Thanks: And to Ben."},
		"subsection":     {with("* two\n", "* two\n\n### More\n\nText\n"), "More: ### More\n\nText"},
		"no end":         {with("To all.\n", "To all.\n\nBen."), "Thanks: Ben."},
		"two places":     {[]byte(strings.NewReplacer("* two\n", "* two\n* three\n", "*\n\n", "* a\n\n").Replace(edition)), "News: * three|Events: * a"},
		"change":         {with("* two", "* 2"), "it changes or removes lines, such as “* two”"},
		"removal":        {with("* two\n", ""), "it changes or removes lines, such as “* two”"},
		"reorder":        {with("* one\n* two\n", "* two\n* one\n"), "it changes or removes lines, such as “* one”"},
		"matter":         {with("title: T\n", "title: T\npublished: false\n"), "it changes the front matter"},
		"nothing":        {[]byte(edition), "it adds nothing"},
		"blank":          {with("## Thanks\n", "\n## Thanks\n"), "it adds nothing but blank lines"},
		"comment":        {with("* two\n", "* two\n\n<!--\n"), "what it adds makes something else of what others wrote, or hides it"},
		"hiding comment": {[]byte(strings.NewReplacer("* two\n", "* two\n\n<!--\n", "To all.\n", "-->\nTo all.\n").Replace(edition)), "what it adds makes something else of what follows, or hides it"},
		"hiding fence":   {[]byte(strings.NewReplacer("* two\n", "* two\n\n```\n", "To all.\n", "```\nTo all.\n").Replace(edition)), "what it adds makes something else of what follows, or hides it"},
		"long":           {with("* two\n", "* two\n"+strings.Repeat("* x\n", 101)), "it adds 101 lines, which want to be read by themselves"},
		"bytes":          {with("* two\n", "* two\n* \xff\n"), "it has bytes that are no text"},
		"gone":           {nil, "it takes the post away"},
	} {
		t.Run(name, func(t *testing.T) {
			runs, err := Version{[]byte(edition), c.new}.Runs(t.Context())
			var got []string
			for _, r := range runs {
				got = append(got, r.Section+": "+r.Text)
				if lines := strings.Split(string(c.new), "\n"); !strings.HasPrefix(r.Text, lines[r.Line-1]) {
					t.Errorf("line %d is %q", r.Line, lines[r.Line-1])
				}
			}
			var why *Unfit
			if errors.As(err, &why) {
				got = []string{why.Why}
			}
			if text := strings.Join(got, "|"); text != c.want {
				t.Errorf("got %q, want %q", text, c.want)
			}
		})
	}
	if _, err := (Version{nil, []byte(edition)}).Runs(t.Context()); err == nil || err.Error() != "it brings the whole post" {
		t.Error(err)
	}
}

func TestJoin(t *testing.T) {
	from := func(old, new string) Version { return Version{[]byte(edition), with(old, new)} }
	now := strings.NewReplacer("* two\n", "* two\n* the editor's\n", "## Events\n", "## Meetings\n").Replace(edition)
	text, failed, err := Join(t.Context(), []byte(now), []Version{
		from("* two\n", "* two\n* Ben's\n"), from("* two\n", "* two\n* Cam's\n"), from("*\n", "* a\n"), from("*\n", "* b\n"), from("To all.\n", "To all.\n\n### Ben\n\nThanks.\n"),
	})
	want := strings.NewReplacer("the editor's\n", "the editor's\n* Ben's\n* Cam's\n", "*\n\n", "* a\n* b\n\n", "To all.\n", "To all.\n\n### Ben\n\nThanks.\n").Replace(now)
	if err != nil || failed != -1 || string(text) != want {
		t.Fatalf("%d, %v:\n%s", failed, err, text)
	}
	for name, c := range map[string]struct {
		now      string
		versions []Version
		failed   int
		why      string
	}{
		"change":  {edition, []Version{from("* two\n", "* two\n* Ben's\n"), from("* two", "* 2")}, 1, "it changes or removes lines"},
		"there":   {string(with("* two\n", "* two\n* Ben's\n")), []Version{from("* two\n", "* two\n* Ben's\n")}, 0, "has what it adds already"},
		"removed": {strings.Replace(edition, "## Thanks\n\nTo all.\n", "", 1), []Version{from("To all.\n", "To all.\n\nAnd to Ben.\n")}, 0, "“Thanks”"},
		"same":    {edition, []Version{from("To all.\n", "To all.\nBen.\n"), from("To all.\n", "To all.\nCam.\n")}, 1, "“Thanks”"},
	} {
		t.Run(name, func(t *testing.T) {
			text, failed, err := Join(t.Context(), []byte(c.now), c.versions)
			var why *Unfit
			if !errors.As(err, &why) || failed != c.failed || !strings.Contains(why.Why, c.why) {
				t.Errorf("%d, %v:\n%s", failed, err, text)
			}
		})
	}
}

// FuzzJoin: whatever two versions are, no line of the text is lost.
func FuzzJoin(f *testing.F) {
	f.Add(edition, string(with("* two\n", "* two\n* x\n")), string(with("*\n", "* a\n")))
	f.Add(edition, edition+"\n```\n", strings.ReplaceAll(edition, "\n", "\r\n"))
	f.Add("a\n", "a\nb", "c\na\n")
	f.Fuzz(func(t *testing.T, old, mine, now string) {
		if len(old)+len(mine)+len(now) > 10_000 {
			return
		}
		text, _, err := Join(t.Context(), []byte(now), []Version{{[]byte(old), []byte(mine)}})
		if err != nil {
			return
		}
		count := map[string]int{}
		for line := range strings.Lines(string(text)) {
			count[strings.TrimRight(line, "\n")]++
		}
		for line := range strings.Lines(now) {
			line = strings.TrimRight(line, "\n")
			if count[line]--; count[line] < 0 && !emptyItem.MatchString(line) {
				t.Errorf("%q is lost", line)
			}
		}
	})
}

// Elements that nobody closes are not made anew in each of many paragraphs.
func TestUnclosed(t *testing.T) {
	var open strings.Builder
	for i := range 399 {
		fmt.Fprintf(&open, "<b id=%d>", i)
	}
	v := Version{[]byte(edition), with("To all.\n", "To all.\n\n<p>"+open.String()+strings.Repeat("<p>x", 4000)+"\n")}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := v.Runs(t.Context()); !errors.As(err, new(*Unfit)) {
		t.Errorf("they are an addition (%v)", err)
	}
	runtime.ReadMemStats(&after)
	if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 100 {
		t.Errorf("looking at them takes %d MB", mb)
	}
}

// What takes in text of others that it did not bring is no addition.
func TestHiding(t *testing.T) {
	around := func(open, end string) []byte {
		return []byte(strings.NewReplacer("* two\n", "* two\n"+open, "## Thanks\n\n", "## Thanks\n\n"+end).Replace(edition))
	}
	for name, now := range map[string][]byte{
		"liquid":           around("* three {% comment %}\n", "{% endcomment %}\n"),
		"liquid, dashes":   around("* three {%- if false -%}\n", "{%- endif -%}\n"),
		"liquid's text":    around("* {{ '<!--' }}\n", "{{ '-->' }}\n"),
		"liquid's value":   around("{% assign x = 1 %}\n", ""),
		"liquid, unclosed": around("* three {% comment\n", ""),
		"kramdown":         around("\n{::comment}\n\n", "{:/comment}\n\n"),
		"raw":              around("\n{::nomarkdown}\n\n", "{:/}\n\n"),
		"element":          around("\n<div hidden>\n\n", "</div>\n\n"),
		"details":          around("\n<details markdown=\"1\">\n\n", "</details>\n\n"),
		"unclosed":         around("\n<div hidden>\n\n", ""),
		"style":            around("\n<style>p { display: none }</style>\n", ""),
		"list":             around("{:.hidden}\n", ""),
		"heading":          with("## Thanks\n", "## Thanks\n{:.hidden}\n"),
		"paragraph":        with("To all.\n", "To all.\n---\n"),
		"definition":       with("To all.\n", "To all.\n\n*[all]: none\n"),
		"at the end":       with("To all.\n", "To all.\n\n<div hidden>\n"),
	} {
		_, err := Version{[]byte(edition), now}.Runs(t.Context())
		var why *Unfit
		if !errors.As(err, &why) {
			t.Errorf("%s: it is an addition (%v)", name, err)
		}
	}
	const linked = "---\n---\n\nSee [one] and [^1].\n\n[^1]: A note.\n"
	if _, err := (Version{[]byte(linked), []byte(linked + "\n[one]: https://elsewhere.example\n")}).Runs(t.Context()); err == nil {
		t.Error("a definition for others' text is an addition")
	}
	for name, now := range map[string]string{
		"own definition": linked + "\nMy [two].\n\n[two]: https://x.example\n",
		"note before":    strings.Replace(linked, "See", "Also[^0] this.\n\n[^0]: Mine.\n\nSee", 1),
		"element":        linked + "\n<details><summary>More</summary>Text</details>\n",
		"fence":          linked + "\n```\ncode\n```\n",
		"same heading":   linked + "\n## One\n\nText\n",
		"address":        linked + "\n[a]({{ site.baseurl }}/b) and [b]({% link c.md %})\n",
	} {
		if _, err := (Version{[]byte(linked), []byte(now)}).Runs(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
