package local

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// errCollision: both sides changed the same or neighbouring lines differently.
var errCollision = errors.New("changes collide")

// maxLines bounds the work of a merge, and keeps lines within what a rune can
// number.
const maxLines = 100_000

// mergeLines joins two changes of a text by lines, as git merge-file does:
// where only one side differs from the base it is taken, where both differ in
// the same way it is taken once, and everything else, changes that touch
// without a common line between them included, is errCollision.
func mergeLines(base, ours, theirs []byte) ([]byte, error) {
	if isBinary(base) || isBinary(ours) || isBinary(theirs) {
		return nil, errCollision
	}
	o, a, b := lines(base), lines(ours), lines(theirs)
	if len(o)+len(a)+len(b) > maxLines {
		return nil, errCollision
	}
	numbers := map[string]rune{}
	toA := matches(number(numbers, o), number(numbers, a))
	toB := matches(number(numbers, o), number(numbers, b))

	var out bytes.Buffer
	var i, j, k int // positions in o, a, b
	for {
		// Lines that all three have.
		for i < len(o) && toA[i] == j && toB[i] == k {
			out.Write(o[i])
			i, j, k = i+1, j+1, k+1
		}
		if i == len(o) && j == len(a) && k == len(b) {
			return out.Bytes(), nil
		}
		// Up to the next such line, or the end.
		ni, nj, nk := i, len(a), len(b)
		for ni < len(o) && (toA[ni] < 0 || toB[ni] < 0) {
			ni++
		}
		if ni < len(o) {
			nj, nk = toA[ni], toB[ni]
		}
		co, ca, cb := concat(o[i:ni]), concat(a[j:nj]), concat(b[k:nk])
		switch {
		case bytes.Equal(ca, cb), bytes.Equal(cb, co):
			out.Write(ca)
		case bytes.Equal(ca, co):
			out.Write(cb)
		default:
			return nil, errCollision
		}
		i, j, k = ni, nj, nk
	}
}

// lines divides a text after each line break.
func lines(text []byte) [][]byte {
	if len(text) == 0 {
		return nil
	}
	list := bytes.SplitAfter(text, []byte("\n"))
	if len(list[len(list)-1]) == 0 {
		list = list[:len(list)-1]
	}
	return list
}

func concat(list [][]byte) []byte { return bytes.Join(list, nil) }

// number writes lines as runes, the same for the same line.
func number(numbers map[string]rune, list [][]byte) []rune {
	runes := make([]rune, len(list))
	for i, line := range list {
		n, ok := numbers[string(line)]
		if !ok {
			n = rune(len(numbers) + 1)
			if n >= 0xD800 { // the surrogates are no characters
				n += 0x800
			}
			if n >= utf8.RuneError {
				n++
			}
			numbers[string(line)] = n
		}
		runes[i] = n
	}
	return runes
}

// matches gives for each line of a the line of b that it corresponds to, in
// order; -1 for none.
func matches(a, b []rune) []int {
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0 // the answer may not depend on how busy the machine is
	to := make([]int, len(a))
	i, j := 0, 0
	for _, d := range dmp.DiffMainRunes(a, b, false) {
		n := utf8.RuneCountInString(d.Text)
		switch d.Type {
		case diffmatchpatch.DiffEqual:
			for range n {
				to[i] = j
				i, j = i+1, j+1
			}
		case diffmatchpatch.DiffDelete:
			for range n {
				to[i] = -1
				i++
			}
		case diffmatchpatch.DiffInsert:
			j += n
		}
	}
	return to
}
