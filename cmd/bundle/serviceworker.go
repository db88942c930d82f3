package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// serviceWorkerEntry is served at the root of the site, under one name for
// ever; what it keeps is of one version.
const serviceWorkerEntry = "src/offline/service-worker.ts"

// buildServiceWorker bundles the service worker with the list of what makes up
// this version: the page's name, the empty frame's address and the assets'.
func buildServiceWorker(manifest map[string]string) error {
	var assets []string
	for _, name := range slices.Sorted(maps.Keys(manifest)) {
		if !isPage(name) && !slices.Contains(whereWanted, name) {
			assets = append(assets, prefix+manifest[name])
		}
	}
	edition, err := json.Marshal(map[string]any{
		"page":   manifest["index.html"],
		"frame":  "/empty-frame?script=" + prefix + manifest["frame.js"],
		"assets": assets,
	})
	if err != nil {
		return err
	}
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:     mustAbs(src),
		EntryPoints:       []string{serviceWorkerEntry},
		Define:            map[string]string{"EDITION": string(edition)},
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
		return fmt.Errorf("%s", strings.Join(api.FormatMessages(result.Errors, api.FormatMessagesOptions{}), "\n"))
	}
	script := result.OutputFiles[0].Contents
	manifest["service-worker.js"] = hashed("service-worker", ".js", script)
	return os.WriteFile(filepath.Join(dist, manifest["service-worker.js"]), script, 0o666)
}
