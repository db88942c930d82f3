package liquid

import "unsafe"

// trigrams knows, of the text that was searched last, which runs of three bytes
// it has. Layouts that compress a page search it a hundred times for what it
// mostly has not, and the text stays the same between two finds.
type trigrams struct {
	text  string
	known bool     // in has is what text has
	has   []uint64 // a bit for each trigram
}

// holds says that text is the one that was searched last. What is equal but
// elsewhere in memory counts as another.
func (t *trigrams) holds(text string) bool {
	return len(text) == len(t.text) && unsafe.StringData(text) == unsafe.StringData(t.text)
}

// lack says that what is surely not in text. That it does not say so means
// nothing. It looks at a text when it is asked about it for the second time.
func (t *trigrams) lack(text, what string) bool {
	const short = 256 // bytes; searching such a text is cheaper
	if len(what) < 3 || len(text) < short {
		return false
	}
	if !t.holds(text) {
		t.text, t.known = text, false
		return false
	}
	if !t.known {
		t.known = true
		if t.has == nil {
			t.has = make([]uint64, 1<<10)
		}
		clear(t.has)
		t.add(text)
	}
	for i := range len(what) - 2 {
		if at := trigram(what, i); t.has[at>>6]&(1<<(at&63)) == 0 {
			return true
		}
	}
	return false
}

// follow makes t know a text that was made of the one it knows: with stands in
// it at each of some places instead of something else. What is no longer in the
// text it still takes to be there.
func (t *trigrams) follow(text, with string, places []int) {
	for _, place := range places {
		t.add(text[max(place-2, 0):min(place+len(with)+2, len(text))])
	}
	t.text = text
}

// add takes in the trigrams of a text.
func (t *trigrams) add(text string) {
	for i := range len(text) - 2 {
		at := trigram(text, i)
		t.has[at>>6] |= 1 << (at & 63)
	}
}

// trigram is a number below 1<<16 for the three bytes at i.
func trigram(s string, i int) uint32 {
	n := uint32(s[i]) | uint32(s[i+1])<<8 | uint32(s[i+2])<<16
	return n * 0x9E3779B1 >> 16
}
