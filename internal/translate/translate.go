// Package translate has what the server says to writers in other languages than English.
//
// A catalogue is a file that is named after its language's code: JSON, one entry a line,
// sorted. Its keys are the sentences as they stand in the code where an error is made,
// with the verbs of package fmt for what differs; the values say the same in the other
// language, with the same verbs, in their order or by number (%[2]s). So an error is made
// in one language, by whoever knows what happened, and knows nothing of others: a
// sentence is found again by its format when it is told. What no catalogue has is told
// in English.
//
// What is found in a text has a catalogue of its own, in the folder findings: it is told
// by the hundred while somebody types, and names words of the text, which stay as they
// are though another sentence may have them. There only what is written by %v is said in
// the other language, too: "a week ago", "Sunday".
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

//go:embed *.json findings/*.json
var files embed.FS

// Catalogue translates sentences into one language. Nil translates nothing.
type Catalogue struct {
	whole    map[string]string
	patterns []pattern // those that say most come first
	// depth is how often a sentence may stand in another, and be in it by itself.
	depth int
}

// pattern is a sentence in which something differs.
type pattern struct {
	// begins and ends are what is the same in front of and behind all that differs. Most
	// sentences are told from others by them, without the expression.
	begins, ends string
	matches      *regexp.Regexp
	// args are what the groups are.
	args []argument
	said []piece
	// letters is how much of it is always the same.
	letters int
}

// argument is what is filled into a format.
type argument struct {
	number int // from 0
	// nests tells that it may be a sentence, too.
	nests bool
}

// piece is a part of a format: a text, and the argument behind it.
type piece struct {
	before string
	number int // from 0; -1 for none, at the end
	verb   string
}

// In is the catalogue of what goes wrong in a language by its code, as in <html lang>;
// nil where there is none.
func In(language string) (*Catalogue, error) { return read(language+".json", "sqdv", 2) }

// Findings is the same of what is found in a text.
func Findings(language string) (*Catalogue, error) { return read("findings/"+language+".json", "v", 4) }

// read reads a catalogue; what is written by the verbs that nest is looked for, too.
func read(name, nest string, depth int) (*Catalogue, error) {
	data, err := files.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the server's words in %s cannot be read: %w", name, err)
	}
	entries := map[string]string{}
	if err := json.Unmarshal(data, &entries); err != nil {
		return nil, fmt.Errorf("the server's words in %s cannot be read: %w", name, err)
	}
	c := &Catalogue{whole: map[string]string{}, depth: depth}
	for format, said := range entries {
		if !verb.MatchString(format) {
			c.whole[format] = said
			continue
		}
		p, err := patternOf(format, said, nest)
		if err != nil {
			return nil, err
		}
		c.patterns = append(c.patterns, p)
	}
	slices.SortFunc(c.patterns, func(a, b pattern) int {
		if a.letters != b.letters {
			return b.letters - a.letters
		}
		return strings.Compare(a.matches.String(), b.matches.String())
	})
	return c, nil
}

// verb matches a verb of package fmt: its argument's number, and what is written.
var verb = regexp.MustCompile(`%(?:\[(\d+)\])?(?:\.\d+)?([sdqvUct])`)

// what each verb writes.
var written = map[string]string{"d": `(-?\d+)`, "q": `("(?:[^"\\]|\\.)*")`, "s": `(.*?)`, "v": `(.*?)`, "U": `(U\+[0-9A-F]+)`, "c": `(.)`, "t": `(true|false)`}

// piecesOf takes a format apart.
func piecesOf(format string) ([]piece, error) {
	var out []piece
	at, next := 0, 0
	for _, m := range verb.FindAllStringSubmatchIndex(format, -1) {
		if m[2] >= 0 {
			n, err := strconv.Atoi(format[m[2]:m[3]])
			if err != nil {
				return nil, fmt.Errorf("%q has an argument without number: %w", format, err)
			}
			next = n - 1
		}
		out = append(out, piece{format[at:m[0]], next, format[m[4]:m[5]]})
		next++
		at = m[1]
	}
	return append(out, piece{format[at:], -1, ""}), nil
}

func patternOf(format, said, nest string) (p pattern, err error) {
	if p.said, err = piecesOf(said); err != nil {
		return p, err
	}
	pieces, err := piecesOf(format)
	if err != nil {
		return p, err
	}
	p.begins, p.ends = pieces[0].before, pieces[len(pieces)-1].before
	expression := `(?s)\A`
	for _, one := range pieces {
		expression += regexp.QuoteMeta(one.before)
		p.letters += len(one.before)
		if one.number >= 0 {
			expression += written[one.verb]
			p.args = append(p.args, argument{one.number, strings.Contains(nest, one.verb)})
		}
	}
	p.matches, err = regexp.Compile(expression + `\z`)
	return p, err
}

// maxLength is how long a sentence may be that is looked for, in bytes.
const maxLength = 4096

// Say is a sentence in the catalogue's language, or as it is where it is not there. What
// stands in it may be a sentence, too.
func (c *Catalogue) Say(sentence string) string {
	if c == nil {
		return sentence
	}
	return c.say(sentence, c.depth)
}

func (c *Catalogue) say(sentence string, depth int) string {
	if depth == 0 || sentence == "" || len(sentence) > maxLength {
		return sentence
	}
	if said, ok := c.whole[sentence]; ok {
		return said
	}
	for i := range c.patterns {
		p := &c.patterns[i]
		if len(sentence) < p.letters || !strings.HasPrefix(sentence, p.begins) || !strings.HasSuffix(sentence, p.ends) {
			continue
		}
		m := p.matches.FindStringSubmatch(sentence)
		if m == nil {
			continue
		}
		values := map[int]string{}
		for i, arg := range p.args {
			values[arg.number] = m[i+1]
			if arg.nests {
				values[arg.number] = c.say(m[i+1], depth-1)
			}
		}
		var out strings.Builder
		for _, one := range p.said {
			out.WriteString(one.before)
			out.WriteString(values[one.number]) // none for the last one
		}
		return out.String()
	}
	return sentence
}
