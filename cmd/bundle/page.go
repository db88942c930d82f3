package main

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// placeholder is a name in index.html that stands for an address: {{main.js}};
// {{assets}} stands for all of them as JSON, {{parts}} for links to the parts
// of main.js that it cannot run without, {{boot.js}} for that script itself.
var placeholder = regexp.MustCompile(`\{\{([a-z_.]+)\}\}`)

// buildPage fills the addresses of the others into index.html, so that page,
// worker and module are always of one version.
func buildPage(manifest map[string]string) error {
	page, err := os.ReadFile(filepath.Join(src, "index.html"))
	if err != nil {
		return err
	}
	boot, err := bootScript()
	if err != nil {
		return err
	}
	if strings.Contains(string(boot), "</script") || strings.Contains(string(boot), "<!--") {
		return fmt.Errorf("%s cannot stand in a page: it has an end of a script in it", bootEntry)
	}
	addresses := map[string]string{}
	parts := ""
	for _, name := range slices.Sorted(maps.Keys(manifest)) {
		address := prefix + manifest[name]
		switch {
		case strings.HasPrefix(name, nowName):
			parts += fmt.Sprintf("<link rel=\"modulepreload\" href=\"%s\">\n", html.EscapeString(address))
		case !strings.HasPrefix(name, laterName):
			addresses[name] = address
		}
	}
	all, err := json.Marshal(addresses)
	if err != nil {
		return err
	}
	filled := map[string]string{
		"assets":  html.EscapeString(string(all)),
		"parts":   strings.TrimSuffix(parts, "\n"),
		"boot.js": strings.TrimSpace(string(boot)),
	}
	for name, address := range addresses {
		filled[name] = html.EscapeString(address)
	}
	var missing string
	page = placeholder.ReplaceAllFunc(page, func(m []byte) []byte {
		name := string(m[2 : len(m)-2])
		text, ok := filled[name]
		if !ok {
			missing = name
		}
		return []byte(text)
	})
	if missing != "" {
		return fmt.Errorf("index.html asks for {{%s}}, which is not built", missing)
	}
	manifest["index.html"] = hashed("index", ".html", page)
	return os.WriteFile(filepath.Join(dist, manifest["index.html"]), page, 0o666)
}
