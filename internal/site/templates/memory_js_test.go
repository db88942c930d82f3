package templates

import (
	"html/template"
	"io"
	"reflect"
	"runtime"
	"testing"
)

// collecting collects garbage while one of its methods is called.
type collecting struct{}

func (*collecting) Collect() string {
	runtime.GC()
	return ""
}

// TestCodeAddresses calls a method out of a template while memory that was in
// use, and is free, has the address that the method's code has. In WebAssembly
// code is counted from 256 MB on, and package reflect keeps the code's address
// in the heap while it calls: the collector takes it for a pointer that nobody
// may have, and ends the program, unless GODEBUG says invalidptr=0, as it does
// here (Makefile) and in the browser (web/src/worker/worker.ts). See
// https://go.dev/issue/80472, which mended the same elsewhere.
func TestCodeAddresses(t *testing.T) {
	code := reflect.ValueOf((*collecting).Collect).Pointer()
	page := template.Must(template.New("page").Parse("{{range 10}}{{$.Collect}}{{end}}"))
	var used [][]byte
	for size := uintptr(0); size <= code+16<<20; size += 1 << 20 {
		used = append(used, make([]byte, 1<<20))
	}
	if last := uintptr(reflect.ValueOf(used[len(used)-1]).Pointer()); last < code {
		t.Fatalf("the memory in use ends at %#x, before the code at %#x", last, code)
	}
	used = nil
	runtime.GC()
	runtime.GC()
	if err := page.Execute(io.Discard, new(collecting)); err != nil {
		t.Fatal(err)
	}
}
