package preview

import (
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"

	"galley/internal/markdown"
)

// maxLexer bounds a definition; the largest of chroma's has some 100 KB.
const maxLexer = 1 << 20 // bytes

// lexers are the languages whose definitions have arrived, and those that were
// asked for in vain: by code in the post, but also by code that its templates
// show, of tags and of other posts.
type lexers struct {
	mu sync.Mutex
	// arrived has the names that posts use, in lower case. A nil value is a
	// language that nobody knows.
	arrived map[string]chroma.Lexer
	missed  []string        // since forget, in order of first use
	asked   map[string]bool // all that were ever missed
}

func newLexers() *lexers {
	return &lexers{arrived: map[string]chroma.Lexer{}, asked: map[string]bool{}}
}

func (l *lexers) find(language string) chroma.Lexer {
	l.mu.Lock()
	defer l.mu.Unlock()
	name := strings.ToLower(language)
	lexer, known := l.arrived[name]
	if !known && !slices.Contains(l.missed, name) && len(l.missed) < maxMissed {
		l.missed = append(l.missed, name)
		l.asked[name] = true
	}
	return lexer
}

// maxMissed is more languages than a page shows code in.
const maxMissed = 100

// forget begins to count anew what is missed.
func (l *lexers) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.missed = nil
}

// wanted are the languages that were missed, and of some others those that have
// not arrived.
func (l *lexers) wanted(others []string) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := []string{}
	for _, language := range slices.Concat(others, l.missed) {
		name := strings.ToLower(language)
		if _, known := l.arrived[name]; !known && !slices.ContainsFunc(out, func(o string) bool { return strings.EqualFold(o, language) }) {
			out = append(out, language)
		}
	}
	return out
}

// wasAsked says whether a language was ever missed.
func (l *lexers) wasAsked(language string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.asked[strings.ToLower(language)]
}

// add takes a definition. An empty one says that there is none, so that it is
// not asked for again.
func (l *lexers) add(language, definition string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	language = strings.ToLower(language)
	l.arrived[language] = nil
	if definition == "" {
		return nil
	}
	if len(definition) > maxLexer {
		return errors.New("its definition is too large")
	}
	lexer, err := markdown.NewLexer([]byte(definition))
	if err != nil {
		return err
	}
	l.arrived[language] = lexer
	return nil
}
