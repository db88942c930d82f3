package local

import (
	"bytes"
	"context"
	"errors"

	"galley/internal/linediff"
)

// errCollision: both sides changed the same or neighbouring lines differently.
var errCollision = errors.New("changes collide")

// maxLines and maxEdits bound the work of a merge: lines of the three texts
// together, and lines that one side adds and takes away. Texts beyond them are
// for a person to join.
const (
	maxLines = 100_000
	maxEdits = 1500
)

// mergeLines joins two changes of a text by lines, as git merge-file does:
// where only one side differs from the base it is taken, where both differ in
// the same way it is taken once, and everything else, changes that touch
// without a common line between them included, is errCollision.
func mergeLines(ctx context.Context, base, ours, theirs []byte) ([]byte, error) {
	if isBinary(base) || isBinary(ours) || isBinary(theirs) {
		return nil, errCollision
	}
	o, a, b := lines(base), lines(ours), lines(theirs)
	if len(o)+len(a)+len(b) > maxLines {
		return nil, errCollision
	}
	toA, err := linediff.Match(ctx, texts(o), texts(a), maxEdits)
	if err != nil {
		return nil, collision(err)
	}
	toB, err := linediff.Match(ctx, texts(o), texts(b), maxEdits)
	if err != nil {
		return nil, collision(err)
	}

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

func texts(list [][]byte) []string {
	out := make([]string, len(list))
	for i, line := range list {
		out[i] = string(line)
	}
	return out
}

// collision is what texts that have too little in common are for a merge.
func collision(err error) error {
	if errors.Is(err, linediff.ErrTooDifferent) {
		return errCollision
	}
	return err
}
