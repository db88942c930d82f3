package lexers

import c "github.com/alecthomas/chroma/v2"

const dockerWords = "FROM MAINTAINER CMD LABEL EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG STOPSIGNAL HEALTHCHECK SHELL"

// dockerRules classify Dockerfiles: instructions and their arguments, RUN's
// as shell.
func dockerRules() c.Rules {
	words := `(?i:` + anyOf(dockerWords) + `)`
	rules := shellStates("shell")
	rules["root"] = []c.Rule{
		rule(`\s+`, c.Text),
		rule(`^((?i:FROM))(\s+)(.*)(\s+)((?i:AS))(\s+)(.*)`, c.ByGroups(c.Keyword, c.TextWhitespace, c.LiteralString,
			c.TextWhitespace, c.Keyword, c.TextWhitespace, c.LiteralString)),
		rule(`^((?i:ONBUILD))(\s+)(`+words+`)(.*)`, c.ByGroups(c.Keyword, c.TextWhitespace, c.Keyword, c.LiteralString)),
		rule(`^(`+words+`)\b(.*)`, c.ByGroups(c.Keyword, c.LiteralString)),
		rule(`#.*?$`, c.Comment),
		rule(`^(?i:ONBUILD\s+)?(?i:RUN)\s+`, c.Keyword, c.Push("run")),
		rule(`\w+`, c.Text),
		rule(`[^\w]+`, c.Text),
	}
	rules["run"] = []c.Rule{
		rule(`\n`, c.Text, c.Pop(1)),
		rule(`\\(?s:.)`, c.LiteralStringEscape),
		rule(`(?:\\.|[^\n\\])+`, c.UsingSelf("shell")),
	}
	return rules
}
