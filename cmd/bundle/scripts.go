package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// entries are the scripts and style sheets that are loaded by themselves. The
// worker and the frame are entries because esbuild does not follow addresses
// given to Worker, and because neither shares a global scope with the page.
var entries = []string{"src/main.ts", "src/worker.ts", "src/frame.ts", "src/app.css"}

// buildScripts bundles the entries. The glue that runs a Go module,
// wasm_exec.js, is taken from the toolchain that compiles it, under the import
// path "wasm_exec".
func buildScripts(manifest map[string]string) error {
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return fmt.Errorf("asking go for its root: %w", err)
	}
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:     mustAbs(src),
		EntryPoints:       entries,
		EntryNames:        "[name]-[hash]",
		Outdir:            mustAbs(dist),
		Bundle:            true,
		Write:             true,
		Metafile:          true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Format:            api.FormatESModule,
		Target:            api.ES2022,
		JSX:               api.JSXAutomatic,
		JSXImportSource:   "preact",
		Alias:             map[string]string{"wasm_exec": filepath.Join(strings.TrimSpace(string(goroot)), "lib", "wasm", "wasm_exec.js")},
		LegalComments:     api.LegalCommentsEndOfFile,
		LogLevel:          api.LogLevelSilent,
	})
	if len(result.Errors) > 0 {
		return errors.New(strings.Join(api.FormatMessages(result.Errors, api.FormatMessagesOptions{}), "\n"))
	}
	for _, line := range api.FormatMessages(result.Warnings, api.FormatMessagesOptions{Kind: api.WarningMessage}) {
		fmt.Fprintln(os.Stderr, line)
	}
	var meta struct {
		Outputs map[string]struct {
			EntryPoint string `json:"entryPoint"`
		} `json:"outputs"`
	}
	if err := json.Unmarshal([]byte(result.Metafile), &meta); err != nil {
		return fmt.Errorf("reading esbuild's metafile: %w", err)
	}
	for output, info := range meta.Outputs {
		if info.EntryPoint == "" {
			continue
		}
		name := filepath.Base(strings.TrimSuffix(info.EntryPoint, ".ts"))
		if strings.HasSuffix(info.EntryPoint, ".ts") {
			name += ".js"
		}
		manifest[name] = filepath.Base(output)
	}
	return nil
}

func mustAbs(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		panic(err) // only when the working folder is gone
	}
	return abs
}
