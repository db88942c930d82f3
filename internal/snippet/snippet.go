// Package snippet reads which includes of a site its writers insert by filling in
// fields: the setting galley.snippets.
//
//	galley:
//	  snippets:
//	    - figure.html                # its fields are what the include asks for
//	    - name: Quotation
//	      include: quote.html
//	      fields:
//	        - {name: text, label: What was said, long: true}
//	        - by
//
//	include   the file below _includes
//	name      what it is called; the file's name in words when it is not there
//	fields    its parameters, by name alone or with
//	          label    what the field is called; the parameter's name in words
//	          picture  true offers the site's pictures
//	          long     true gives it several lines
//
// Without fields these are the names behind "include." in the include itself, in the
// order in which they stand there first.
package snippet

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Snippet is an include with its parameters.
type Snippet struct {
	Name    string
	Include string
	Fields  []Field
}

// Field is a parameter.
type Field struct {
	Name, Label   string
	Picture, Long bool
}

// How many snippets and fields are read.
const (
	maxSnippets = 50
	maxFields   = 30
)

var (
	includeName = regexp.MustCompile(`^[\w./-]+$`)
	paramName   = regexp.MustCompile(`^[\w-]+$`)
	asked       = regexp.MustCompile(`\binclude\.([A-Za-z_][\w-]*)|\binclude\[["']([\w-]+)["']\]`)
)

// Read reads the setting. source gives an include's text, and false where there is
// none. What is wrong is told in sentences, and left out.
func Read(galley map[string]any, source func(name string) (string, bool)) (list []Snippet, wrong []string) {
	tell := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	all, ok := galley["snippets"].([]any)
	if !ok && galley["snippets"] != nil {
		tell("galley.snippets is no list of includes.")
	}
	for i, one := range all[:min(len(all), maxSnippets)] {
		where := fmt.Sprintf("galley.snippets[%d]", i)
		m, named := one.(map[string]any)
		if file, ok := one.(string); ok {
			m, named = map[string]any{"include": file}, true
		}
		file, _ := m["include"].(string)
		if !named || !includeName.MatchString(file) || path.Clean("/" + file)[1:] != file {
			tell("%s names no include, such as figure.html.", where)
			continue
		}
		text, there := source(file)
		if !there {
			tell("%s: there is no file _includes/%s.", where, file)
			continue
		}
		s := Snippet{Include: file}
		if s.Name, _ = m["name"].(string); strings.TrimSpace(s.Name) == "" {
			s.Name = inWords(strings.TrimSuffix(path.Base(file), path.Ext(file)))
		}
		fields, given := m["fields"].([]any)
		if !given {
			fields = fieldsOf(text)
		}
		for _, one := range fields[:min(len(fields), maxFields)] {
			if f, ok := readField(one); ok && !slices.ContainsFunc(s.Fields, func(o Field) bool { return o.Name == f.Name }) {
				s.Fields = append(s.Fields, f)
			} else if !ok {
				tell("%s has a field without a name for a parameter.", where)
			}
		}
		list = append(list, s)
	}
	return list, wrong
}

func readField(value any) (Field, bool) {
	var f Field
	switch v := value.(type) {
	case string:
		f.Name = v
	case map[string]any:
		f.Name, _ = v["name"].(string)
		f.Label, _ = v["label"].(string)
		f.Picture, f.Long = v["picture"] == true, v["long"] == true
	}
	if !paramName.MatchString(f.Name) {
		return f, false
	}
	if f.Label == "" {
		f.Label = inWords(f.Name)
	}
	return f, true
}

// fieldsOf are the parameters that an include asks for. What is called as pictures
// mostly are is one.
func fieldsOf(text string) []any {
	var list []any
	for _, m := range asked.FindAllStringSubmatch(text, -1) {
		name := m[1] + m[2]
		list = append(list, map[string]any{"name": name, "picture": slices.Contains([]string{"src", "image", "image_path", "picture", "img"}, strings.ToLower(name))})
	}
	return list // each as often as it is asked for; Read takes it once
}

// inWords is a name as a sentence begins.
func inWords(name string) string {
	words := strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ").Replace(name))
	first, n := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[n:]
}
