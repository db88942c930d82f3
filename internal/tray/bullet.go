package tray

import (
	"regexp"
	"strings"
	"time"

	"galley/internal/liquid"
	"galley/internal/liquid/jekyll"
	"galley/internal/ordered"
	"galley/internal/percent"
)

const maxBullet = 4096 // bytes

// readRule reads the template of a bullet.
func readRule(rule string) (t *liquid.Template, problem string) {
	tags := liquid.StandardTags()
	config := &liquid.Config{Tags: tags, Filters: jekyll.Filters(), Mode: liquid.Strict, StrictFilters: true}
	t, err := config.Parse("bullet", 1, rule)
	if err != nil {
		return nil, "its bullet cannot be read (" + err.Error() + ")"
	}
	sample := Item{Title: "Title", URL: "https://example.org/", Date: time.Unix(0, 0).UTC(), Number: 1}
	if _, err := (Tray{bullet: t}).Bullet(sample, sample.Date); err != nil {
		return nil, "its bullet does not work (" + err.Error() + ")"
	}
	return t, ""
}

// Bullet is the Markdown that reports an item, by the tray's rule. It is one line
// unless the rule has several.
func (t Tray) Bullet(i Item, now time.Time) (string, error) {
	labels := make([]any, len(i.Labels))
	for n, l := range i.Labels {
		labels[n] = Literal(oneLine(l, maxTitle))
	}
	item := ordered.Of("title", Literal(i.Title), "url", percent.Address(i.URL), "summary", Literal(i.Summary), "author", Literal(i.Author),
		"source", Literal(i.Source), "number", int64(i.Number), "version", Literal(i.Version), "labels", labels)
	if len(i.Fields) > 0 {
		fields := ordered.New(len(i.Fields))
		for _, field := range i.Fields {
			value := percent.Address(field[1])
			if value == "" {
				value = Literal(field[1])
			}
			fields.Set(field[0], value)
		}
		item.Set("fields", fields)
	}
	if !i.Date.IsZero() {
		item.Set("date", i.Date)
	}
	if i.Number == 0 {
		item.Set("number", nil)
	}
	out, err := t.bullet.Render(&liquid.Env{
		Globals: liquid.Names{Map: ordered.Of("item", item)}, Now: now,
		Limits: liquid.Limits{Steps: 50_000, Bytes: 1 << 20, Text: 64 << 10},
	})
	if err != nil {
		return "", err
	}
	text := strings.TrimSpace(string(out))
	if len(text) > maxBullet {
		text = strings.ToValidUTF8(text[:maxBullet], "")
	}
	return text, nil
}

var (
	opensBlock = regexp.MustCompile(`^(#{1,6}|>|[-+=:]+|\d+[.)])(\s|$)`)
	reference  = regexp.MustCompile(`&(#?[0-9A-Za-z]+;)`)
)

// Literal makes a text Markdown that shows just it, in kramdown's dialect and in
// CommonMark's, within a line and at its beginning. What comes out is at most a few
// times as long, and longer ones end with an ellipsis, after 1000 bytes.
//
// Code between backquotes stays code where it would be harmless as text, too: a rule's
// filter may cut its end off, and kramdown takes some backquotes for themselves. For
// the same reason no "{", no "<" and no "](" is left to be read: behind a backslash
// they would be, once a filter has cut that off.
func Literal(text string) string {
	text = oneLine(text, maxSummary)
	switch text { // in brackets at a bullet's beginning it would be a box
	case "x":
		return "&#120;"
	case "X":
		return "&#88;"
	}
	parts := strings.Split(text, "`")
	paired := len(parts)%2 == 1 && !strings.Contains(text, "``")
	isCode := func(n int) bool {
		return paired && n%2 == 1 && n < len(parts) && parts[n] != "" && strings.TrimSpace(parts[n]) == parts[n] && escaped(parts[n]) == parts[n]
	}
	var b strings.Builder
	for n, part := range parts {
		b.WriteString(escaped(part)) // which changes nothing in code
		switch {
		case n+1 == len(parts):
		case isCode(n) || isCode(n+1):
			b.WriteString("`")
		default:
			b.WriteString("\\`")
		}
	}
	out := b.String()
	if m := opensBlock.FindStringSubmatchIndex(out); m != nil {
		at := m[2]
		if c := out[at]; c >= '0' && c <= '9' {
			at = m[3] - 1
		}
		out = out[:at] + "\\" + out[at:]
	}
	return out
}

// escaped is a text without code.
func escaped(text string) string {
	text = reference.ReplaceAllString(text, "&amp;$1")
	var b strings.Builder
	for n := 0; n < len(text); n++ {
		c := text[n]
		next, before := at(text, n+1), at(text, n-1)
		switch {
		case c == '{':
			b.WriteString("&#123;")
			continue
		case c == '<':
			b.WriteString("&#60;")
			continue
		case c == ']' && (next == '(' || next == '['):
			b.WriteString("&#93;")
			continue
		case strings.IndexByte(`\[]*|$~`, c) >= 0,
			c == '_' && !(isLetter(before) && isLetter(next)),
			c == '=' && (next == '=' || before == '='):
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}

func at(text string, n int) byte {
	if n < 0 || n >= len(text) {
		return 0
	}
	return text[n]
}

func isLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}
