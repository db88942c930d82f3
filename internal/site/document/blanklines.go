package document

import "bytes"

// WithoutBlankLines takes the blank lines off a text's beginning, as Jekyll
// takes them with the front matter.
func WithoutBlankLines(text []byte) []byte {
	for {
		line, rest, found := bytes.Cut(text, []byte("\n"))
		if !found || len(bytes.TrimSpace(line)) > 0 {
			return text
		}
		text = rest
	}
}
