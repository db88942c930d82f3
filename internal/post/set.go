package post

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"time"

	"galley/internal/diag"
	"galley/internal/ordered"
	"galley/internal/yaml"
)

// ErrKeyTooComplex says that a key could not be set without touching others.
var ErrKeyTooComplex = errors.New("the front matter is written in a way that this key cannot be set alone")

// Edit is one replacement in a post's file.
type Edit struct {
	// Range is what is replaced, in bytes.
	Range diag.Range
	// Text is what is put there.
	Text string
}

// Apply gives the file after the edit; src itself stays as it is.
func (e Edit) Apply(src []byte) []byte {
	out := make([]byte, 0, len(src)+len(e.Text))
	out = append(out, src[:e.Range.Start]...)
	out = append(out, e.Text...)
	return append(out, src[e.Range.End:]...)
}

// SetKey gives the file with one key of its front matter set to a text, and
// every other byte as it was. See KeyEdit.
func SetKey(src []byte, key, value string) ([]byte, error) {
	e, err := KeyEdit(src, key, value)
	if err != nil {
		return nil, err
	}
	return e.Apply(src), nil
}

// KeyEdit finds the smallest replacement that sets a key of the front matter
// to a text: a key that is there keeps its place, its kind of quotes and the
// comment behind it; one that is new goes below the last; front matter that is
// missing is made. The result is read again before it is handed out: when
// anything but the key would read differently, the error is ErrKeyTooComplex.
// Nothing is replaced where the key says that text already.
// A key that Jekyll does not take for absent while it is empty goes with its line when
// it is emptied, and a comment behind it stays there alone. One that Jekyll wants a text
// of gets quotes around what YAML would read as something else.
// The error is the same when a comment stands within a value of several lines,
// which would go with it, and when the key's text has several lines itself: what
// sets keys has one, and would have glued them together. Front matter that cannot
// be read is edited all the same, since setting the key that breaks it may mend it;
// but of that only the key's own line, since it is not known what the next ones
// belong to.
func KeyEdit(src []byte, key, value string) (Edit, error) {
	if !plainKey.MatchString(key) {
		return Edit{}, fmt.Errorf("key %q: %w", key, ErrKeyTooComplex)
	}
	if strings.ContainsAny(value, "\r\n") {
		value = strings.Join(strings.Fields(value), " ")
	}
	before := Parse(src)
	if _, there := before.Meta[key]; there && before.Text(key) == value {
		return Edit{}, nil
	}
	if SeveralLines(before.Text(key)) {
		return Edit{}, fmt.Errorf("key %q: %w", key, ErrKeyTooComplex)
	}
	e, ok := before.keyEdit(key, value)
	if !ok {
		return Edit{}, fmt.Errorf("key %q: %w", key, ErrKeyTooComplex)
	}
	after := Parse(e.Apply(src))
	if !after.HasFrontMatter || after.Text(key) != value && !sameScalar(after.Meta[key], value) {
		return Edit{}, fmt.Errorf("key %q: %w", key, ErrKeyTooComplex)
	}
	if !bytes.Equal(before.BodyText(), after.BodyText()) || len(before.Diagnostics) == 0 && len(after.Diagnostics) > 0 {
		return Edit{}, fmt.Errorf("key %q: %w", key, ErrKeyTooComplex)
	}
	if !sameBut(before, after, key) {
		return Edit{}, fmt.Errorf("key %q: %w", key, ErrKeyTooComplex)
	}
	return e, nil
}

// sameBut tells whether all keys but one read as before, and none is gone or new: an
// empty one that is gone would read the same. Of what could not be read before nobody
// knows its keys.
func sameBut(before, after Post, key string) bool {
	for name, v := range before.Meta {
		if now, there := after.Meta[name]; name != key && !(there && reflect.DeepEqual(v, now)) {
			return false
		}
	}
	for name := range after.Meta {
		if _, there := before.Meta[name]; len(before.Meta) > 0 && !there && name != key {
			return false
		}
	}
	return true
}

// SeveralLines tells whether a value's text has a line end within it. Those that
// it ends with, as a text block's, do not count.
func SeveralLines(text string) bool {
	return strings.ContainsAny(strings.TrimRight(text, "\r\n"), "\r\n")
}

var plainKey = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

// sameScalar tells whether a value that is not a text was asked for as it is
// written: true, 12.
func sameScalar(got any, want string) bool {
	v, err := yaml.Read([]byte(want), nil)
	return err == nil && reflect.DeepEqual(got, ordered.Plain(v))
}

// keyEdit finds the replacement; it is not ok when that would delete a comment.
func (p Post) keyEdit(key, value string) (e Edit, ok bool) {
	eol := lineEnding(p.Source)
	if !p.HasFrontMatter {
		return Edit{Range: diag.Range{Start: p.Body, End: p.Body}, Text: "---" + eol + key + ": " + scalar(key, value, 0) + eol + "---" + eol}, true
	}
	k, ok := p.key(key)
	if !ok {
		at := p.FrontMatter.End
		return Edit{Range: diag.Range{Start: at, End: at}, Text: key + ": " + scalar(key, value, 0) + eol}, true
	}
	if len(p.Meta) == 0 { // broken
		_, next := lineAt(p.Source, k.Value.Start)
		k.Value = trimValue(p.Source, diag.Range{Start: k.Value.Start, End: min(next, p.FrontMatter.End)})
	}
	old := p.Source[k.Value.Start:k.Value.End]
	if value == "" && endsEmpty(key) && len(p.Meta) > 0 {
		return p.lineDropped(k)
	}
	if bytes.ContainsRune(old, '\n') && holdsComment(old) {
		return Edit{}, false
	}
	quote := byte(0)
	if len(old) > 1 && (old[0] == '"' || old[0] == '\'') {
		quote = old[0]
	}
	text := scalar(key, value, quote)
	switch {
	case text == "":
		for at := k.Value.Start - 1; at > k.Range.Start && (p.Source[at] == ' ' || p.Source[at] == '\t'); at-- {
			k.Value.Start = at
		}
	case k.Value.Start > 0 && p.Source[k.Value.Start-1] == ':':
		text = " " + text
	}
	return Edit{Range: k.Value, Text: text}, true
}

// lineEnding is what ends the file's first line; "\n" when nothing does.
func lineEnding(src []byte) string {
	if line, _ := lineAt(src, 0); bytes.HasSuffix(line, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

// lineDropped takes a key's lines out, but for the comment behind it.
func (p Post) lineDropped(k Key) (e Edit, ok bool) {
	if holdsComment(p.Source[k.Value.Start:k.Value.End]) && bytes.ContainsRune(p.Source[k.Value.Start:k.Value.End], '\n') {
		return Edit{}, false
	}
	e.Range = k.Range
	if behind := p.Source[k.Value.End:k.Range.End]; bytes.HasPrefix(bytes.TrimLeft(behind, " \t"), []byte("#")) {
		e.Range.End -= len(bytes.TrimLeft(behind, " \t"))
	}
	return e, true
}

// endsEmpty tells whether Jekyll does not take a key for absent that is empty: its
// build ends at such a date, and does not publish what is published: nothing.
func endsEmpty(key string) bool { return key == "date" || key == "published" }

// wantsText tells whether Jekyll, or a plugin that most sites have, wants a text of a
// key: its build ends at a slug that is a number, and categories that are one cost a
// post its address. An empty text of these is an address, and not none.
func wantsText(key string) bool {
	switch key {
	case "slug", "permalink", "category", "categories", "tags", "lang", "layout", "image", "redirect_from", "redirect_to":
		return true
	}
	return false
}

// scalar writes a key's text as a YAML value of one line, in the given quotes, or
// with 0 in the fewest that read back as the same text.
func scalar(key, value string, quote byte) string {
	if value == "" && wantsText(key) {
		return ""
	}
	if quote == 0 && readsBack(value, value, wantsText(key)) && !strings.ContainsAny(value, "#") {
		return value
	}
	if single := "'" + strings.ReplaceAll(value, "'", "''") + "'"; quote == '\'' && readsBack(single, value, false) {
		return single
	}
	return doubleQuoted(value)
}

// readsBack tells whether YAML, written behind a key, is read as the value,
// or, unless it has to be a text, as the number, truth value or emptiness that is
// written the same.
func readsBack(written, value string, mustText bool) bool {
	var place *time.Location // without one a date is read as a text
	if mustText {
		place = time.UTC
	}
	read, err := yaml.Read([]byte("k: "+written+"\n"), place)
	m, _ := read.(*ordered.Map)
	if err != nil || m.Len() != 1 || !m.Has("k") {
		return false
	}
	if value == "" {
		return m.Value("k") == nil || m.Value("k") == ""
	}
	_, isText := m.Value("k").(string)
	return asText(m.Value("k")) == value && (isText || !mustText)
}

// doubleQuoted writes a text between double quotes with YAML's escapes.
func doubleQuoted(value string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range value {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r == 0x85 || r == 0xa0 || r == 0x2028 || r == 0x2029 || r == 0xfeff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
