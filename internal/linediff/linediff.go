// Package linediff finds the lines that two texts have in common, which is what
// comparing and merging texts begins with.
//
// It is Myers' algorithm ("An O(ND) Difference Algorithm and Its Variations",
// 1986) with a bound: its work grows with the number of lines that differ, and
// texts of people have few of them. Whoever asks says how many are too many,
// and what is to be done then.
package linediff

import (
	"context"
	"errors"
)

// ErrTooDifferent: the two have more differences than were asked for.
var ErrTooDifferent = errors.New("linediff: too many differences")

// Match gives for each line of a the index of the line of b that it corresponds
// to, in order; -1 for none. A line is anything that can be compared. With more
// than maxEdits lines to add and take away it is ErrTooDifferent. It ends with
// the context's error when that ends.
func Match[T comparable](ctx context.Context, a, b []T, maxEdits int) ([]int, error) {
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
	x, y := number(a[head:n], b[head:m])
	// reach[d][k+d] is how far into x one gets on the diagonal k with d edits.
	var reach [][]int32
	for d := 0; ; d++ {
		if d > maxEdits {
			return nil, ErrTooDifferent
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

// number writes lines as numbers, the same for the same line, so that each pair
// is compared fast.
func number[T comparable](a, b []T) (x, y []int32) {
	numbers := map[T]int32{}
	write := func(list []T) []int32 {
		ids := make([]int32, len(list))
		for i, line := range list {
			n, ok := numbers[line]
			if !ok {
				n = int32(len(numbers))
				numbers[line] = n
			}
			ids[i] = n
		}
		return ids
	}
	return write(a), write(b)
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
