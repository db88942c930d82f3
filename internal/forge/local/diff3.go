package local

import (
	"bytes"
	"context"
	"errors"
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
	numbers := map[string]int{}
	toA, err := matches(ctx, number(numbers, o), number(numbers, a))
	if err != nil {
		return nil, err
	}
	toB, err := matches(ctx, number(numbers, o), number(numbers, b))
	if err != nil {
		return nil, err
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

// number writes lines as numbers, the same for the same line.
func number(numbers map[string]int, list [][]byte) []int {
	ids := make([]int, len(list))
	for i, line := range list {
		n, ok := numbers[string(line)]
		if !ok {
			n = len(numbers)
			numbers[string(line)] = n
		}
		ids[i] = n
	}
	return ids
}

// matches gives for each line of a the line of b that it corresponds to, in
// order; -1 for none. It is Myers' algorithm, whose work grows with the number
// of lines that differ: beyond maxEdits of them it is errCollision.
func matches(ctx context.Context, a, b []int) ([]int, error) {
	to := make([]int, len(a))
	for i := range to {
		to[i] = -1
	}
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		to[head] = head
		head++
	}
	n, m := len(a), len(b)
	for n > head && m > head && a[n-1] == b[m-1] {
		n, m = n-1, m-1
		to[n] = m
	}
	x, y := a[head:n], b[head:m]
	// reach[d][k+d] is how far into x one gets on the diagonal k with d edits.
	var reach [][]int32
	for d := 0; ; d++ {
		if d > maxEdits {
			return nil, errCollision
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		row := make([]int32, 2*d+1)
		reach = append(reach, row)
		for k := -d; k <= d; k += 2 {
			i := 0
			if d > 0 {
				i = from(reach[d-1], d-1, k)
			}
			j := i - k
			for i < len(x) && j < len(y) && j >= 0 && x[i] == y[j] {
				i, j = i+1, j+1
			}
			row[k+d] = int32(i)
			if i >= len(x) && j >= len(y) {
				trace(reach, len(x), len(y), func(i, j int) { to[head+i] = head + j })
				return to, nil
			}
		}
	}
}

// from is where an edit more begins on the diagonal k: after an insertion from
// the diagonal above, or a deletion from the one below, whichever is further.
func from(row []int32, d, k int) int {
	down, right := -1, -1
	if k+1 <= d {
		down = int(row[k+1+d])
	}
	if k-1 >= -d {
		right = int(row[k-1+d]) + 1
	}
	return max(down, right)
}

// trace walks back from the end and tells of each pair of lines.
func trace(reach [][]int32, i, j int, pair func(i, j int)) {
	for d := len(reach) - 1; d >= 0; d-- {
		begin := 0
		if d > 0 {
			begin = from(reach[d-1], d-1, i-j)
		}
		for i > begin {
			i, j = i-1, j-1
			pair(i, j)
		}
		if d == 0 {
			return
		}
		if k := i - j; k+1 <= d-1 && int(reach[d-1][k+1+d-1]) == i {
			j-- // an insertion
		} else {
			i-- // a deletion
		}
	}
}
