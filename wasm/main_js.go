// The renderer, as WebAssembly for a browser's worker: request bytes in, answer
// bytes out, as docs/protocol.md tells. All that it can do is package preview's.
//
// JavaScript writes a request where reserve says, and calls handle
// (web/src/renderer.ts). Nothing but numbers crosses the border, since looking
// at JavaScript's values from Go takes longer than rendering a letter does.
package main

import (
	"runtime"
	"time"
	"unsafe"

	"galley/internal/preview"
	"galley/templates"
)

// shared is what the exported functions work on: they are functions of the
// package, and JavaScript keeps no more than addresses in it.
var shared struct {
	session *preview.Session
	request []byte
	answer  []byte
	span    [2]uint32 // address and length of the answer
}

func main() {
	shared.session = preview.New(preview.Options{BuiltIn: templates.FS(), Clock: time.Now})
	select {} // the functions are called from now on; returning would end the instance
}

// reserve gives the address at which a request of up to size bytes is to be
// written. It holds until it is called again.
//
//go:wasmexport reserve
func reserve(size int32) unsafe.Pointer {
	shared.request = make([]byte, size)
	return unsafe.Pointer(unsafe.SliceData(shared.request))
}

// handle answers the request of size bytes that was written, and gives the
// address of two numbers: where the answer is, and how many bytes it has. It is
// there until the next call.
//
//go:wasmexport handle
func handle(size int32) unsafe.Pointer {
	shared.answer = shared.session.Handle(shared.request[:size])
	shared.span = [2]uint32{uint32(uintptr(unsafe.Pointer(unsafe.SliceData(shared.answer)))), uint32(len(shared.answer))}
	return unsafe.Pointer(&shared.span)
}

// rest collects garbage, so that it need not be done while somebody types.
//
//go:wasmexport rest
func rest() { runtime.GC() }
