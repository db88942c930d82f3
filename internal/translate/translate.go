// Package translate has what the server says to writers in other languages than English.
//
// A catalogue is a file that is named after its language's code: JSON, one entry a line,
// sorted. Its keys are the sentences as they stand in the code where an error is made,
// with the verbs of package fmt for what differs; the values say the same in the other
// language, with the same verbs, in their order or by number (%[2]s). So an error is made
// in one language, by whoever knows what happened, and knows nothing of others: a
// sentence is found again by its format when it is told. What no catalogue has is told
// in English.
package translate

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

//go:embed *.json
var files embed.FS

// Catalogue translates sentences into one language. Nil translates nothing.
type Catalogue struct {
	whole    map[string]string
	patterns []pattern // those that say most come first
}

// pattern is a sentence in which something differs.
type pattern struct {
	matches *regexp.Regexp
	// args is which argument of the format each group is, from 0.
	args []int
	said string
	// letters is how much of it is always the same.
	letters int
}

// In is the catalogue of a language by its code, as in <html lang>; nil where there is
// none.
func In(language string) (*Catalogue, error) {
	data, err := files.ReadFile(language + ".json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the server's words in %s cannot be read: %w", language, err)
	}
	entries := map[string]string{}
	if err := json.Unmarshal(data, &entries); err != nil {
		return nil, fmt.Errorf("the server's words in %s cannot be read: %w", language, err)
	}
	c := &Catalogue{whole: map[string]string{}}
	for format, said := range entries {
		if !verb.MatchString(format) {
			c.whole[format] = said
			continue
		}
		p, err := patternOf(format)
		if err != nil {
			return nil, err
		}
		p.said = said
		c.patterns = append(c.patterns, p)
	}
	slices.SortFunc(c.patterns, func(a, b pattern) int {
		if a.letters != b.letters {
			return b.letters - a.letters
		}
		return strings.Compare(a.said, b.said)
	})
	return c, nil
}

// verb matches a verb of package fmt: its argument's number, and what is written.
var verb = regexp.MustCompile(`%(?:\[(\d+)\])?(?:\.\d+)?([sdqv])`)

// what each verb writes.
var written = map[string]string{"d": `(-?\d+)`, "q": `("(?:[^"\\]|\\.)*")`, "s": `(.*?)`, "v": `(.*?)`}

func patternOf(format string) (pattern, error) {
	p := pattern{}
	expression := `(?s)\A`
	at, next := 0, 0
	for _, m := range verb.FindAllStringSubmatchIndex(format, -1) {
		expression += regexp.QuoteMeta(format[at:m[0]])
		p.letters += m[0] - at
		if m[2] >= 0 {
			n, err := strconv.Atoi(format[m[2]:m[3]])
			if err != nil {
				return p, fmt.Errorf("%q has an argument without number: %w", format, err)
			}
			next = n - 1
		}
		expression += written[format[m[4]:m[5]]]
		p.args = append(p.args, next)
		next++
		at = m[1]
	}
	p.letters += len(format) - at
	matches, err := regexp.Compile(expression + regexp.QuoteMeta(format[at:]) + `\z`)
	p.matches = matches
	return p, err
}

// maxLength is how long a sentence may be that is looked for, in bytes.
const maxLength = 4096

// Say is a sentence in the catalogue's language, or as it is where it is not there. What
// stands in it may be a sentence, too.
func (c *Catalogue) Say(sentence string) string { return c.say(sentence, 2) }

func (c *Catalogue) say(sentence string, depth int) string {
	if c == nil || depth == 0 || sentence == "" || len(sentence) > maxLength {
		return sentence
	}
	if said, ok := c.whole[sentence]; ok {
		return said
	}
	for _, p := range c.patterns {
		m := p.matches.FindStringSubmatch(sentence)
		if m == nil {
			continue
		}
		values := map[int]string{}
		for i, arg := range p.args {
			values[arg] = c.say(m[i+1], depth-1)
		}
		next := 0
		return verb.ReplaceAllStringFunc(p.said, func(text string) string {
			if number := verb.FindStringSubmatch(text)[1]; number != "" {
				n, _ := strconv.Atoi(number) // digits alone
				next = n - 1
			}
			next++
			return values[next-1]
		})
	}
	return sentence
}
