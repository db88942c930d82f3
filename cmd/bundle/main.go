// Bundle builds what the browser is served, into web/dist: the renderer as
// WebAssembly, the editor's TypeScript through esbuild, the page, each under a
// name that holds a hash of its content, each compressed beforehand, and a
// manifest that maps the names in the code to the names that are served.
//
// It is run from the project's root, by the Makefile. Files that are there
// already under the same hash are kept, so that a second run is quick. With
// -best it compresses as hard as it can, which takes a minute. With -dev ADDRESS
// it serves the editor there, and builds what changes until it is interrupted;
// what follows are flags of `galley serve`.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

const (
	src  = "web"
	dist = "web/dist"
	// prefix is where the server serves the folder.
	prefix = "/app/"
)

func main() {
	best := flag.Bool("best", false, "compress as hard as possible, for a release")
	dev := flag.String("dev", "", "serve the editor at this address, and follow its sources")
	flag.Parse()
	if *dev != "" {
		if err := develop(*dev, flag.Args()); err != nil {
			fmt.Fprintln(os.Stderr, "bundle:", err)
			os.Exit(1)
		}
		return
	}
	quality := quickBrotli
	if *best {
		quality = bestBrotli
	}
	if err := run(quality); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

func run(quality int) error {
	if _, err := os.Stat("web/node_modules"); err != nil {
		return fmt.Errorf("web/node_modules is not there; run npm ci in web, or make build: %w", err)
	}
	if err := os.MkdirAll(dist, 0o777); err != nil {
		return err
	}
	manifest := map[string]string{}
	for _, step := range []struct {
		what string
		do   func(map[string]string) error
	}{
		{"Compiling the renderer to WebAssembly", buildWASM},
		{"Bundling the editor", buildScripts},
		{"Writing the page", buildPage},
		{"Bundling the service worker", buildServiceWorker},
		{"Compressing", func(m map[string]string) error { return compress(m, quality) }},
		{"Removing what is out of date", prune},
	} {
		fmt.Printf("  %s ... ", step.what)
		start := time.Now()
		if err := step.do(manifest); err != nil {
			fmt.Println()
			return err
		}
		fmt.Printf("%.1f s\n", time.Since(start).Seconds())
	}
	return writeManifest(manifest)
}

func writeManifest(manifest map[string]string) error {
	data, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dist, "manifest.json"), append(data, '\n'), 0o666)
}

// prune deletes what earlier runs left and this one does not name.
func prune(manifest map[string]string) error {
	keep := map[string]bool{".keep": true, effortName: true, "manifest.json": true}
	for _, name := range manifest {
		for _, ending := range append([]string{""}, endings...) {
			keep[name+ending] = true
		}
	}
	entries, err := os.ReadDir(dist)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !keep[e.Name()] {
			if err := os.RemoveAll(filepath.Join(dist, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}
