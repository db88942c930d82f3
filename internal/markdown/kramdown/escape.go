package kramdown

import "strings"

// referenceEnd returns the end of an entity at i, or -1.
func referenceEnd(s string, i int) int {
	j := i + 1
	switch {
	case at(s, j) == '#' && at(s, j+1) == 'x':
		j += 2
		from := j
		for c := at(s, j); isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f'; c = at(s, j) {
			j++
		}
		if j == from {
			return -1
		}
	case at(s, j) == '#':
		j++
		from := j
		for isDigit(at(s, j)) {
			j++
		}
		if j == from {
			return -1
		}
	default:
		from := j
		for c := at(s, j); isWord(c) || c == ':' || j > from && (c == '-' || c == '.'); c = at(s, j) {
			j++
		}
		if j == from {
			return -1
		}
	}
	if at(s, j) != ';' {
		return -1
	}
	return j + 1
}

// text writes text in which entities stay.
func (w *writer) text(s string) { w.escape(s, false, true) }

// code writes text as it is.
func (w *writer) code(s string) { w.escape(s, false, false) }

func (w *writer) escape(s string, quotes, entities bool) {
	from := 0
	for i := 0; i < len(s); i++ {
		var with string
		switch s[i] {
		case '<':
			with = "&lt;"
		case '>':
			with = "&gt;"
		case '"':
			if !quotes {
				continue
			}
			with = "&quot;"
		case '&':
			if entities {
				if end := referenceEnd(s, i); end >= 0 {
					i = end - 1
					continue
				}
			}
			with = "&amp;"
		default:
			continue
		}
		w.out = append(w.out, s[from:i]...)
		w.out = append(w.out, with...)
		from = i + 1
	}
	w.out = append(w.out, s[from:]...)
}

// attributes writes the attributes of a tag.
func (w *writer) attributes(attr attributes) {
	for _, a := range attr {
		if a.key == "id" && strings.Trim(a.value, " \t\n\v\f\r\x00") == "" {
			continue
		}
		w.out = append(w.out, ' ')
		w.out = append(w.out, a.key...)
		w.out = append(w.out, '=', '"')
		w.escape(a.value, true, true)
		w.out = append(w.out, '"')
	}
}
