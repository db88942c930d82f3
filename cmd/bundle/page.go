package main

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"os"
	"path/filepath"
	"regexp"
)

// placeholder is a name in index.html that stands for an address: {{main.js}},
// or {{assets}} for all of them as JSON.
var placeholder = regexp.MustCompile(`\{\{([a-z_.]+)\}\}`)

// buildPage fills the addresses of the others into index.html, so that page,
// worker and module are always of one version.
func buildPage(manifest map[string]string) error {
	page, err := os.ReadFile(filepath.Join(src, "index.html"))
	if err != nil {
		return err
	}
	addresses := map[string]string{}
	for name, file := range maps.All(manifest) {
		addresses[name] = prefix + file
	}
	all, err := json.Marshal(addresses)
	if err != nil {
		return err
	}
	addresses["assets"] = string(all)
	var missing string
	page = placeholder.ReplaceAllFunc(page, func(m []byte) []byte {
		name := string(m[2 : len(m)-2])
		address, ok := addresses[name]
		if !ok {
			missing = name
		}
		return []byte(html.EscapeString(address))
	})
	if missing != "" {
		return fmt.Errorf("index.html asks for {{%s}}, which is not built", missing)
	}
	manifest["index.html"] = hashed("index", ".html", page)
	return os.WriteFile(filepath.Join(dist, manifest["index.html"]), page, 0o666)
}
