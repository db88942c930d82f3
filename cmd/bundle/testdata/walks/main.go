// Walks makes the runtime walk its stack in every way that there is: to copy
// it, to collect garbage, to run deferred calls, to recover and to tell where
// it is. It prints what came of it, and ends with a panic.
package main

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

type node struct {
	next  *node
	bytes []byte
}

// deep holds pointers on a stack that grows while garbage is collected.
func deep(n int, above *node) int {
	mine := &node{next: above, bytes: make([]byte, 100)}
	mine.bytes[n%100] = byte(n)
	if n%1000 == 0 {
		runtime.GC()
	}
	if n == 0 {
		sum := 0
		for at := mine; at != nil; at = at.next {
			for _, b := range at.bytes {
				sum += int(b)
			}
		}
		return sum
	}
	sum := deep(n-1, mine)
	if mine.bytes[n%100] != byte(n) {
		panic("a value was lost")
	}
	return sum
}

// caught runs a function and tells what it panicked with.
func caught(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case error:
			err = r
		default:
			err = fmt.Errorf("%v", r)
		}
	}()
	defer func() { order = append(order, "deferred") }()
	for i := range 3 {
		defer func() { order = append(order, fmt.Sprint(i)) }()
	}
	f()
	return nil
}

// recovers is small enough to be compiled inline, as far as the compiler does
// that with what recovers.
func recovers(who string) {
	if r := recover(); r != nil {
		order = append(order, fmt.Sprint(who, " recovered ", r))
	}
}

// handed recovers: the deferred call needs a function around it for its
// argument, which does not count.
func handed() {
	defer recovers("handed")
	panic("one")
}

// nested does not: only what is deferred itself recovers.
func nested() {
	defer func() { recovers("nested") }()
	panic("two")
}

var order []string

//go:noinline
func crash() { panic(errors.New("the end")) }

func main() {
	fmt.Println("deep", deep(5000, nil))
	var none *node
	var empty []int
	var missing map[string]int
	fmt.Println(caught(func() { fmt.Println(none.next) }))
	fmt.Println(caught(func() { fmt.Println(empty[len(order)]) }))
	fmt.Println(caught(func() { missing["x"] = 1 }))
	fmt.Println(caught(func() { fmt.Println(any(order).(fmt.Stringer)) }))
	fmt.Println(caught(func() { fmt.Println(1 / len(empty)) }))
	fmt.Println(caught(func() { panic("text") }), caught(func() {}))
	fmt.Println(caught(handed), caught(nested))
	fmt.Println(order)
	done := make(chan int)
	for i := range 100 {
		go func() { done <- deep(i, nil) }()
	}
	sum := 0
	for range 100 {
		sum += <-done
	}
	fmt.Println("goroutines", sum)
	pc, _, _, _ := runtime.Caller(0)
	fmt.Println(runtime.FuncForPC(pc).Name(), strings.Contains(string(debug.Stack()), "main.main"))
	crash()
}
