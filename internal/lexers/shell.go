package lexers

import c "github.com/alecthomas/chroma/v2"

const (
	shellKeywords = "if fi else while do done for then return function select continue until esac elif in"
	shellBuiltins = `alias bg bind break builtin caller cd command compgen complete declare dirs disown enable eval exec exit
export false fc fg getopts hash help history jobs let local logout mapfile popd pushd pwd read readonly set shift shopt
source suspend test time times trap true type typeset ulimit umask unalias unset wait cat tac nl od base32 base64 fmt pr
fold head tail split csplit wc sum cksum b2sum md5sum sha1sum sha224sum sha256sum sha384sum sha512sum sort shuf uniq comm
ptx tsort cut paste join tr expand unexpand ls dir vdir dircolors cp dd install mv rm shred link ln mkdir mkfifo mknod
readlink rmdir unlink chown chgrp chmod touch df du stat sync truncate echo printf yes expr tee basename dirname pathchk
mktemp realpath stty printenv tty id logname whoami groups users who date arch nproc uname hostname hostid uptime chcon
runcon chroot env nice nohup stdbuf timeout kill sleep factor numfmt seq tar grep sudo awk sed gzip gunzip`
)

// shellRules classify shell scripts. Words are text unless they are keywords
// or well-known commands; options are tags.
func shellRules() c.Rules { return shellStates("root") }

// shellStates are the rules with their first state under a name.
func shellStates(root string) c.Rules {
	return c.Rules{
		root: {
			c.Include("basic"),
			c.Include("data"),
		},
		"basic": {
			rule(`#.*$`, c.Comment),
			rule(anyOf(shellKeywords)+`\s*\b`, c.Keyword),
			rule(`case\b`, c.Keyword, c.Push("case")),
			rule(anyOf(shellBuiltins)+`\s*\b(?![.-])`, c.NameBuiltin),
			rule(`\.(?=\s)`, c.NameBuiltin),
			rule(`(\w+)(=)`, c.ByGroups(c.NameVariable, c.Operator)),
			rule(`[\[\]{}()!=>]`, c.Operator),
			rule(`&&|\|\||<<<`, c.Operator),
			// A document up to its end mark, or up to the end without one.
			rule(`(<<-?)(\s*)(['"]?)(\\?)(\w+)(\3)([^\n]*\n(?:[^\n]*\n)*?)(\s*\5\s*\n)`, c.ByGroups(c.Operator, c.Text,
				c.LiteralStringHeredoc, c.LiteralStringHeredoc, c.NameConstant, c.LiteralStringHeredoc,
				c.UsingSelf("heredoc"), c.NameConstant)),
			rule(`(<<-?)(\s*)(['"]?)(\\?)(\w+)(\3)`, c.ByGroups(c.Operator, c.Text,
				c.LiteralStringHeredoc, c.LiteralStringHeredoc, c.NameConstant, c.LiteralStringHeredoc), c.Push("heredoc")),
		},
		"heredoc": {
			rule(`[^$\\]+`, c.LiteralStringHeredoc),
			c.Include("interpolation"),
			rule(`\$`, c.LiteralStringHeredoc),
		},
		"data": {
			rule(`\s+`, c.Text),
			rule(`\\.`, c.LiteralStringEscape),
			rule(`\$?"`, c.LiteralStringDouble, c.Push("double")),
			rule(`\$'`, c.LiteralStringSingle, c.Push("ansi")),
			rule(`'`, c.LiteralStringSingle, c.Push("single")),
			rule(`\*`, c.Keyword),
			rule(`;`, c.Punctuation),
			rule(`--?[\w-]+`, c.NameTag),
			rule("[^=*\\s{}()$\"'`;\\\\<]+", c.Text),
			rule(`<`, c.Text),
			c.Include("interpolation"),
		},
		"interpolation": {
			rule(`\\$`, c.LiteralStringEscape),
			rule(`\\.`, c.LiteralStringEscape),
			rule(`\$\(\(`, c.Keyword, c.Push("math")),
			rule(`\$\(`, c.LiteralStringInterpol, c.Push("command")),
			rule(`\$\{#?`, c.Keyword, c.Push("curly")),
			rule("`", c.LiteralStringBacktick, c.Push("backticks")),
			rule(`\$#?(?:\w+|.)`, c.NameVariable),
		},
		"double": {
			rule(`(?:\$#?)?"`, c.LiteralStringDouble, c.Pop(1)),
			c.Include("interpolation"),
			rule("[^\"`\\\\$]+", c.LiteralStringDouble),
		},
		"ansi": {
			rule(`\\.`, c.LiteralStringEscape),
			rule(`[^\\']+`, c.LiteralStringSingle),
			rule(`'`, c.LiteralStringSingle, c.Pop(1)),
		},
		"single": {
			rule(`'`, c.LiteralStringSingle, c.Pop(1)),
			rule(`[^']+`, c.LiteralStringSingle),
		},
		"curly": {
			rule(`\}`, c.Keyword, c.Pop(1)),
			rule(`:-`, c.Keyword),
			rule(`[a-zA-Z0-9_]+`, c.NameVariable),
			rule("[^}:\"`'$]+", c.Punctuation),
			c.Include(root),
		},
		"command": {
			rule(`\)`, c.LiteralStringInterpol, c.Pop(1)),
			rule(`\(`, c.Operator, c.Push("parentheses")),
			c.Include(root),
		},
		"parentheses": {
			rule(`\(`, c.Operator, c.Push()),
			rule(`\)`, c.Operator, c.Pop(1)),
			c.Include(root),
		},
		"math": {
			rule(`\)\)`, c.Keyword, c.Pop(1)),
			rule(`[-+*/%^|&!]`, c.Operator),
			rule(`\d+(?:#\w+)?`, c.LiteralNumber),
			c.Include(root),
		},
		"case": {
			rule(`esac\b`, c.Keyword, c.Pop(1)),
			rule(`\|`, c.Punctuation),
			rule(`\)`, c.Punctuation, c.Push("stanza")),
			c.Include(root),
		},
		"stanza": {
			rule(`;;`, c.Punctuation, c.Pop(1)),
			c.Include(root),
		},
		"backticks": {
			rule("`", c.LiteralStringBacktick, c.Pop(1)),
			c.Include(root),
		},
	}
}
