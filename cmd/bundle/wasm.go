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

// compileWASM builds a package to a file and gives what is in it.
func compileWASM(pkg, out string) ([]byte, error) {
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, pkg)
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
