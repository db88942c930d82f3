package lexers

import c "github.com/alecthomas/chroma/v2"

// vueRules classify Vue's components: HTML whose template, script and style
// are each read by themselves. A template is HTML in pieces that begin at a <
// or a brace.
func vueRules() c.Rules {
	rules := c.Rules{}
	embed(rules, "", htmlRules())
	embed(rules, "piece-", htmlRules())
	embed(rules, "scss-", scssRules())
	embed(rules, "sass-", sassRules())
	embed(rules, "hole-", javascriptRules(), rule(`\}\}`, c.LiteralStringInterpol, c.Push("template")))

	opening := func(tag string, states ...string) c.Rule {
		return rule(`(<)(\s*)(`+tag+`)`, c.ByGroups(c.NameTag, c.Text, c.Keyword), c.Push(states...))
	}
	closing := func(tag string) c.Rule {
		return rule(`(<\s*/\s*)(`+tag+`)(\s*>)`, c.ByGroups(c.NameTag, c.Keyword, c.NameTag), c.Push("root"))
	}
	rules["root"] = append([]c.Rule{
		opening("template", "template", "template-tag"),
		opening("style", "style-css", "style-tag"),
		opening("script", "script", "script-tag"),
	}, rules["root"]...)
	rules["tag"] = append([]c.Rule{rule(`[a-zA-Z0-9_:#\[\]()*.-]+\s*=\s*`, c.NameAttribute, c.Push("value"))}, rules["tag"]...)

	// The language that an attribute names is the one of what follows.
	language := func(name, then string, known ...string) []c.Rule {
		attribute := func(value string) string { return `(lang\s*=)(\s*)(` + value + `)` }
		emit := c.ByGroups(c.NameAttribute, c.Text, c.LiteralString)
		var out []c.Rule
		for _, k := range known {
			out = append(out, rule(attribute(`["']*(?i:`+k+`)["']*(?=[\s>/])`), emit, c.Pop(2), c.Push(then+k, name)))
		}
		return append(out, rule(attribute(`"[^"]*"|'[^']*'|[^\s>]+`), emit, c.Pop(2), c.Push(then+"plain", name)), c.Include("tag"))
	}
	rules["style-tag"] = language("style-tag", "style-", "css", "scss", "sass")
	rules["template-tag"] = language("template-tag", "template-", "html")
	rules["script-tag"] = []c.Rule{rule(`(lang\s*=)(\s*)("[^"]*"|'[^']*'|[^\s>]+)`, c.ByGroups(c.NameAttribute, c.Text, c.LiteralString)), c.Include("tag")}

	rules["script"] = append([]c.Rule{closing("script")}, c.Default(c.Push("js-root")))
	for name, state := range rules { // scripts and styles end at Vue's tags
		if len(name) > 3 && name[:3] == "js-" {
			rules[name] = append([]c.Rule{closing("script")}, state...)
		}
	}
	for name, emit := range map[string]c.Emitter{"css": c.UsingSelf("css-root"), "scss": c.UsingSelf("scss-root"), "sass": c.UsingSelf("sass-root"), "plain": c.Text} {
		rules["style-"+name] = []c.Rule{closing("style"), rule(`[^<]+|<`, emit)}
	}
	hole := rule(`\{\{`, c.LiteralStringInterpol, c.Push("hole-root"))
	rules["template"] = []c.Rule{closing("template"), hole, rule(`[^{<]+|[<{][^<{]*`, c.UsingSelf("piece-root"))}
	rules["template-html"] = rules["template"]
	rules["template-plain"] = []c.Rule{closing("template"), hole, rule(`[^{<]+|[<{][^<{]*`, c.Text)}
	return rules
}
