package forge

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of messages, in bytes. GitHub cuts off at 256 and 65,536 characters.
const (
	maxTitle = 250
	maxBody  = 60_000
)

// Message is the text of a commit and of its pull request, made harmless.
//
// Titles are often filled in from a post's front matter, so that whoever wrote
// the post would else have the submitter's rights: a commit's or a pull
// request's text closes issues, stops tests, commands bots, calls people and
// speaks for others. NewMessage takes that power and leaves the words:
//
//	line break in a title        a space: a title cannot write the description
//	Closes #1, fixes o/r#1, URL  Closes (#1): only the two side by side close
//	[skip ci], [ci skip] ...     (skip ci): square brackets are the command
//	***NO_CI***                  NO_CI
//	/approve at a line's start   `/approve`: bots read commands there
//	@everyone, @org/team         @ everyone: nobody is called; addresses of
//	                             mail keep theirs
//	Signed-off-by: A             Signed off by: A: with spaces it is no trailer,
//	                             for only the tool may sign, and skip-checks: is
//	                             a trailer too
//	fixup! title                 fixup: title: no later rebase folds it away
//	control, bidirectional and   taken out: the text reads as it is written
//	zero-width characters
//
// Plain references such as #1 stay: they only point. To make a message that is
// already harmless harmless changes nothing.
type Message struct {
	Title string // one line
	Body  string // lines end in \n; "" or without a line break at the end
	// Trailers are the last lines of the commit, such as Sign makes. The pull
	// request does not have them.
	Trailers []string
}

var (
	closing = regexp.MustCompile(`(?i)\b((?:close|fix|resolve)(?:s|d|es|ed)?|implement(?:s|ed|ing)?|(?:clos|fix|resolv)ing)(\s*:\s*|\s+)((?:[\w.-]+/[\w.-]+)?#\d+|GH-\d+|https?://\S+/\d+)`)
	skipCI  = regexp.MustCompile(`(?i)\[((?:skip|no)[ _-][\w-]+|[\w-]+[ _-]skip)\]`)
	noCI    = regexp.MustCompile(`(?i)(?:\*{3,}\s*)+(NO_CI)(?:\s*\*{3,})+`)
	command = regexp.MustCompile(`(?m)^([ \t]*)(/[A-Za-z][\w-]*)`)
	mention = regexp.MustCompile(`(^|[^\w@])@(\w)`)
	trailer = regexp.MustCompile(`(?m)^([ \t]*[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+)([ \t]*:)`)
	fixup   = regexp.MustCompile(`(?i)^(fixup|squash|amend)!`)
	blanks  = regexp.MustCompile(`\s+`)
)

// NewMessage makes a message out of what a writer typed. A title that is empty,
// or has nothing to read in it, is an ErrInvalid.
func NewMessage(title, body string) (Message, error) {
	title = shorten(oneLine(title), 4*maxTitle)
	title = fixup.ReplaceAllString(title, "$1:")
	title = harmless(title)
	title = strings.TrimSpace(shorten(title, maxTitle))
	if title == "" {
		return Message{}, &Error{Kind: ErrInvalid, Sentence: "The pull request needs a title."}
	}
	body = strings.ToValidUTF8(body, "\uFFFD")
	body = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n", "\v", "\n", "\f", "\n").Replace(body)
	body = harmless(shorten(strings.TrimSpace(strings.Map(visible, body)), 2*maxBody))
	body = strings.TrimSpace(shorten(body, maxBody))
	return Message{Title: title, Body: body}, nil
}

// Commit is the whole message of a commit.
func (m Message) Commit() string {
	text := m.Title + "\n"
	if m.Body != "" {
		text += "\n" + m.Body + "\n"
	}
	if len(m.Trailers) > 0 {
		text += "\n" + strings.Join(m.Trailers, "\n") + "\n"
	}
	return text
}

// harmless rewrites everything that somebody or something obeys. What was
// rewritten can make a word of what stood beside it, as in "fix #1fix #2", or end
// where the next begins, as in "@a@b": so it goes on until nothing is left. That takes
// some rounds; what should need many loses the signs that are obeyed.
func harmless(s string) string {
	for range maxRounds {
		t := skipCI.ReplaceAllString(s, "($1)")
		t = noCI.ReplaceAllString(t, "$1")
		t = closeNothing(t)
		t = trailer.ReplaceAllStringFunc(t, func(t string) string {
			return strings.ReplaceAll(t, "-", " ")
		})
		t = command.ReplaceAllString(t, "$1`$2`")
		if t = mention.ReplaceAllString(t, "$1@ $2"); t == s {
			return s
		}
		s = t
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("[]*#@/:-", r) {
			return ' '
		}
		return r
	}, s)
}

// maxRounds is how often a text is gone through.
const maxRounds = 16

// closeNothing puts what a word such as "fixes" closes between parentheses. Behind
// each it begins anew: in "fix #1fix #2" a word begins there then.
func closeNothing(s string) string {
	var b strings.Builder
	for {
		m := closing.FindStringSubmatchIndex(s)
		if m == nil {
			b.WriteString(s)
			return b.String()
		}
		from, to := m[len(m)-2], m[len(m)-1]
		b.WriteString(s[:from] + "(" + s[from:to] + ")")
		s = s[to:]
	}
}

// oneLine makes a text one line without a character that cannot be seen.
func oneLine(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return visible(r)
	}, s)
	return strings.TrimSpace(blanks.ReplaceAllString(s, " "))
}

// visible drops what cannot be seen; it keeps line breaks, tabs, and the joiner
// within emoji and the scripts that need it.
func visible(r rune) rune {
	switch {
	case r == '\n' || r == '\t' || r == '\u200d':
		return r
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r), r == utf8.RuneError:
		return -1
	}
	return r
}

// CalledBefore is what the step that updates a pull request says of a title that it
// changes; empty where it stays.
func CalledBefore(was, is string) string {
	if was == is {
		return ""
	}
	return ", which was called “" + was + "”"
}
