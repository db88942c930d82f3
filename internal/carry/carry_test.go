package carry

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"galley/internal/growthtest"
)

var day = time.Date(2026, 8, 16, 0, 0, 0, 0, time.UTC)

const last = `---
title: Last
---

## News

* Old

## Events

Come along.

* [Spring meeting](https://a.example/2026-01-01), August 18-20, 2026
  with a workshop on
  * Gauges, 2026-08-19
* Harbour day, 2026-08-15
  and its evening
* A talk without a day

* The 15th of August 2026, late

## Calls

### Papers, until September 1st, 2026

Write to us.

### Posters, until 1 Aug 2026

Too late.

## Shoutouts

* To all
`

func TestOver(t *testing.T) {
	for _, c := range []struct {
		name, next, want string
		told             []Section
		carry            []string
	}{
		{
			"into an empty section", "---\ntitle: Next\n---\n\n## News\n\n*\n\n## Events\n\n*\n\n## Shoutouts\n\n*\n",
			"---\ntitle: Next\n---\n\n## News\n\n*\n\n## Events\n\nCome along.\n\n* [Spring meeting](https://a.example/2026-01-01), August 18-20, 2026\n  with a workshop on\n  * Gauges, 2026-08-19\n* A talk without a day\n\n## Shoutouts\n\n*\n",
			[]Section{{"Events", 2, 2}}, []string{"events"},
		},
		{
			"a section that is not there, behind the one before it", "## News\r\n\r\n*\r\n\r\n## Shoutouts\r\n",
			"## News\r\n\r\n*\r\n\r\n## Calls\r\n\r\n### Papers, until September 1st, 2026\r\n\r\nWrite to us.\r\n\r\n## Shoutouts\r\n",
			[]Section{{"Calls", 1, 1}}, []string{"Calls"},
		},
		{
			"behind what is there", "## Calls\n\nAll calls:",
			"## Calls\n\nAll calls:\n\n### Papers, until September 1st, 2026\n\nWrite to us.\n",
			[]Section{{"Calls", 1, 1}}, []string{"Calls"},
		},
		{"nothing that is named", "## News\n", "## News\n", nil, []string{"Elsewhere"}},
		{"without days", "", "## Shoutouts\n\n* To all\n", []Section{{"Shoutouts", 1, 0}}, []string{"Shoutouts"}},
	} {
		got, told := Over([]byte(last), []byte(c.next), c.carry, day)
		if string(got) != c.want || !reflect.DeepEqual(told, c.told) {
			t.Errorf("%s: got\n%s\nwant\n%s\n%v, want %v", c.name, got, c.want, told, c.told)
		}
	}
	// All passed: the section is not begun.
	got, told := Over([]byte("## Events\n\n* 2026-08-15\n"), []byte("## News\n"), []string{"Events"}, day)
	if string(got) != "## News\n" || !reflect.DeepEqual(told, []Section{{"Events", 0, 1}}) {
		t.Errorf("%q %v", got, told)
	}
}

// An item is empty where nothing stands behind its sign: a tag, a mail address, a
// formula and a comment are something, in the last edition and in the template.
func TestItemsWithoutText(t *testing.T) {
	for _, item := range []string{"{% include event.html id=\"spring\" %}", "{{ site.data.next }}", "<team@news.example>", "$$x^2$$", "<!-- none yet -->", "`code`", "![](a.png)", "\n  text"} {
		got, told := Over([]byte("## Events\n\n* "+item+"\n"), []byte("## News\n"), []string{"Events"}, day)
		if want := "## Events\n\n* " + item + "\n\n## News\n"; string(got) != want || !reflect.DeepEqual(told, []Section{{"Events", 1, 0}}) {
			t.Errorf("%s: got %q, %v", item, got, told)
		}
		got, _ = Over([]byte("## Events\n\n* A talk\n"), []byte("## Events\n\n* "+item+"\n"), []string{"Events"}, day)
		if want := "## Events\n\n* " + item + "\n\n* A talk\n"; string(got) != want {
			t.Errorf("%s in the template: got %q", item, got)
		}
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		carry any
		want  int
		wrong bool
	}{{nil, 0, false}, {"Events", 1, false}, {[]any{"A", "B"}, 2, false}, {[]any{1}, 0, true}, {true, 0, true}} {
		names, problem := Names(map[string]any{"edition": map[string]any{"carry": c.carry}})
		if len(names) != c.want || (problem != "") != c.wrong {
			t.Errorf("%v: %q %q", c.carry, names, problem)
		}
	}
}

func FuzzOver(f *testing.F) {
	f.Add([]byte(last), []byte("---\n---\n## Events\n\n*\n"))
	f.Add([]byte("## Events\r\n* a\r\n\t* b 2026-08-01\r\n> ## Events\n"), []byte("Events\n------\n* \n# X"))
	f.Fuzz(func(t *testing.T, last, next []byte) {
		got, told := Over(last, next, []string{"Events", "Calls"}, day)
		if len(told) == 0 && string(got) != string(next) {
			t.Fatal("changed without a word")
		}
		if len(got) < len(next)/2 && !strings.Contains(string(next), "*") && !strings.ContainsAny(string(next), "-+0123456789") {
			t.Fatalf("%d bytes of %d", len(got), len(next))
		}
	})
}

// However many sections have a name, few are put into the text.
func TestManySections(t *testing.T) {
	growthtest.Linear(t, 1600, func(n int) func() {
		last := []byte(strings.Repeat("## Events\n\n* Something\n\n", n))
		return func() { Over(last, []byte("---\n---\n## News\n"), []string{"Events"}, time.Now()) }
	})
	if got, _ := Over([]byte(strings.Repeat("## Events\n\n* Something\n\n", 50)), []byte("## News\n"), []string{"events"}, time.Now()); strings.Count(string(got), "* Something") != maxSections {
		t.Errorf("got %s", got)
	}
}
