// The renderer, as WebAssembly for a browser's worker. It puts one function,
// galley, on the global scope: request bytes in, answer bytes out, both JSON
// as docs/protocol.md tells. All that it can do is package preview's.
//
// This is the only file that imports syscall/js.
package main

import (
	"syscall/js"
	"time"

	"galley/internal/preview"
	"galley/templates"
)

func main() {
	session := preview.New(preview.Options{BuiltIn: templates.FS(), Clock: time.Now})
	array := js.Global().Get("Uint8Array")
	js.Global().Set("galley", js.FuncOf(func(_ js.Value, args []js.Value) any {
		request := make([]byte, args[0].Length())
		js.CopyBytesToGo(request, args[0])
		answer := session.Handle(request)
		bytes := array.New(len(answer))
		js.CopyBytesToJS(bytes, answer)
		return bytes
	}))
	select {} // the function is called from now on; returning would end the instance
}
