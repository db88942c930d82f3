package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A slim module does what the whole one did, and tells of a crash by the
// functions' names.
func TestSlim(t *testing.T) {
	whole, err := compileWASM("./testdata/walks", filepath.Join(t.TempDir(), "walks.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	small, err := slim(whole)
	if err != nil {
		t.Fatalf("%v; since this version of Go, the module is sent whole", err)
	}
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("there is no node to run WebAssembly with")
	}
	said, _ := runWASM(t, whole)
	got, trace := runWASM(t, small)
	if got != said || !strings.Contains(said, "goroutines") {
		t.Errorf("the whole module said:\n%s\nthe slim one:\n%s", said, got)
	}
	if !strings.Contains(trace, "the end") || !strings.Contains(trace, "main.crash") || strings.Contains(trace, "main.go:") {
		t.Errorf("a crash looks like this:\n%s", trace)
	}
}

// runWASM runs a module in Node, and gives both of its outputs.
func runWASM(t *testing.T, module []byte) (stdout, stderr string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "module.wasm")
	if err := os.WriteFile(file, module, 0o666); err != nil {
		t.Fatal(err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "go_js_wasm_exec"), file)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err == nil {
		t.Error("it ended without the panic")
	}
	return out.String(), errs.String()
}

// What is no module of Go's is left alone, with a reason, however it is broken.
func TestSlimOther(t *testing.T) {
	whole, err := compileWASM("./testdata/walks", filepath.Join(t.TempDir(), "walks.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	broken := map[string][]byte{
		"nothing":       nil,
		"text":          []byte("not a module"),
		"no sections":   []byte(wasmMagic),
		"no data":       []byte(wasmMagic + "\x01\x01\x00"),
		"cut off":       whole[:len(whole)-1000],
		"another magic": bytes.ReplaceAll(whole, []byte(pcMagic), []byte("\xf0\xff\xff\xff\x00\x00\x01\x08")),
		"other data":    []byte(wasmMagic + "\x0b\x08\x01\x00\x41\x08\x0b\x02hi"),
		"passive data":  []byte(wasmMagic + "\x0b\x05\x01\x01\x02hi"),
	}
	for name, module := range broken {
		if out, err := slim(module); err == nil {
			t.Errorf("%s: no error, and %d bytes", name, len(out))
		}
	}
}

// The data that is written is the data that was read.
func TestData(t *testing.T) {
	memory := append(make([]byte, 1000), "some"...)
	memory = append(memory, make([]byte, gap-1)...)
	memory = append(memory, "words"...)
	memory = append(memory, make([]byte, 3*gap)...)
	memory = append(memory, 1)
	back, first, err := readData(writeData(memory, 1000))
	if err != nil || first != 1000 || !bytes.Equal(back, memory) {
		t.Errorf("%d, %v, %q", first, err, back)
	}
}

// A module is read without a panic, whatever it is.
func FuzzSlim(f *testing.F) {
	f.Add([]byte("\x01\x01\x00\x0b\x08\x01\x00\x41\x08\x0b\x02hi"))
	memory := append([]byte(pcMagic), make([]byte, 200)...)
	section := writeData(memory, 0)
	f.Add(append([]byte{dataSection, byte(len(section))}, section...))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = slim(append([]byte(wasmMagic), data...))
		_ = dropLines(append([]byte(nil), data...))
	})
}
