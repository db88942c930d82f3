package lexers

import c "github.com/alecthomas/chroma/v2"

// erbRules classify HTML with Ruby in it.
func erbRules() c.Rules {
	const end = `(%%>|-%>|%>|\z)`
	rules := c.Rules{}
	embed(rules, "ruby-", rubyRules())
	embed(rules, "", cut(htmlRules(), `<%`),
		rule(`(<%#(?s:.*?))`+end, c.ByGroups(c.Comment, c.Comment)),
		rule(`(<%[%=-]?)((?s:.*?))`+end, c.ByGroups(c.CommentPreproc, c.UsingSelf("ruby-root"), c.CommentPreproc)))
	return rules
}
