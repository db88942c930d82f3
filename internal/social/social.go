// Package social knows the networks on which a post is announced, and reads the
// site's patterns for these announcements:
//
//	galley:
//	  social:
//	    bluesky: "{{ page.title }}: {{ page.url | absolute_url }}"
//	    mastodon: {text: "{{ page.title }} #news", limit: 1000}
//	    another: {text: "{{ page.title }}", limit: 280}
//
// Texts are counted where they are written, in the browser
// (web/src/text/announcement.ts), by what is here called Counts.
package social

import (
	"cmp"
	"fmt"
	"slices"
)

// Network is where a post is announced.
type Network struct {
	// Name is as in the settings: "bluesky".
	Name string
	// Label is what people call it.
	Label string
	// Limit is how long a text may be.
	Limit int
	// Counts names the rule by which it is counted.
	Counts Counts
}

// Counts is how a network counts a text.
type Counts string

// All count graphemes, which is what readers take for one character.
const (
	// Plain counts them as they are.
	Plain Counts = "plain"
	// Bluesky shows of a link the host and the first letters of the path, and counts
	// what it shows.
	Bluesky Counts = "bluesky"
	// Mastodon counts 23 for a link however long it is, and of a person on another
	// server the name alone.
	Mastodon Counts = "mastodon"
)

// known are the networks whose rules are known, in the order in which they are
// shown.
var known = []Network{
	{"bluesky", "Bluesky", 300, Bluesky},
	{"mastodon", "Mastodon", 500, Mastodon},
}

// Announcement is a network with the site's pattern for a text.
type Announcement struct {
	Network
	Pattern string
}

// maxLimit bounds what the settings may say.
const maxLimit = 100_000

// ReadSettings reads the section galley of a site's settings. What is wrong with
// it is told, a sentence each.
func ReadSettings(galley map[string]any) (list []Announcement, problems []string) {
	section, ok := galley["social"].(map[string]any)
	if !ok && galley["social"] != nil {
		problems = append(problems, "galley.social in the settings should have a line for each network, such as “bluesky: \"{{ page.title }}\"”.")
	}
	for name, value := range section {
		a := Announcement{Network: Network{Name: name, Label: name, Counts: Plain}}
		if i := slices.IndexFunc(known, func(n Network) bool { return n.Name == name }); i >= 0 {
			a.Network = known[i]
		}
		switch v := value.(type) {
		case string:
			a.Pattern = v
		case map[string]any:
			a.Pattern, _ = v["text"].(string)
			if n, ok := v["limit"].(int); ok && n > 0 && n <= maxLimit {
				a.Limit = n
			} else if v["limit"] != nil {
				problems = append(problems, fmt.Sprintf("limit of galley.social.%s in the settings should be a number of characters.", name))
			}
		}
		switch {
		case a.Pattern == "":
			problems = append(problems, fmt.Sprintf("galley.social.%s in the settings has no text.", name))
		case a.Limit == 0:
			problems = append(problems, fmt.Sprintf("Galley does not know how long a text on %s may be: give galley.social.%s in the settings a limit.", name, name))
		default:
			list = append(list, a)
		}
	}
	place := func(a Announcement) int {
		if i := slices.IndexFunc(known, func(n Network) bool { return n.Name == a.Name }); i >= 0 {
			return i
		}
		return len(known)
	}
	slices.SortFunc(list, func(a, b Announcement) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a.Name, b.Name))
	})
	slices.Sort(problems)
	return list, problems
}
