package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// english is the language that the code has its words in.
const english = "en"

// catalogue is Galley's words in another language.
type catalogue struct {
	// words are by the English ones; a plural has an object of forms.
	words map[string]any
	// element is the catalogue as it stands in the page, where web/src/base/words.ts
	// reads it; empty for English.
	element string
}

// say is a sentence in the language; the English one where the catalogue lacks it.
func (c catalogue) say(sentence string) string {
	if words, ok := c.words[sentence].(string); ok {
		return words
	}
	return sentence
}

// readCatalogues reads web/words: a file for each language, named after its code.
func readCatalogues() (map[string]catalogue, error) {
	files, err := filepath.Glob(filepath.Join(src, "words", "*.json"))
	if err != nil {
		return nil, err
	}
	catalogues := map[string]catalogue{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var c catalogue
		if err := json.Unmarshal(data, &c.words); err != nil {
			return nil, fmt.Errorf("reading %s: %w", file, err)
		}
		// Without a "<", so that nothing in it ends the element.
		table, err := json.Marshal(c.words)
		if err != nil {
			return nil, err
		}
		c.element = `<script type="application/json" id="words">` + string(table) + "</script>"
		catalogues[strings.TrimSuffix(filepath.Base(file), ".json")] = c
	}
	return catalogues, nil
}
