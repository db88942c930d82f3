package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// buildWASM compiles ./wasm without symbols, paths and lines, and names it by
// content.
func buildWASM(manifest map[string]string) error {
	tmp, err := os.MkdirTemp("", "galley-wasm")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	data, err := compileWASM("./wasm", filepath.Join(tmp, "galley.wasm"))
	if err != nil {
		return err
	}
	if small, err := slim(data); err != nil {
		fmt.Printf("(larger than it could be: %v) ", err)
	} else {
		data = small
	}
	manifest["galley.wasm"] = hashed("galley", ".wasm", data)
	return os.WriteFile(filepath.Join(dist, manifest["galley.wasm"]), data, 0o666)
}

// cold are packages that a letter in a plain text does not pass through: they
// read settings, definitions of languages and dates, and carry out templates,
// which a page waits for when it is opened and when its front matter changes.
// Functions in them are not put into their callers, which makes the module a
// sixteenth smaller as it is sent.
var cold = []string{
	"bufio", "compress/flate", "compress/gzip", "container/list", "context", "crypto/...", "embed", "encoding", "encoding/base64",
	"encoding/binary", "encoding/hex", "encoding/json", "encoding/xml", "fmt", "hash/crc32", "html/template", "internal/bisect",
	"internal/filepathlite", "internal/fmtsort", "internal/godebug", "internal/poll", "internal/sync", "io/fs", "log", "math/rand",
	"net/netip", "net/url", "os", "path/filepath", "regexp/syntax", "sort", "syscall", "text/template", "text/template/parse",
	"time", "unique", "weak",
	"github.com/alecthomas/chroma/v2", "github.com/dlclark/regexp2/v2/syntax", "go.yaml.in/yaml/v3",
	"galley/internal/bigint", "galley/internal/datafile", "galley/internal/liquid/...", "galley/internal/lru",
	"galley/internal/ordered", "galley/internal/percent", "galley/internal/rubytime", "galley/internal/sass",
	"galley/internal/site/...", "galley/internal/yaml", "galley/templates",
}

// compileWASM builds a package to a file and gives what is in it.
func compileWASM(pkg, out string) ([]byte, error) {
	args := []string{"build", "-trimpath", "-ldflags=-s -w"}
	for _, name := range cold {
		args = append(args, "-gcflags="+name+"=-l")
	}
	cmd := exec.Command("go", append(args, "-o", out, pkg)...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("compiling %s: %w", pkg, err)
	}
	return os.ReadFile(out)
}

// hashed names a file by its content, as esbuild names the others.
func hashed(base, ext string, data []byte) string {
	sum := sha256.Sum256(data)
	return base + "-" + hex.EncodeToString(sum[:5]) + ext
}
