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
// of main.js that it cannot run without, {{boot.js}} for that script itself,
// {{language}} for the page's, {{languages}} for all, {{words}} for the language's
// catalogue, and what is quoted for itself in that language.
var placeholder = regexp.MustCompile(`\{\{([a-z_.]+|"[^"]+")\}\}`)

// buildPage fills the addresses of the others into index.html, so that page,
// worker and module are always of one version; once for each language. The name of
// the English one, which tells the version, changes when another language's does.
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
	catalogues, err := readCatalogues()
	if err != nil {
		return err
	}
	languages := append([]string{english}, slices.Sorted(maps.Keys(catalogues))...)
	filled := map[string]string{
		"assets":    html.EscapeString(string(all)),
		"parts":     strings.TrimSuffix(parts, "\n"),
		"boot.js":   strings.TrimSpace(string(boot)),
		"languages": strings.Join(languages, " "),
	}
	for name, address := range addresses {
		filled[name] = html.EscapeString(address)
	}
	pages := map[string][]byte{}
	version := []byte{}
	for _, language := range languages {
		filled["language"], filled["words"] = language, catalogues[language].element
		pages[language], err = fill(page, filled, catalogues[language])
		if err != nil {
			return err
		}
		version = append(version, pages[language]...)
	}
	for language, page := range pages {
		key, name := "index.html", hashed("index", ".html", version)
		if language != english {
			key, name = "index."+language+".html", hashed("index."+language, ".html", page)
		}
		manifest[key] = name
		if err := os.WriteFile(filepath.Join(dist, name), page, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// fill puts what they stand for in the place of the page's placeholders.
func fill(page []byte, filled map[string]string, words catalogue) ([]byte, error) {
	missing := ""
	page = placeholder.ReplaceAllFunc(page, func(m []byte) []byte {
		name := string(m[2 : len(m)-2])
		if sentence, ok := strings.CutPrefix(name, `"`); ok {
			return []byte(html.EscapeString(words.say(strings.TrimSuffix(sentence, `"`))))
		}
		text, ok := filled[name]
		if !ok {
			missing = name
		}
		return []byte(text)
	})
	if missing != "" {
		return nil, fmt.Errorf("index.html asks for {{%s}}, which is not built", missing)
	}
	return page, nil
}

// isPage tells whether a file of the manifest is the app's page, in some language.
func isPage(name string) bool {
	return strings.HasPrefix(name, "index.") && strings.HasSuffix(name, ".html")
}
