package mail

import (
	"bytes"
	_ "embed"
	"html/template"
)

//go:embed plain.html
var plainSource string

// plain is the layout for sites that bring none.
func plain(p Post) ([]byte, error) {
	t, err := template.New("plain.html").Parse(plainSource)
	if err != nil {
		return nil, err
	}
	language := p.Language
	if language == "" {
		language = "en"
	}
	var b bytes.Buffer
	// The content is what the site made of the post; what mail cannot have of it is
	// taken out afterwards, here as in a layout of the site's.
	err = t.Execute(&b, struct {
		Post
		Language string
		Content  template.HTML
	}{p, language, template.HTML(p.Content)})
	return b.Bytes(), err
}
