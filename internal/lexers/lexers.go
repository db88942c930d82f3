// Package lexers finds lexers for code blocks. It is for programs that run
// natively: linking all lexers into WebAssembly would double its size, so
// there a definition is fetched as data when a post first uses it.
//
// The languages that posts use most are lexed by rules of our own, which
// classify code as rouge does, so that the style sheet of a Jekyll site
// colours it as before; all others by chroma's. A file here is a language.
package lexers

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// ErrUnknown is the error of Definition for a language that has none.
var ErrUnknown = errors.New("no definition of this language")

// Source returns a function that finds a lexer by the name written in a code
// fence, or nil when there is none. It is safe for concurrent use, and the lexers
// remember the tokens of code that they saw before.
func Source() func(language string) chroma.Lexer { return newMemo().find }

func find(language string) chroma.Lexer {
	if l := own[language]; l != nil {
		return l
	}
	// chroma would take a file's name as well, and any case.
	l := lexers.Get(language)
	if l == nil {
		return nil
	}
	for _, name := range append([]string{l.Config().Name}, l.Config().Aliases...) {
		if strings.EqualFold(name, language) {
			return l
		}
	}
	return nil
}

// Definition returns a language's lexer as data: chroma's XML, of which
// markdown.NewLexer makes the lexer again. The error is ErrUnknown when there
// is no such language or when its lexer is more than rules.
func Definition(language string) ([]byte, error) {
	l, ok := find(language).(*chroma.RegexLexer)
	if !ok {
		return nil, fmt.Errorf("%w: %q", ErrUnknown, language)
	}
	data, err := chroma.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("%w: %q: %w", ErrUnknown, language, err)
	}
	return sortStates(data), nil
}

// sortStates puts a definition's states in order: chroma writes them in a
// different one each time, and what browsers keep must not change.
func sortStates(xml []byte) []byte {
	const state = "\n    <state "
	head, rest, _ := strings.Cut(string(xml), state)
	end := strings.LastIndex(rest, "\n  </rules>")
	if end < 0 {
		return xml
	}
	states := strings.Split(rest[:end], state)
	slices.Sort(states)
	return []byte(head + state + strings.Join(states, state) + rest[end:])
}

// own are our lexers by the names that rouge knows them by.
var own = func() map[string]chroma.Lexer {
	byName := map[string]chroma.Lexer{}
	for _, l := range []struct {
		names string
		rules func() chroma.Rules
	}{
		{"html", htmlRules},
		{"liquid", liquidRules},
		{"ruby rb", rubyRules},
		{"irb pry", irbRules},
		{"irb_output", irbOutputRules},
		{"erb eruby rhtml", erbRules},
		{"make makefile mf gnumake bsdmake", makeRules},
		{"markdown md mkd", markdownRules},
		{"apache", apacheRules},
		{"awk", awkRules},
		{"batchfile bat batch dosbatch winbatch", batchfileRules},
		{"clojure clj cljs", clojureRules},
		{"cmake", cmakeRules},
		{"coffeescript coffee coffee-script", coffeescriptRules},
		{"dot", dotRules},
		{"erlang erl", erlangRules},
		{"julia jl", juliaRules},
		{"matlab m", matlabRules},
		{"nix nixos", nixRules},
		{"ocaml", ocamlRules},
		{"pascal", pascalRules},
		{"scheme", schemeRules},
		{"common_lisp cl common-lisp elisp emacs-lisp lisp", lispRules},
		{"conf config configuration", confRules},
		{"gherkin cucumber behat", gherkinRules},
		{"handlebars hbs mustache", handlebarsRules},
		{"http", httpRules},
		{"jinja django", jinjaRules},
		{"json-doc jsonc", jsonDocRules},
		{"properties", propertiesRules},
		{"tex TeX LaTeX latex", texRules},
		{"twig", twigRules},
		{"vue vuejs", vueRules},
		{"viml vim vimscript ex", vimlRules},
		{"vb visualbasic", visualBasicRules},
		{"xml", xmlRules},
		{"zig zir", zigRules},
		{"css", cssRules},
		{"scss", scssRules},
		{"sass", sassRules},
		{"toml", tomlRules},
		{"ini", iniRules},
		{"nginx", nginxRules},
		{"sql", sqlRules},
		{"yaml yml", yamlRules},
		{"shell bash zsh ksh sh", shellRules},
		{"console terminal shell_session shell-session", consoleRules},
		{"go golang", goRules},
		{"json", jsonRules},
		{"diff patch udiff", diffRules},
		{"docker dockerfile Dockerfile", dockerRules},
		{"python py", pythonRules},
		{"javascript js", javascriptRules},
		{"typescript ts", typescriptRules},
		{"jsx react", jsxRules},
		{"tsx", tsxRules},
		{"java", javaRules},
		{"c", cRules},
		{"cpp c++", cppRules},
		{"csharp c# cs", csharpRules},
		{"kotlin", kotlinRules},
		{"swift", swiftRules},
		{"hcl", hclRules},
		{"terraform tf", terraformRules},
		{"lua", luaRules},
		{"fsharp", fsharpRules},
		{"solidity", solidityRules},
		{"d dlang", dRules},
		{"cypher", cypherRules},
		{"vhdl", vhdlRules},
		{"glsl", glslRules},
		{"graphql", graphqlRules},
		{"perl pl", perlRules},
		{"elixir exs", elixirRules},
		{"haskell hs", haskellRules},
		{"objective_c objc obj-c obj_c objectivec", objectiveCRules},
		{"objective_cpp objcpp obj-cpp obj_cpp objectivecpp objc++ obj-c++ obj_c++ objectivec++", objectiveCppRules},
		{"dart", dartRules},
		{"protobuf proto", protobufRules},
		{"scala", scalaRules},
		{"groovy", groovyRules},
		{"gradle", gradleRules},
		{"r R s S", rRules},
		{"php php3 php4 php5", phpRules},
		{"powershell posh microsoftshell msshell", powershellRules},
		{"rust rs rust,no_run rs,no_run rust,ignore rs,ignore rust,should_panic rs,should_panic", rustRules},
	} {
		names := strings.Fields(l.names)
		lexer := chroma.MustNewLexer(&chroma.Config{Name: names[0], Aliases: names[1:]}, func() chroma.Rules { return lineErrors(l.rules()) })
		for _, n := range names {
			byName[n] = lexer
		}
	}
	return byName
}()

// anyOf is a pattern of one of some words.
func anyOf(words string) string { return "(?:" + strings.Join(strings.Fields(words), "|") + ")" }

// anyWord is anyOf for words that are no patterns.
func anyWord(words string) string { return anyOf(regexp.QuoteMeta(words)) }

// rule is short for a chroma rule. In its pattern \w, \s, \d and \h are what
// they are in Ruby: of ASCII alone, and \h a hexadecimal digit.
func rule(pattern string, emit chroma.Emitter, mutate ...chroma.Mutator) chroma.Rule {
	r := chroma.Rule{Pattern: asciiClasses(pattern), Type: emit}
	switch len(mutate) {
	case 0:
	case 1:
		r.Mutator = mutate[0]
	default:
		r.Mutator = chroma.Mutators(mutate...)
	}
	return r
}

// asciiClasses writes out the classes of characters in a pattern, which would
// be Unicode's. Within brackets \W, \S and \D are left.
func asciiClasses(pattern string) string {
	var b strings.Builder
	inside := false
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		if c != '\\' || i+1 == len(pattern) {
			inside = c == '[' || inside && c != ']'
			b.WriteByte(c)
			continue
		}
		i++
		class := map[byte]string{'w': `a-zA-Z0-9_`, 's': `\t\n\v\f\r `, 'd': `0-9`, 'h': `0-9a-fA-F`}[pattern[i]|0x20]
		negative := pattern[i] < 'a'
		switch {
		case class == "" || negative && inside || pattern[i] == 'H':
			b.WriteString(pattern[i-1 : i+1])
		case inside:
			b.WriteString(class)
		case negative:
			b.WriteString("[^" + class + "]")
		default:
			b.WriteString("[" + class + "]")
		}
	}
	return b.String()
}

// lineErrors lets a line end that no rule expects be an error, as any other
// character is: chroma would go back to the first state.
func lineErrors(rules chroma.Rules) chroma.Rules {
	included := map[string]bool{}
	for _, state := range rules {
		for _, r := range state {
			if i, ok := r.Mutator.(interface{ MutatorKind() string }); ok && i.MutatorKind() == "include" {
				included[fmt.Sprint(i)] = true
			}
		}
	}
	for name, state := range rules {
		if !included[fmt.Sprint(chroma.Include(name).Mutator)] {
			rules[name] = append(state[:len(state):len(state)], chroma.Rule{Pattern: `\n`, Type: chroma.Error})
		}
	}
	return rules
}

// What rouge knows and chroma lacks, by types of chroma's that no lexer here
// needs; they are written with rouge's classes, pi, cd and mx.
const (
	indicator   = chroma.TextPunctuation
	docComment  = chroma.TextSymbol
	numberOther = chroma.LiteralNumberByte
)
