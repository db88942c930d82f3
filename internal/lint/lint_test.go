package lint

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"galley/internal/diag"
	"galley/internal/post"
)

// Each case of testdata/rules.txtar is a post, and a file NAME.want with the
// line, column and code of what is found in it.
//
// The site of all of them has settings, and its present is 2026-08-20.
func TestCheck(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/rules.txtar")
	if err != nil {
		t.Fatal(err)
	}
	settings := Settings{
		Path: "_posts/2026-08-16-update.md", Now: time.Date(2026, 8, 20, 22, 0, 0, 0, time.UTC),
		Galley: map[string]any{"placeholders": []any{"Month DD", "POST_DATE", 7}, "title": "Week Ending {month} {day}, {year}"},
	}
	for i := 0; i+1 < len(archive.Files); i += 2 {
		in, want := archive.Files[i], archive.Files[i+1]
		if want.Name != in.Name+".want" {
			t.Fatalf("%s is followed by %s", in.Name, want.Name)
		}
		t.Run(in.Name, func(t *testing.T) {
			var got strings.Builder
			index := diag.NewIndex(in.Data)
			for _, d := range Check(post.Parse(in.Data), settings) {
				fmt.Fprintf(&got, "%s-%s %s\n", index.Position(d.Range.Start), index.Position(d.Range.End), d.Code)
			}
			if got.String() != string(want.Data) {
				t.Errorf("got\n%swant\n%s", got.String(), want.Data)
			}
		})
	}
}

func FuzzCheck(f *testing.F) {
	f.Add([]byte("---\ntitle: A\n---\n## B\n\n* \n```\n*\n````\n[a] (/b)\n"))
	f.Add([]byte("---\ntitle: Week Ending May 4, 2026\nslug: 2026-05-04-x\ndate: 2999-01-01\n---\n**Next:**\nPOST_DATE\n"))
	settings := Settings{
		Path: "_posts/2026-08-16-update.md", Now: time.Date(2026, 8, 20, 22, 0, 0, 0, time.UTC),
		Galley: map[string]any{"placeholders": []any{"POST_DATE"}, "title": "{day}"},
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		for _, d := range Check(post.Parse(src), settings) {
			if d.Range.Start < 0 || d.Range.End < d.Range.Start || d.Range.End > len(src) || d.Message == "" {
				t.Fatalf("%+v in %d bytes", d, len(src))
			}
		}
	})
}
