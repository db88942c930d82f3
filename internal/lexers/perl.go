package lexers

import (
	"regexp"

	c "github.com/alecthomas/chroma/v2"
)

const (
	perlKeywords = `case continue do else elsif for foreach if last my next our redo reset then unless until while use print new
BEGIN CHECK INIT END return`
	perlBuiltins = `abs accept alarm atan2 bind binmode bless caller chdir chmod chomp chop chown chr chroot close closedir connect
continue cos crypt dbmclose dbmopen defined delete die dump each endgrent endhostent endnetent endprotoent endpwent endservent
eof eval exec exists exit exp fcntl fileno flock fork format formline getc getgrent getgrgid getgrnam gethostbyaddr
gethostbyname gethostent getlogin getnetbyaddr getnetbyname getnetent getpeername getpgrp getppid getpriority getprotobyname
getprotobynumber getprotoent getpwent getpwnam getpwuid getservbyname getservbyport getservent getsockname getsockopt glob
gmtime goto grep hex import index int ioctl join keys kill last lc lcfirst length link listen local localtime log lstat map
mkdir msgctl msgget msgrcv msgsnd my next no oct open opendir ord our pack package pipe pop pos printf prototype push quotemeta
rand read readdir readline readlink readpipe recv redo ref rename require reverse rewinddir rindex rmdir scalar seek seekdir
select semctl semget semop send setgrent sethostent setnetent setpgrp setpriority setprotoent setpwent setservent setsockopt
shift shmctl shmget shmread shmwrite shutdown sin sleep socket socketpair sort splice split sprintf sqrt srand stat study
substr symlink syscall sysopen sysread sysseek system syswrite tell telldir tie tied time times tr truncate uc ucfirst umask
undef unlink unpack unshift untie utime values vec wait waitpid wantarray warn write`
)

// perlRules classify Perl. Whatever can be a match or a substitution is one.
func perlRules() c.Rules {
	const regex = c.LiteralStringRegex
	// Up to a sign that is not escaped.
	upTo := func(end string) string {
		e := regexp.QuoteMeta(end)
		return `(?:\\[\\` + e + `]|[^\\` + e + `]|\\(?![\\` + e + `]))*` + e
	}
	// Up to what the first group is, which may be escaped.
	const again = `(?:\\\\|\\\1|(?!\1)[^\\]|\\(?!\\|\1))*\1`
	rules := c.Rules{
		"root": {
			rule(`#.*`, c.CommentSingle),
			rule(`^=[a-zA-Z0-9]+\s+(?s:.*?)\n=cut`, c.CommentMultiline),
			rule(anyOf(perlKeywords)+`\b`, c.Keyword),
			rule(`(format)(\s+)(\w+)(\s*)(=)(\s*\n)`, c.ByGroups(c.Keyword, c.Text, c.Name, c.Text, c.Punctuation, c.Text), c.Push("format")),
			rule(`(?:eq|lt|gt|le|ge|ne|not|and|or|cmp)\b`, c.OperatorWord),
			rule(`(?:s|tr|y)(?:\{`+upTo("}")+`|<`+upTo(">")+`|\[`+upTo("]")+`|\(`+upTo(")")+`)\s*`, regex, c.Push("second")),
			rule(`(?:s|tr|y)\s*([^\w\s])`+again+again+`[msixpodualngcr]*`, regex),
			rule(`(?:s|tr|y)\s+(\w)`+again+again+`[msixpodualngcr]*`, regex),
			rule(`m?/(?:\\[\\/]|[^\\/\n]|\\(?![\\/\n]))*/[msixpodualngc]*`, regex),
			rule(`m(?=[/!\\{<\[(@%$])`, regex, c.Push("second")),
			rule(`m\s*([^\w\s])`+again+`[msixpodualngc]*`, regex),
			rule(`m\s+(\w)`+again+`[msixpodualngc]*`, regex),
			rule(`\s+`, c.Text),
			rule(`(?=[a-zA-Z_]\w*(?:\s*#.*\n)*\s*=>)`, nil, c.Push("key")),
			rule(anyOf(perlBuiltins)+`\b`, c.NameBuiltin),
			rule(`(?:__(?:DIE|WARN)__|DATA|STD(?:IN|OUT|ERR))\b`, c.NameBuiltinPseudo),
			rule(`<<(['"]?)((?>[a-zA-Z_]\w*))\1;?\n(?s:.*?)\n\2\n`, c.LiteralString),
			rule(`__(?:END|DATA)__\b`, c.CommentPreproc, c.Push("rest")),
			rule("\\$\\^[ADEFHILMOPSTWX]|\\$[\\\\\"'\\[\\]&`+*.,;=%~?@$!<>(^|/_-](?!\\w)", c.NameVariableGlobal),
			rule(`[$@%&*][$@%&*#_]*(?=[a-zA-Z{\[;])`, c.NameVariable, c.Push("variable")),
			rule(`[-+/*%=<>&^|!\\~]=?`, c.Operator),
			rule(`0_?[0-7]+(?:_[0-7]+)*`, c.LiteralNumberOct),
			rule(`0x\h+(?:_\h+)*`, c.LiteralNumberHex),
			rule(`0b[01]+(?:_[01]+)*`, c.LiteralNumberBin),
			rule(`(?:\d*(?:_\d*)*\.\d+(?:_\d*)*)(?:[eE][+-]?\d+)?|\d+(?:_\d*)*[eE][+-]?\d+(?:_\d*)*`, c.LiteralNumberFloat),
			rule(`\d+(?:_\d+)*`, c.LiteralNumberInteger),
			rule(`'`, c.Punctuation, c.Push("single")),
			rule(`"`, c.Punctuation, c.Push("double")),
			rule("`", c.Punctuation, c.Push("backticks")),
			rule(`q[qwrx]?\{`, c.LiteralStringOther, c.Push("braces")),
			rule(`q[qwrx]?\(`, c.LiteralStringOther, c.Push("parentheses")),
			rule(`q[qwrx]?\[`, c.LiteralStringOther, c.Push("brackets")),
			rule(`q[qwrx]?<`, c.LiteralStringOther, c.Push("angles")),
			rule(`q[qwrx]?(\W)(?s:.*?)\1`, c.LiteralStringOther),
			rule(`package\s+`, c.Keyword, c.Push("package")),
			rule(`sub\s+`, c.Keyword, c.Push("sub")),
			rule(`\[\]|::|\.{1,3}`, c.Operator),
			rule(`[()\[\]:;,?{}]`, c.Punctuation),
			rule(`(?=\w)`, nil, c.Push("name")),
		},
		"second": {
			rule(`(?:/`+upTo("/")+`|!`+upTo("!")+`|\\(?:\\\\|[^\\])*\\|@`+upTo("@")+`|%`+upTo("%")+`|\$`+upTo("$")+
				`|\{`+upTo("}")+`|<`+upTo(">")+`|\[`+upTo("]")+`|\(`+upTo(")")+`)[egimosx]*`, regex, c.Pop(1)),
		},
		"format": {
			rule(`\.\n`, c.LiteralStringInterpol, c.Pop(1)),
			rule(`.*?\n`, c.LiteralStringInterpol),
		},
		"key": {
			rule(`#.*`, c.CommentSingle),
			rule(`\w+`, c.LiteralString),
			rule(`\s+`, c.Text),
			rule(`=>`, c.Operator, c.Pop(1)),
		},
		"name": {
			rule(`\w+::`, c.NameNamespace),
			rule(`[\w:]+`, c.NameVariable, c.Pop(1)),
			rule(`(?=\W)`, nil, c.Pop(1)),
		},
		"variable": {
			rule(`\s+`, c.Text),
			rule(`[{\[),;]`, c.Punctuation, c.Pop(1)),
			rule(`\w+::`, c.NameNamespace),
			rule(`[\w:]+`, c.NameVariable, c.Pop(1)),
		},
		"package": {rule(`[a-zA-Z_]\w*`, c.NameNamespace, c.Pop(1))},
		"sub": {
			rule(`[a-zA-Z_]\w*[!?]?`, c.NameFunction),
			rule(`\s+`, c.Text),
			rule(`(\([$@%]*\))(\s*)`, c.ByGroups(c.Punctuation, c.Text)),
			rule(`.*?\{|;`, c.Punctuation, c.Pop(1)),
		},
		"single": {
			rule(`\\[\\']`, c.LiteralStringEscape),
			rule(`[^\\']+|\\`, c.LiteralStringSingle),
			rule(`'`, c.Punctuation, c.Pop(1)),
		},
		"double": {
			c.Include("interpolation"),
			rule(`\\(?:[\\tnrabefluLUE"$@]|0\d{2}|o\{\d+\}|x\h{2}|x\{\h+\}|c.|N\{[^}]+\})?`, c.LiteralStringEscape),
			rule(`[^\\"$@]+|[$@]`, c.LiteralStringDouble),
			rule(`"`, c.Punctuation, c.Pop(1)),
		},
		"backticks": {
			c.Include("interpolation"),
			rule("\\\\[\\\\tnr`]", c.LiteralStringEscape),
			rule("[^\\\\`$@]+|[$@]", c.LiteralStringBacktick),
			rule("`", c.Punctuation, c.Pop(1)),
		},
		"interpolation": {
			rule(`[$@]\{`, c.LiteralStringInterpol, c.Push("interpolated")),
			rule(`[$@][a-zA-Z_]\w*`, c.LiteralStringInterpol),
		},
		"interpolated": {
			rule(`\}`, c.LiteralStringInterpol, c.Pop(1)),
			rule(`\s+`, c.Text),
			rule(`[a-zA-Z_]\w*`, c.LiteralStringInterpol),
		},
		"rest": {rule(`(?s:.+)`, c.CommentPreproc, c.Pop(1))},
	}
	for state, pair := range map[string]string{"braces": `\{\}`, "parentheses": `\(\)`, "brackets": `\[\]`, "angles": `\<\>`} {
		rules[state] = []c.Rule{
			rule(`\\[\\`+pair+`]?`, c.LiteralStringOther),
			rule(pair[:2], c.LiteralStringOther, c.Push()),
			rule(pair[2:], c.LiteralStringOther, c.Pop(1)),
			rule(`[^\\`+pair+`]+`, c.LiteralStringOther),
		}
	}
	return rules
}
