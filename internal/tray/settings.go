package tray

import (
	"fmt"
	"slices"
	"strings"

	"galley/internal/liquid"
)

// Kind is what a tray reads.
type Kind string

// The kinds of trays.
const (
	Feed     Kind = "feed"
	Page     Kind = "page"
	Notes    Kind = "notes"
	Pulls    Kind = "pulls"
	Issues   Kind = "issues"
	Releases Kind = "releases"
	// Submissions are open pull requests that add to the post. They are no items: the
	// server looks for them by itself.
	Submissions Kind = "submissions"
)

// kinds are those that there are.
var kinds = []Kind{Feed, Page, Notes, Pulls, Issues, Releases, Submissions}

// Tray is a list of material, as the settings name it.
type Tray struct {
	Name string
	Kind Kind
	// Where are addresses, files of the repository, or repositories.
	Where []string
	// Query is what GitHub is asked for; {since} and {until} are days.
	Query   string
	Section string
	Days    int
	Limit   int

	bullet *liquid.Template
}

const (
	maxTrays  = 30
	maxWhere  = 50
	maxItems  = 300
	usualRule = "[{{ item.title }}]({{ item.url }})"
)

// Read reads the trays of the settings' section galley, and tells in sentences
// what is wrong with it. A tray that cannot be read is left out.
func Read(galley map[string]any) (trays []Tray, wrong []string) {
	if galley["trays"] == nil {
		return nil, nil
	}
	list, ok := galley["trays"].([]any)
	if !ok {
		return nil, []string{"trays in the section galley should be a list."}
	}
	for i, entry := range list {
		if i == maxTrays {
			wrong = append(wrong, fmt.Sprintf("There are more than %d trays in the section galley; the rest is left out.", maxTrays))
			break
		}
		t, problem := readTray(entry)
		if problem == "" && slices.ContainsFunc(trays, func(other Tray) bool { return other.Name == t.Name }) {
			problem = "there is another tray of that name"
		}
		if problem != "" {
			name := fmt.Sprintf("Tray %d", i+1)
			if t.Name != "" {
				name = fmt.Sprintf("The tray “%s”", t.Name)
			}
			wrong = append(wrong, name+" in the section galley is left out: "+problem+".")
			continue
		}
		trays = append(trays, t)
	}
	return trays, wrong
}

func readTray(entry any) (t Tray, problem string) {
	settings, ok := entry.(map[string]any)
	if !ok {
		return t, "it should have a name, a kind and where it is"
	}
	text := func(key string) string {
		switch v := settings[key].(type) {
		case nil:
			return ""
		case string:
			return strings.TrimSpace(v)
		default:
			problem = key + " should be text"
			return ""
		}
	}
	number := func(key string, otherwise int) int {
		switch v := settings[key].(type) {
		case nil:
			return otherwise
		case int:
			return max(v, 0)
		default:
			problem = key + " should be a number"
			return otherwise
		}
	}
	t.Name, t.Kind, t.Query, t.Section = text("name"), Kind(text("kind")), text("query"), text("section")
	t.Days, t.Limit = number("days", 0), min(number("limit", 100), maxItems)
	rule := text("bullet")
	switch where := settings["where"].(type) {
	case nil:
	case string:
		t.Where = []string{where}
	case []any:
		for _, v := range where {
			if s, ok := v.(string); ok && len(t.Where) < maxWhere {
				t.Where = append(t.Where, s)
			}
		}
	default:
		problem = "where should be an address or a list of them"
	}
	switch {
	case problem != "":
		return t, problem
	case t.Name == "":
		return t, "it has no name"
	case !slices.Contains(kinds, t.Kind):
		return t, fmt.Sprintf("there is no kind %q; the kinds are %s", string(t.Kind), join(kinds))
	case t.Searches() && t.Query == "":
		return t, "it has no query"
	case !t.Searches() && t.Kind != Submissions && len(t.Where) == 0:
		return t, "it does not say where"
	}
	if rule == "" {
		rule = usualRule
	}
	t.bullet, problem = readRule(rule)
	return t, problem
}

// Searches tells whether the tray is what a query finds.
func (t Tray) Searches() bool { return t.Kind == Pulls || t.Kind == Issues }

func join(kinds []Kind) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	return strings.Join(names, ", ")
}

// IsAddress tells whether a place is asked for over the network; else it is a
// file of the repository.
func IsAddress(where string) bool {
	return strings.HasPrefix(where, "https://") || strings.HasPrefix(where, "http://")
}
