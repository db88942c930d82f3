package server

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"galley/internal/translate"
)

// languageCookie is where a browser keeps which language its user chose, as
// web/src/base/words.ts has it.
const languageCookie = "galley-language"

// english is the language of what no catalogue has.
const english = "en"

// pages are the app's page in each language that there is a catalogue of.
type pages struct {
	all     []languagePage // English first, then by language
	matcher language.Matcher
}

type languagePage struct {
	language string // as in <html lang>
	text     []byte
	// words are what the server says in it, and findings what it finds in texts; both
	// are nil for English.
	words, findings *translate.Catalogue
}

// newPages has the English page alone.
func newPages(text []byte) pages {
	return pages{all: []languagePage{{language: english, text: text}}, matcher: language.NewMatcher([]language.Tag{language.English})}
}

// pageLanguage is the language of a page by its name in the manifest: "index.html"
// is English, "index.de.html" German.
func pageLanguage(name string) (code string, ok bool) {
	if name == "index.html" {
		return english, true
	}
	code, ok = strings.CutPrefix(name, "index.")
	if !ok {
		return "", false
	}
	return strings.CutSuffix(code, ".html")
}

// add adds a language's page; English replaces what was there.
func (p *pages) add(code string, text []byte) error {
	if code == english {
		p.all[0].text = text
		return nil
	}
	said, err := translate.In(code)
	if err != nil {
		return err
	}
	found, err := translate.Findings(code)
	if err != nil {
		return err
	}
	p.all = append(p.all, languagePage{code, text, said, found})
	slices.SortFunc(p.all[1:], func(a, b languagePage) int { return strings.Compare(a.language, b.language) })
	var tags []language.Tag
	for _, page := range p.all {
		tag, err := language.Parse(page.language)
		if err != nil {
			return fmt.Errorf("the app's page is in a language that has no such code, %s: %w", page.language, err)
		}
		tags = append(tags, tag)
	}
	p.matcher = language.NewMatcher(tags)
	return nil
}

// of is the page for a request: in the language that was chosen in this browser, else
// in the one that it likes best of those that there are (RFC 9110, 12.5.4), else in
// English.
func (p *pages) of(r *http.Request) languagePage {
	chosen := ""
	if cookie, err := r.Cookie(languageCookie); err == nil && len(cookie.Value) < 40 {
		chosen = cookie.Value
	}
	_, at := language.MatchStrings(p.matcher, chosen, r.Header.Get("Accept-Language"))
	return p.all[at]
}
