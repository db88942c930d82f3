package preview

import (
	"math/rand/v2"
	"runtime"
	"testing"
)

// Typing keeps no earlier text, page or tree: after 10,000 edits all over a
// post the memory in use is what it was after 100.
func TestMemoryStaysFlat(t *testing.T) {
	if testing.Short() {
		t.Skip("makes 10,000 edits, which short mode has no time for")
	}
	s, text := openBench(t, 105_000, false)
	random := rand.New(rand.NewPCG(1, 1))
	at := places(text)
	inUse := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	words := []string{"x", "\n", "\n\nA *new* paragraph with [a link](https://example.org).\n\n", "## More\n", "* one\n* two\n", "```\ncode\n```\n", "[x]: /y\n"}
	var early uint64
	for n := 1; n <= 10_000; n++ {
		from := at[random.IntN(len(at))] + random.IntN(40)
		insert := words[0]
		if n%20 == 0 {
			insert = words[random.IntN(len(words))]
		}
		// Each insertion is taken back, so that the post stays as long as it is.
		if _, err := s.Edit(n, []Change{{Span{from, from}, insert}}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Edit(n, []Change{{Span{from, from + len(insert)}, ""}}); err != nil {
			t.Fatal(err)
		}
		if n == 100 {
			early = inUse()
		}
	}
	late := inUse()
	runtime.KeepAlive(s)
	t.Logf("%.2f MB after 100 edits, %.2f MB after 10,000: %.3f times", float64(early)/1e6, float64(late)/1e6, float64(late)/float64(early))
	if float64(late) > 1.1*float64(early) {
		t.Error("memory grows with edits")
	}
}
