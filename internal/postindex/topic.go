package postindex

import (
	"fmt"
	"regexp"
	"strings"

	"galley/internal/lint/effort"
)

// Topic is a kind of thing that posts speak of by its number: a pull request, a
// proposal, a ticket.
type Topic struct {
	// Name is what people call the kind, "KEP"; a thing of it is "KEP 647".
	Name string
	// Text finds things in what is read of headings and links, Address in
	// addresses: the group that matched is the thing. Either may be nil.
	Text, Address *regexp.Regexp

	effort int // of both: see package effort
}

// Settings is what an index looks for beside addresses and words.
type Settings struct {
	Topics []Topic
}

// maxTopics is how many kinds of things a site may name.
const maxTopics = 20

// ReadSettings reads what an index looks for from the settings' section galley,
// which may be nil:
//
//	galley:
//	  memory:
//	    topics:
//	      - {name: KEP, text: 'KEP-?(\d+)', address: '/keps/[^/]+/(\d+)-'}
//
// What cannot be followed is told, a sentence each.
func ReadSettings(galley map[string]any) (Settings, []string) {
	var s Settings
	var problems []string
	tell := func(format string, args ...any) {
		problems = append(problems, fmt.Sprintf("In galley.memory of the settings "+format, args...))
	}
	memory, ok := galley["memory"].(map[string]any)
	if !ok {
		if galley["memory"] != nil {
			tell("there should be a list “topics”.")
		}
		return s, problems
	}
	for key := range memory {
		if key != "topics" {
			tell("there is “%s”, which says nothing; it knows “topics”.", key)
		}
	}
	list, ok := memory["topics"].([]any)
	if !ok && memory["topics"] != nil {
		tell("“topics” should be a list, each with name, text and address.")
	}
	for i, value := range list {
		if i == maxTopics {
			tell("only the first %d topics are looked for.", maxTopics)
			break
		}
		entry, _ := value.(map[string]any)
		t := Topic{}
		t.Name, _ = entry["name"].(string)
		if t.Name == "" {
			tell("the topic number %d has no name.", i+1)
			continue
		}
		for key := range entry {
			if key != "name" && key != "text" && key != "address" {
				tell("the topic “%s” has “%s”, which says nothing; it knows name, text and address.", t.Name, key)
			}
		}
		var wrong bool
		for key, into := range map[string]**regexp.Regexp{"text": &t.Text, "address": &t.Address} {
			pattern, ok := entry[key].(string)
			if !ok && entry[key] == nil {
				continue
			}
			re, err := effort.Compile(pattern)
			if err != nil {
				tell("the topic “%s” has a pattern for “%s” that cannot be used: %v.", t.Name, key, err)
				wrong = true
				continue
			}
			if !ok || re.NumSubexp() < 1 {
				tell("the topic “%s” needs a pattern with a group for the number in “%s”.", t.Name, key)
				wrong = true
				continue
			}
			*into = re
			t.effort += effort.Of(pattern)
		}
		if t.Text == nil && t.Address == nil && !wrong {
			tell("the topic “%s” has a pattern neither for “text” nor for “address”.", t.Name)
		}
		if t.Text != nil || t.Address != nil {
			s.Topics = append(s.Topics, t)
		}
	}
	return s, problems
}

// Key names what is looked for: texts read with equal keys say the same.
func (s Settings) Key() string {
	var b strings.Builder
	for _, t := range s.Topics {
		fmt.Fprintf(&b, "%q %v %v\n", t.Name, t.Text, t.Address)
	}
	return b.String()
}

// InText gives the things that a text names: "KEP 647". A text that is longer than
// maxSearched names none.
func (s Settings) InText(text string) []string {
	return s.things(func(t Topic) *regexp.Regexp { return t.Text }, text)
}

// InAddress gives the things that an address names, as InText does.
func (s Settings) InAddress(address string) []string {
	return s.things(func(t Topic) *regexp.Regexp { return t.Address }, address)
}

const (
	// maxThings is how many things of one kind a text may name.
	maxThings = 20
	// maxSearched is how long a heading, the text of a link or an address may be, in bytes,
	// in which patterns look for things.
	maxSearched = 4000
)

func (s Settings) things(of func(Topic) *regexp.Regexp, text string) []string {
	var found []string
	if len(text) > maxSearched {
		return nil
	}
	for _, t := range s.Topics {
		re := of(t)
		if re == nil {
			continue
		}
		for _, m := range re.FindAllStringSubmatch(text, maxThings) {
			for _, group := range m[1:] {
				if group != "" {
					found = append(found, t.thing(group))
					break
				}
			}
		}
	}
	return found
}

// effort is how much work all topics are in one byte of a text: see package effort.
func (s Settings) effort() int {
	n := 0
	for _, t := range s.Topics {
		n += t.effort
	}
	return n
}

// thing is how a sentence names what has a number, and how it is looked up.
func (t Topic) thing(number string) string {
	if plain := strings.TrimLeft(number, "0"); plain != "" {
		number = plain
	}
	return t.Name + " " + strings.ToLower(number)
}
