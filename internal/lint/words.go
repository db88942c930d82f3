package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"galley/internal/diag"
	"galley/internal/lint/effort"
	"galley/internal/markdown/outline"
)

// words finds names that are written otherwise than they write themselves.
//
//	list    each a name, which is found in other capitals (Kubernetes), or one
//	        that stands for another (api server: APIserver)
//	in      the sections that it is for; all by default
//
// Names in code, in addresses and as a part of a path are left alone.
func words(p *parameters) func(*text) {
	one := map[string]string{}  // by a word in small letters
	many := map[string]string{} // by words
	first := map[string]bool{}  // the first ones of these
	longest := 0                // how many words they have
	add := func(from, to string) {
		from = strings.ToLower(strings.Join(strings.Fields(from), " "))
		if from == "" || to == "" {
			return
		}
		if n := strings.Count(from, " ") + 1; n == 1 {
			one[from] = to
		} else {
			many[from], first[from[:strings.IndexByte(from, ' ')]] = to, true
			longest = max(longest, min(n, 8))
		}
	}
	list, ok := p.value("list").([]any)
	for _, e := range list {
		switch e := e.(type) {
		case string:
			add(e, e)
		case map[string]any:
			for from, to := range e {
				text, is := to.(string)
				ok = ok && is
				add(from, text)
			}
		default:
			ok = false
		}
	}
	if !ok {
		p.problem("needs a list of names for “list”")
	}
	in := p.sections("in")
	return func(t *text) {
		for i := range t.blocks {
			b := &t.blocks[i]
			if !in(t.sections[i]) {
				continue
			}
			tokens := tokensOf(b.Text)
		next:
			for n := 0; n < len(tokens); n++ {
				token := tokens[n]
				word := b.Text[token[0]:token[1]]
				small := strings.ToLower(word)
				if first[small] {
					for count := min(longest, len(tokens)-n); count > 1; count-- {
						from, to := token[0], tokens[n+count-1][1]
						want, ok := many[strings.ToLower(strings.Join(strings.Fields(b.Text[from:to]), " "))]
						if ok && alone(b.Text, from, to) {
							if b.Text[from:to] != want {
								t.spell(b, from, to, want)
							}
							n += count - 1
							continue next
						}
					}
				}
				if want, ok := one[small]; ok && word != want && alone(b.Text, token[0], token[1]) {
					t.spell(b, token[0], token[1], want)
				}
			}
		}
	}
}

func (t *text) spell(b *outline.Block, from, to int, want string) {
	at := b.Source(from, to)
	is := b.Text[from:to]
	fix := &diag.Fix{Name: fmt.Sprintf("Write “%s”", want), Range: at, Insert: want}
	if t.of(at) != is {
		fix = nil // something stands in it
	}
	t.offer(at, fix, "“%s” is written “%s”.", strings.Join(strings.Fields(is), " "), want)
}

// tokensOf are the words of a text: runs of letters and digits.
func tokensOf(s string) [][2]int {
	var out [][2]int
	start := -1
	for i, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if start < 0 {
				start = i
			}
		} else if start >= 0 {
			out = append(out, [2]int{start, i})
			start = -1
		}
	}
	if start >= 0 {
		out = append(out, [2]int{start, len(s)})
	}
	return out
}

// alone tells whether a word is not a part of a path, a name or an address.
func alone(s string, from, to int) bool {
	const joins = "-_/.@#:=\\~" + string(outline.Hidden)
	if from > 0 && strings.IndexByte(joins, s[from-1]) >= 0 {
		// A sign behind a space or at the beginning joins nothing, but these do.
		if before, _ := utf8.DecodeLastRuneInString(s[:from-1]); s[from-1] == outline.Hidden || strings.IndexByte("@#/.-", s[from-1]) >= 0 || unicode.IsLetter(before) || unicode.IsDigit(before) {
			return false
		}
	}
	if to < len(s) && strings.IndexByte(joins, s[to]) >= 0 {
		behind, _ := utf8.DecodeRuneInString(s[to+1:])
		if s[to] == outline.Hidden || s[to] == '/' || unicode.IsLetter(behind) || unicode.IsDigit(behind) {
			return false
		}
	}
	return true
}

// codeFormat finds what should be code and is not.
//
//	match   patterns of what is code, beside flags (--like-this)
//	in      the sections that it is for; all by default
func codeFormat(p *parameters) func(*text) {
	var all []*regexp.Regexp
	for _, source := range p.texts("match") {
		if re, err := effort.Compile(source); err != nil {
			p.problem("has a pattern for “match” that cannot be used: %v", err)
		} else {
			all = append(all, re)
		}
	}
	all = append(all, option)
	in, prose := p.sections("in"), ordinaryWords()
	return func(t *text) {
		for i := range t.blocks {
			b := &t.blocks[i]
			if !in(t.sections[i]) {
				continue
			}
			var told [][2]int // what a flag is a part of is told already
			for _, re := range all {
				if !t.passes(b.Text) {
					break
				}
				for _, m := range re.FindAllStringIndex(b.Text, -1) {
					from, to := m[0], m[1]
					if re == option {
						from = to - len(strings.TrimLeft(b.Text[from:to], " (\n"))
					}
					if from == to || strings.IndexByte(b.Text[from:to], outline.Hidden) >= 0 {
						continue
					}
					from, to = t.wholeCode(b, from, to, prose)
					at, is := b.Source(from, to), b.Text[from:to]
					if t.count >= maxFound {
						return
					}
					if t.of(at) != is {
						continue // a link begins or ends in it: it is no command
					}
					if slices.ContainsFunc(told, func(o [2]int) bool { return from < o[1] && o[0] < to }) {
						continue
					}
					told = append(told, [2]int{from, to})
					fix := &diag.Fix{Name: "Make it code", Range: at, Insert: "`" + is + "`"}
					t.offer(at, fix, "“%s” should be in code formatting: `%s`.", clip(is), clip(is))
				}
			}
		}
	}
}

// wholeCode is what a piece of code is a part of, as far as it can be told: a command
// without the words of the sentence that go on behind it, an option with its value, a
// field with what it is a field of.
func (t *text) wholeCode(b *outline.Block, from, to int, prose map[string]bool) (int, int) {
	for words := strings.Count(b.Text[from:to], " "); words > 1; words-- {
		cut := from + strings.LastIndexByte(b.Text[from:to], ' ')
		if last := b.Text[cut+1 : to]; commandVerbs[last] || !prose[last] && !prose[strings.TrimSuffix(last, "s")] && !codeNouns[strings.TrimSuffix(last, "s")] {
			break
		}
		to = cut
	}
	start, end := from, to
	if last := b.Text[from+strings.LastIndexByte(b.Text[from:to], ' ')+1 : to]; strings.HasPrefix(last, "--") && strings.HasPrefix(b.Text[to:], "=") {
		end = to + 1 + len(optionValue.FindString(b.Text[to+1:]))
		if end == to+1 {
			end = to
		}
	}
	for start > 0 && (b.Text[start-1] == '.' || isWordByte(b.Text[start-1])) && b.Text[from] != '-' {
		start--
	}
	if t.of(b.Source(start, end)) != b.Text[start:end] {
		return from, to // a link, or other marks, stand in it
	}
	return start, end
}

// commandVerbs are ordinary words that commands of commands are named with, too.
var commandVerbs = map[string]bool{"create": true, "get": true, "list": true, "set": true, "start": true, "stop": true, "use": true}

// codeNouns are words for what stands before them.
var codeNouns = map[string]bool{"argument": true, "command": true, "field": true, "flag": true, "job": true, "option": true, "parameter": true, "subcommand": true, "switch": true, "test": true}

// optionValue is what stands behind an option's sign of equality.
var optionValue = regexp.MustCompile(`^[\pL\pN_./:,@+-]*[\pL\pN_/]`)

func isWordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}

// option is one of a command.
var option = regexp.MustCompile(`(?:^|[ (\n])--[a-zA-Z][a-zA-Z0-9]*(?:-[a-zA-Z0-9]+)*\b`)

// patterns finds what a site's own patterns name.
//
//	list    each with: find, a pattern of what is read; say, a sentence; replace,
//	        what mends it, with $1 for groups; in, sections; of, "bullet",
//	        "heading" or "paragraph" for these blocks alone
func patterns(p *parameters) func(*text) {
	type pattern struct {
		find         *regexp.Regexp
		say, replace string
		mends        bool
		in           func(string) bool
		of           string
	}
	kinds := map[string]outline.Kind{"bullet": outline.Item, "heading": outline.Heading, "paragraph": outline.Paragraph}
	var list []pattern
	for _, e := range p.entries("list") {
		one := pattern{find: e.pattern("find", ""), say: e.text("say"), replace: e.text("replace"), in: e.sections("in"), of: e.text("of")}
		_, one.mends = e.values["replace"]
		if _, ok := kinds[one.of]; one.of != "" && !ok {
			p.problem("has “%s” for “of”, which is bullet, heading or paragraph", one.of)
			one.of = ""
		}
		if one.find == nil {
			p.problem("needs a pattern for “find”")
		} else {
			list = append(list, one)
		}
		p.done(e)
	}
	return func(t *text) {
		for i := range t.blocks {
			b := &t.blocks[i]
			for _, one := range list {
				if one.of != "" && b.Kind != kinds[one.of] || !one.in(t.sections[i]) || !t.passes(b.Text) {
					continue
				}
				for _, m := range one.find.FindAllStringSubmatchIndex(b.Text, -1) {
					if m[0] == m[1] {
						continue
					}
					at, is := b.Source(m[0], m[1]), b.Text[m[0]:m[1]]
					var fix *diag.Fix
					if one.mends && t.of(at) == is {
						insert := string(one.find.ExpandString(nil, one.replace, b.Text, m))
						fix = &diag.Fix{Name: fmt.Sprintf("Write “%s”", insert), Range: at, Insert: insert}
						if insert == "" {
							fix.Name = "Delete it"
						}
					}
					say := one.say
					if say == "" {
						say = fmt.Sprintf("“%s” is not said here.", clip(plain(is)))
					}
					t.offer(at, fix, "%s", say)
				}
			}
		}
	}
}
