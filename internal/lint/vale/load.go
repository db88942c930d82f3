package vale

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// loader reads a site's styles.
type loader struct {
	files    fs.FS
	styles   *Styles
	path     string   // of the styles
	named    []string // the styles that are used
	vocab    []string
	accept   []string
	problems []Problem
}

// rule is one rule of a style.
type rule struct {
	name    string // Style.Rule
	level   level
	message string
	scope   scope
	check   func(*text)
}

// definition is a rule's file. Keys of no rule that is applied are not looked at.
type definition struct {
	Extends, Message, Level, Match, Style string
	Scope                                 any
	Ignorecase, Nonword, Alpha            bool
	Vocab                                 *bool
	Tokens, Raw, Exceptions, Indicators   []string
	Swap                                  any
	Either                                map[string]string
	Token, First, Second                  string
	Max, Min, Limit                       int
	Threshold                             float64
}

// maxRules is how many rules a site may have.
const maxRules = 2000

// load reads the vocabularies and the styles that the settings name.
func (l *loader) load() {
	var reject []string
	for _, name := range l.vocab {
		found := false
		for _, dir := range []string{"config/vocabularies", "Vocab"} {
			for _, one := range []struct {
				file string
				to   *[]string
			}{{"accept.txt", &l.accept}, {"reject.txt", &reject}} {
				src, err := fs.ReadFile(l.files, path.Join(l.path, dir, name, one.file))
				if err != nil || len(src) > maxSettings {
					continue
				}
				found = true
				for line := range strings.Lines(string(src)) {
					if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
						*one.to = append(*one.to, line)
					}
				}
			}
		}
		if !found {
			l.tell(".vale.ini", 0, "There is no vocabulary %s in %s/config/vocabularies.", name, l.path)
		}
	}
	l.styles.accepted = l.accept
	slices.Sort(l.named)
	for _, style := range slices.Compact(l.named) {
		if style == "Vale" {
			l.builtIn(reject)
			continue
		}
		dir := path.Join(l.path, style)
		entries, err := fs.ReadDir(l.files, dir)
		if err != nil {
			l.tell(".vale.ini", 0, "There is no style %s: the folder %s is missing.", style, dir)
			continue
		}
		for _, e := range entries {
			if ext := path.Ext(e.Name()); !e.IsDir() && (ext == ".yml" || ext == ".yaml") && len(l.styles.rules) < maxRules {
				l.file(path.Join(dir, e.Name()), style+"."+strings.TrimSuffix(e.Name(), ext))
			}
		}
	}
}

// builtIn makes the rules of the style that comes with Vale.
func (l *loader) builtIn(reject []string) {
	add := func(name string, d definition) {
		l.add(".vale.ini", "Vale."+name, d, &yaml.Node{})
	}
	add("Repetition", definition{Extends: "repetition", Message: "'%s' is repeated!", Level: "error", Alpha: true, Tokens: []string{`[^\s]+`}})
	if len(reject) > 0 {
		add("Avoid", definition{Extends: "existence", Message: "Avoid using '%s'.", Level: "error", Ignorecase: true, Tokens: reject})
	}
	if len(l.accept) > 0 {
		var swap []pair
		for _, term := range l.accept {
			if plainTerm(term) {
				swap = append(swap, pair{term, term})
			}
		}
		add("Terms", definition{Extends: "substitution", Message: "Use '%s' instead of '%s'.", Level: "error", Ignorecase: true, Swap: swap})
	}
}

// plainTerm tells whether a term of a vocabulary is a word and no pattern.
func plainTerm(term string) bool { return !strings.ContainsAny(term, `\^$.|?*+()[]{}`) }

// file reads a rule's file.
func (l *loader) file(name, rule string) {
	src, err := fs.ReadFile(l.files, name)
	if err != nil {
		return
	}
	if len(src) > maxSettings {
		l.tell(name, 0, "It is larger than %d KB.", maxSettings>>10)
		return
	}
	var node yaml.Node
	var d definition
	err = yaml.Unmarshal(src, &node)
	if err == nil {
		err = node.Decode(&d)
	}
	if err != nil {
		l.tell(name, 0, "The rule cannot be read: %s.", strings.ReplaceAll(strings.TrimPrefix(err.Error(), "yaml: "), "\n", " "))
		return
	}
	if swap := valueOf(&node, "swap"); swap != nil {
		d.Swap = pairsOf(swap)
	}
	l.add(name, rule, d, &node)
}

// valueOf is the value of a key at the top of a document.
func valueOf(document *yaml.Node, key string) *yaml.Node {
	if len(document.Content) == 0 {
		return nil
	}
	for i := 0; i+1 < len(document.Content[0].Content); i += 2 {
		if document.Content[0].Content[i].Value == key {
			return document.Content[0].Content[i+1]
		}
	}
	return nil
}

// pair is what is found, and what is to stand there.
type pair struct{ from, to string }

// pairsOf reads a map, or a list of maps, in its order.
func pairsOf(n *yaml.Node) []pair {
	var out []pair
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			out = append(out, pair{n.Content[i].Value, n.Content[i+1].Value})
		}
	case yaml.SequenceNode:
		for _, e := range n.Content {
			out = append(out, pairsOf(e)...)
		}
	}
	return out
}

// add makes a rule of its definition.
func (l *loader) add(file, name string, d definition, node *yaml.Node) {
	line := func(key string) int {
		if v := valueOf(node, key); v != nil {
			return v.Line
		}
		return 0
	}
	r := rule{name: name, level: warning, message: d.Message}
	if d.Level != "" {
		at, ok := parseLevel(d.Level)
		if !ok {
			l.tell(file, line("level"), "The level is suggestion, warning or error, not %s.", d.Level)
		} else {
			r.level = at
		}
	}
	var err error
	if r.scope, err = readScope(d.Scope); err != nil {
		l.tell(file, line("scope"), "The rule %s is not applied: %v.", name, err)
		return
	}
	var wrong string
	r.check, wrong, err = l.checkOf(d, &r)
	if err != nil {
		l.tell(file, line(wrong), "The rule %s is not applied: %v.", name, err)
		return
	}
	l.styles.rules = append(l.styles.rules, r)
}

// checkOf makes what a definition extends; where it cannot, it names the key.
func (l *loader) checkOf(d definition, r *rule) (check func(*text), key string, err error) {
	except, err := exceptions(d.Exceptions, l.accepted(d))
	if err != nil {
		return nil, "exceptions", err
	}
	switch d.Extends {
	case "existence":
		return existence(d, except)
	case "substitution":
		return substitution(d, except)
	case "occurrence":
		return occurrence(d)
	case "repetition":
		return repetition(d)
	case "consistency":
		return consistency(d)
	case "conditional":
		return conditional(d, except)
	case "capitalization":
		return capitalization(d, except)
	case "":
		return nil, "", fmt.Errorf("it does not say what it extends")
	}
	return nil, "extends", fmt.Errorf("rules that extend %s are not known here", d.Extends)
}

// accepted are the terms of the vocabularies, unless a rule does without.
func (l *loader) accepted(d definition) []string {
	if d.Vocab != nil && !*d.Vocab || d.Extends == "substitution" && d.Swap != nil && len(l.accept) > 0 && d.Message == "Use '%s' instead of '%s'." {
		return nil
	}
	return l.accept
}
