package lexers

import c "github.com/alecthomas/chroma/v2"

// jsonDocRules classify JSON with comments, with keys that are not quoted, and
// with dots for what is left out.
func jsonDocRules() c.Rules {
	rules := jsonRules()
	rules["name"] = append([]c.Rule{
		rule(`((?>[$\w]+))(\s*)(:)`, c.ByGroups(c.NameAttribute, c.Text, c.Punctuation)),
	}, rules["name"]...)
	rules["value"] = append([]c.Rule{
		rule(`/\*.*?\*/`, c.Comment),
		rule(`//.*?$|\.\.\.`, c.CommentSingle),
	}, rules["value"]...)
	return rules
}
