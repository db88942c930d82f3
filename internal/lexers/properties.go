package lexers

import c "github.com/alecthomas/chroma/v2"

// propertiesRules classify Java's properties: INI without sections, and with
// colons.
func propertiesRules() c.Rules {
	rules := iniRules()
	rules["basic"] = []c.Rule{
		rule(`[!#].*?\n`, c.Comment),
		rule(`\s+`, c.Text),
		rule(`\\\n`, c.LiteralStringEscape),
	}
	rules["root"] = []c.Rule{
		c.Include("basic"),
		rule(`((?>[\w.-]+))(\s*)([=:])`, c.ByGroups(c.NameProperty, c.Text, c.Punctuation), c.Push("value")),
	}
	escape := rule(`\\u[0-9]{4}`, c.LiteralStringEscape)
	rules["value"] = append([]c.Rule{escape}, rules["value"]...)
	rules["quoted"] = append([]c.Rule{escape}, rules["quoted"]...)
	return rules
}
