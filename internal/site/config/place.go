package config

import (
	"io/fs"
	"regexp"

	"galley/internal/diag"
)

// MaxFile is how large a YAML file of a site may be, in bytes.
const MaxFile = 1 << 20

// keyRange is the range of a top-level key's line.
func keyRange(src []byte, key string) diag.Range {
	at := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(key) + `[ \t]*:[^\n]*`).FindIndex(src)
	if at == nil {
		return diag.Range{}
	}
	return diag.Range{Start: at[0], End: at[1]}
}

// nestedKeyRange is the range of a key's line in a section; the section's where
// the key is not on a line of its own.
func nestedKeyRange(src []byte, section, key string) diag.Range {
	r := keyRange(src, section)
	at := regexp.MustCompile(`(?m)^[ \t]+(` + regexp.QuoteMeta(key) + `[ \t]*:[^\n]*)`).FindSubmatchIndex(src[r.End:])
	if at == nil {
		return r
	}
	return diag.Range{Start: r.End + at[2], End: r.End + at[3]}
}

// Place is where a setting stands in _config.yml.
func Place(files fs.FS, key string) diag.Range {
	src, _ := fs.ReadFile(files, File)
	return keyRange(src, key)
}
