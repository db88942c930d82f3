package liquid

import (
	"math/bits"
)

// MergeSort sorts as the C library's qsort does, which is what Ruby's sort
// comes down to: where the order that is asked for contradicts itself, the
// result is the same too. Equal elements keep their order.
func MergeSort[T any](list []T, order func(a, b T) int) {
	if len(list) > 1 {
		mergeSort(list, make([]T, len(list)), order)
	}
}

// SpendSort counts the work of sorting so many elements.
func (c *Context) SpendSort(n int) error { return c.Spend(n * bits.Len(uint(n)) / 4) }

func mergeSort[T any](list, space []T, order func(a, b T) int) {
	if len(list) <= 1 {
		return
	}
	half := len(list) / 2
	mergeSort(list[:half], space, order)
	mergeSort(list[half:], space, order)
	copy(space, list[:half])
	left, right, n := space[:half], list[half:], 0
	for ; len(left) > 0 && len(right) > 0; n++ {
		if order(left[0], right[0]) <= 0 {
			list[n], left = left[0], left[1:]
		} else {
			list[n], right = right[0], right[1:]
		}
	}
	copy(list[n:], left)
}
