package lint

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"galley/internal/diag"
	"galley/internal/post"
)

// Each case of testdata/rules.txtar is a post, and a file NAME.want with the
// line, column and code of what is found in it.
func TestCheck(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/rules.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(archive.Files); i += 2 {
		in, want := archive.Files[i], archive.Files[i+1]
		if want.Name != in.Name+".want" {
			t.Fatalf("%s is followed by %s", in.Name, want.Name)
		}
		t.Run(in.Name, func(t *testing.T) {
			var got strings.Builder
			index := diag.NewIndex(in.Data)
			for _, d := range Check(post.Parse(in.Data)) {
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
	f.Fuzz(func(t *testing.T, src []byte) {
		for _, d := range Check(post.Parse(src)) {
			if d.Range.Start < 0 || d.Range.End < d.Range.Start || d.Range.End > len(src) || d.Message == "" {
				t.Fatalf("%+v in %d bytes", d, len(src))
			}
		}
	})
}
