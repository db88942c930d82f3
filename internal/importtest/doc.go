// Package importtest holds the rules of docs/architecture.md about packages as
// tests: which may import which, what may be linked into WebAssembly, and that
// each says what it is for. The files that the documents name are looked for
// as well, and the shapes and addresses by which browser and server speak are
// held against each other.
package importtest
