// Package libsass compiles Sass with libsass, the compiler of Jekyll up to 4.3
// (as sassc) and of GitHub Pages, so that CSS and source maps are theirs byte
// for byte.
//
// What was measured before it was chosen, for a sheet of 300 rules made by a
// mixin, on one core of a server (each ready to compile, then compiling):
//
//	libsass through cgo (bep/golibsass)        0 ms,    5 ms, the same bytes
//	Dart Sass in JavaScript (npm sass, goja)   900 ms,  1400 ms, other bytes
//	libsass in asm.js (npm sass.js, V8)        230 ms,  100 ms, of 2019
//
// Dart Sass writes neither of the styles that Jekyll uses by default (compact,
// nested), rounds otherwise and has other source maps. Compilers in Go alone or
// in WebAssembly that write what libsass writes were not to be had. So Galley is
// built with a C++ compiler where style sheets are to be compiled; without one
// (CGO_ENABLED=0) all else works, and a sheet is answered with [ErrMissing].
//
// libsass is C++ that was not made for hostile input, and it cannot be stopped.
// So a [Process] runs it in child processes: the program itself, called with an
// argument upon which it calls [Child]. A child works in an empty folder with the
// sheet's sources, and has an empty environment, ten seconds for a sheet and bounded
// memory; if it crashes, a sentence says so. Where sheets are of several branches, each
// has a child of its own.
package libsass
