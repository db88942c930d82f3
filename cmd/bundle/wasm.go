package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// buildWASM compiles ./wasm without symbols and paths, and names it by content.
func buildWASM(manifest map[string]string) error {
	tmp, err := os.MkdirTemp("", "galley-wasm")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	out := filepath.Join(tmp, "galley.wasm")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, "./wasm")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("compiling ./wasm: %w", err)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		return err
	}
	manifest["galley.wasm"] = hashed("galley", ".wasm", data)
	return os.WriteFile(filepath.Join(dist, manifest["galley.wasm"]), data, 0o666)
}

// hashed names a file by its content, as esbuild names the others.
func hashed(base, ext string, data []byte) string {
	sum := sha256.Sum256(data)
	return base + "-" + hex.EncodeToString(sum[:5]) + ext
}
