package post

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"galley/internal/diag"
)

// AddText gives the file with one more text in the list that a key of the front
// matter holds; nothing changes where it is there. A list keeps its form, a text
// becomes a list of two, and a key that is not there gets the text alone. The
// result is read again, and the error is ErrKeyTooComplex, as [KeyEdit] says.
func AddText(src []byte, key, text string) ([]byte, error) {
	p := Parse(src)
	had := wholeTexts(p.Meta[key])
	if slices.Contains(had, text) {
		return src, nil
	}
	k, ok := p.key(key)
	if !ok || p.Meta[key] == nil || p.Meta[key] == "" {
		return SetKey(src, key, text)
	}
	var out []byte
	value := src[k.Value.Start:k.Value.End]
	insert := func(at int, s string) []byte {
		return Edit{Range: diag.Range{Start: k.Value.Start + at, End: k.Value.Start + at}, Text: s}.Apply(src)
	}
	switch item := itemStart(value); {
	case value[0] == '[' && value[len(value)-1] == ']':
		inner := bytes.TrimRight(value[1:len(value)-1], " \t\r\n")
		comma := ", "
		if len(had) == 0 {
			comma = ""
		} else if inner[len(inner)-1] == ',' {
			comma = " "
		}
		out = insert(1+len(inner), comma+quotedItem(key, text))
	case item >= 0:
		// Below the last line, begun as the last item is.
		line := bytes.LastIndexByte(value[:item], '\n') + 1
		out = insert(len(value), lineEnding(src)+string(value[line:item])+"- "+quotedItem(key, text))
	case !bytes.ContainsRune(value, '\n'):
		out = Edit{Range: k.Value, Text: "[" + string(value) + ", " + quotedItem(key, text) + "]"}.Apply(src)
	default:
		return nil, fmt.Errorf("key %q: %w", key, ErrKeyTooComplex)
	}
	after := Parse(out)
	if !slices.Equal(wholeTexts(after.Meta[key]), append(had, text)) || !sameBut(p, after, key) || !bytes.Equal(after.BodyText(), p.BodyText()) {
		return nil, fmt.Errorf("key %q: %w", key, ErrKeyTooComplex)
	}
	return out, nil
}

// wholeTexts are a value's texts, none of them split.
func wholeTexts(value any) []string {
	if list, ok := value.([]any); ok {
		var texts []string
		for _, v := range list {
			texts = append(texts, asText(v))
		}
		return texts
	}
	if t := asText(value); t != "" {
		return []string{t}
	}
	return nil
}

// itemStart is where the hyphen of a block list's last item is in a value that
// begins with an item; -1 for what is no such list.
func itemStart(value []byte) int {
	first := bytes.TrimLeft(value, " \t\r\n")
	if len(first) == len(value) || !bytes.HasPrefix(first, []byte("- ")) {
		return -1
	}
	indent := len(value) - len(first) - 1 - bytes.LastIndexByte(value[:len(value)-len(first)], '\n')
	last := -1
	for at := 0; at < len(value); {
		line, next := lineAt(value, at)
		if strings.HasPrefix(string(line), strings.Repeat(" ", indent)+"- ") {
			last = at + indent
		}
		at = next
	}
	return last
}

// quotedItem writes a text as an item of a key's list, in quotes where it needs any.
func quotedItem(key, text string) string {
	if strings.ContainsAny(text, ",[]{}") {
		return doubleQuoted(text)
	}
	return scalar(key, text, 0)
}
