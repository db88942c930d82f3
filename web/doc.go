// Package web holds the browser's side of Galley: the editor, in TypeScript,
// and what cmd/bundle makes of it and of the WebAssembly module. Go code here
// only embeds the result.
package web
