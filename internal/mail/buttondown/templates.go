package buttondown

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// Buttondown carries Django's templates out in a mail's subject and body, for each
// reader: {{ subscriber.email }}, {% if %}, {# #}. In a post's text they are no
// templates: it may be about them, and who wrote it need not be one who may see what
// the service knows of readers. So no brace of a mail gets there as one that opens
// something.

// wordJoiner is a sign that is not seen, and at which no line breaks.
const wordJoiner = "\u2060"

// plainText is a line of text without what begins a template; it looks the same.
func plainText(text string) string {
	var b strings.Builder
	for i := range len(text) {
		b.WriteByte(text[i])
		if text[i] == '{' && i+1 < len(text) && strings.IndexByte("{%#", text[i+1]) >= 0 {
			b.WriteString(wordJoiner)
		}
	}
	return b.String()
}

// plainHTML is HTML without what begins a template; it looks the same. In styles and
// comments, which know no entities, a space is behind each brace.
func plainHTML(text string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(text))
	raw := false // what comes is the text of an element that knows no entities
	for {
		kind := z.Next()
		entity := "&#123;"
		if kind == html.CommentToken || kind == html.DoctypeToken || kind == html.TextToken && raw {
			entity = "{ "
		}
		b.Write(bytes.ReplaceAll(z.Raw(), []byte("{"), []byte(entity)))
		if kind == html.ErrorToken {
			return b.String()
		}
		name, _ := z.TagName()
		raw = kind == html.StartTagToken && strings.Contains(" style script xmp iframe noembed noframes noscript plaintext ", " "+string(name)+" ")
	}
}
