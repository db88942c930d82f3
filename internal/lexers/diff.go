package lexers

import c "github.com/alecthomas/chroma/v2"

// diffRules classify patches, line by line.
func diffRules() c.Rules {
	return c.Rules{
		"root": {
			rule(`^ .*$\n?`, c.Text),
			rule(`^---$\n?`, c.Punctuation),
			rule(`^[+>].*$\n?`, c.GenericInserted),
			rule(`^[-<].*$\n?`, c.GenericDeleted),
			rule(`^!.*$\n?`, c.GenericStrong),
			rule(`^(?:[Ii]ndex|diff).*$\n?`, c.GenericHeading),
			rule(`^(@@[^@]*@@)([^\n]*\n)`, c.ByGroups(c.Punctuation, c.Text)),
			rule(`^\w.*$\n?`, c.Punctuation),
			rule(`^=.*$\n?`, c.GenericHeading),
			rule(`\s.*$\n?`, c.Text),
		},
	}
}
