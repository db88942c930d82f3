package markdown

import (
	"bytes"
	"runtime"
	"strings"
	"testing"

	"galley/internal/ordered"
)

// sparse is a table of columns and rows, of which each row has one cell.
func sparse(columns, rows int) string {
	return strings.Repeat("|a", columns) + "|\n" + strings.Repeat("|-", columns) + "|\n" + strings.Repeat("|b|\n", rows) + "\n"
}

// Tables whose rows lack cells get them up to a bound that the whole text has, so
// that some bytes do not ask for gigabytes.
func TestSparseTables(t *testing.T) {
	config := ordered.Of("commonmark", ordered.Of("extensions", []any{"table"}))
	settings, _ := ReadSettings(config)
	renderers := []*Renderer{New(Config{}), New(Config{Dialect: GFM}), New(Config{Dialect: CommonMark, Settings: settings})}
	if testing.Short() {
		renderers = renderers[:2] // GFM's tables are CommonMark's
	}
	for _, r := range renderers {
		dialect := r.config.Dialect
		doc := r.Render([]byte(sparse(300, 300)))
		if cells := bytes.Count(doc.HTML(), []byte("</td>")); cells < 90_000 {
			t.Errorf("%q: a table of 300 columns and rows has %d cells", dialect, cells)
		}
		for name, text := range map[string]string{"a table": sparse(2_000, 2_000), "many tables": strings.Repeat(sparse(100, 100), 1_000)} {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			doc := r.Render([]byte(text))
			runtime.ReadMemStats(&after)
			if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 600 {
				t.Errorf("%q: %s of %d KB took %d MB", dialect, name, len(text)>>10, used)
			}
			if size := len(doc.HTML()); size > 12<<20 {
				t.Errorf("%q: %s of %d KB became %d KB", dialect, name, len(text)>>10, size>>10)
			}
		}
	}
}

// Where an edit makes tables too many, and where it takes one away again, what is
// followed is what is rendered.
func TestSparseTablesLive(t *testing.T) {
	for _, dialect := range []Dialect{Kramdown, GFM} {
		t.Run(string(dialect), func(t *testing.T) { testSparseTablesLive(t, New(Config{Dialect: dialect})) })
	}
}

func testSparseTablesLive(t *testing.T, r *Renderer) {
	one := []byte(sparse(300, 300))
	if r.config.Dialect == Kramdown {
		one = []byte(sparse(200, 200))
	}
	text := []byte("First.\n\n" + string(one) + string(one) + "Last.\n")
	l := r.Open(text)
	if l.parts == nil {
		t.Fatal("the text is not followed")
	}
	for _, e := range []struct {
		start, end int
		insert     []byte
		whole      bool // goldmark's body is shown as it was typed
	}{{0, 0, one, true}, {0, 1, nil, true}, {0, len(one) - 1, nil, false}, {0, 0, []byte("x"), false}, {len(text) - 5, len(text) - 5, one, true}} {
		text = bytes.Join([][]byte{text[:e.start], text[e.end:]}, e.insert)
		l.Edit(e.start, e.end, e.insert)
		if err := checkLive(r, l, text); err != nil {
			t.Fatalf("%.1000s", err.Error())
		}
		if r.config.Dialect == GFM && (l.parts == nil) != e.whole {
			t.Errorf("%d to %d: followed is %t", e.start, e.end, l.parts != nil)
		}
	}
}
