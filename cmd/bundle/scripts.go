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

// What is loaded by itself. The app's script is split where it imports
// something only when it is needed. The worker and the frame are entries
// because esbuild does not follow addresses given to Worker, and because
// neither shares a global scope with the page; each stays one file.
var (
	appEntries   = []string{"src/main.ts", "src/app.css"}
	aloneEntries = []string{"src/worker/worker.ts", "src/frame/frame.ts", "src/audit/audit.ts", "src/spelling/en-us.ts", "src/spelling/en-gb.ts"}
)

// whereWanted are those that the service worker does not get beforehand: the frame's
// stands in a document, and the others are got where somebody wants them.
var whereWanted = []string{"frame.js", "audit.js", "en-us.js", "en-gb.js"}

// bootEntry goes into the page itself.
const bootEntry = "src/start/boot.ts"

// aliases are modules that are taken from elsewhere. HTML within Markdown is
// coloured without the grammars of JavaScript and CSS within that, which would be a
// fifth of the editor's script.
func aliases() map[string]string {
	return map[string]string{"@codemirror/lang-html": mustAbs(filepath.Join(src, "src", "editor", "html.ts"))}
}

// glue brings the script that runs a Go module, from the toolchain that compiles
// it. It is not an alias: esbuild makes the way to a file a part of its bundle's
// name, and so two checkouts of one commit would make two.
func glue() (api.Plugin, error) {
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return api.Plugin{}, fmt.Errorf("asking go for its root: %w", err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(goroot)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return api.Plugin{}, err
	}
	text := string(data)
	return api.Plugin{Name: "glue", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: `^wasm_exec$`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			return api.OnResolveResult{Path: args.Path, Namespace: "go"}, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: "go"}, func(api.OnLoadArgs) (api.OnLoadResult, error) {
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, nil
		})
	}}, nil
}

// buildScripts bundles the entries, and notes the parts that the app's script
// is split into, under names of their own.
func buildScripts(manifest map[string]string) error {
	goGlue, err := glue()
	if err != nil {
		return err
	}
	options := api.BuildOptions{
		AbsWorkingDir:     mustAbs(src),
		EntryPoints:       appEntries,
		EntryNames:        "[name]-[hash]",
		ChunkNames:        "[name]-[hash]",
		Outdir:            mustAbs(dist),
		Bundle:            true,
		Splitting:         true,
		Write:             true,
		Metafile:          true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Format:            api.FormatESModule,
		Target:            api.ES2022,
		JSX:               api.JSXAutomatic,
		JSXImportSource:   "preact",
		Alias:             aliases(),
		Loader:            map[string]api.Loader{".aff": api.LoaderText, ".dic": api.LoaderText}, // dictionaries
		Plugins:           []api.Plugin{goGlue},
		LegalComments:     api.LegalCommentsEndOfFile,
		LogLevel:          api.LogLevelSilent,
	}
	app, err := bundle(options)
	if err != nil {
		return err
	}
	options.EntryPoints, options.Splitting = aloneEntries, false
	alone, err := bundle(options)
	if err != nil {
		return err
	}
	now := map[string]bool{}
	for _, out := range app {
		if out.EntryPoint != appEntries[0] {
			continue
		}
		for _, part := range out.Imports {
			now[filepath.Base(part.Path)] = now[filepath.Base(part.Path)] || part.Kind == "import-statement"
		}
	}
	for _, outputs := range []map[string]output{app, alone} {
		for path, out := range outputs {
			file := filepath.Base(path)
			name, isEntry := strings.CutSuffix(filepath.Base(out.EntryPoint), ".ts")
			switch {
			case isEntry:
				manifest[name+".js"] = file
			case filepath.Ext(out.EntryPoint) == ".css":
				manifest[name] = file
			case now[file]:
				manifest[nowName+file] = file
			default:
				manifest[laterName+file] = file
			}
		}
	}
	return nil
}

// What the names of the app's parts begin with: of those that it cannot run
// without, and of those that it imports later.
const nowName, laterName = "now/", "later/"

// output is what esbuild tells of a file that it wrote.
type output struct {
	EntryPoint string `json:"entryPoint"`
	Imports    []struct {
		Path string `json:"path"`
		Kind string `json:"kind"`
	} `json:"imports"`
}

// bundle runs esbuild, and answers what it wrote, by path.
func bundle(options api.BuildOptions) (map[string]output, error) {
	result := api.Build(options)
	if len(result.Errors) > 0 {
		return nil, errors.New(strings.Join(api.FormatMessages(result.Errors, api.FormatMessagesOptions{}), "\n"))
	}
	for _, line := range api.FormatMessages(result.Warnings, api.FormatMessagesOptions{Kind: api.WarningMessage}) {
		fmt.Fprintln(os.Stderr, line)
	}
	var meta struct {
		Outputs map[string]output `json:"outputs"`
	}
	if err := json.Unmarshal([]byte(result.Metafile), &meta); err != nil {
		return nil, fmt.Errorf("reading esbuild's metafile: %w", err)
	}
	return meta.Outputs, nil
}

// bootScript bundles what goes into the page itself.
func bootScript() ([]byte, error) {
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:     mustAbs(src),
		EntryPoints:       []string{bootEntry},
		Bundle:            true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Format:            api.FormatIIFE,
		Target:            api.ES2022,
		LegalComments:     api.LegalCommentsNone,
		LogLevel:          api.LogLevelSilent,
	})
	if len(result.Errors) > 0 {
		return nil, errors.New(strings.Join(api.FormatMessages(result.Errors, api.FormatMessagesOptions{}), "\n"))
	}
	return result.OutputFiles[0].Contents, nil
}

func mustAbs(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		panic(err) // only when the working folder is gone
	}
	return abs
}
