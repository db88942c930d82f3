package post

import (
	"bytes"
	"fmt"
)

// DropKey gives the file without one key of its front matter, its value and the
// comment behind it, and with every other byte as it was. A key that is there twice
// goes twice; one that is not there changes nothing. The result is read again before
// it is handed out: when another key would read differently, as where the value is
// referred to, or the front matter cannot be read, the error is ErrKeyTooComplex.
func DropKey(src []byte, key string) ([]byte, error) {
	before := Parse(src)
	if _, there := before.Meta[key]; !there && len(before.Meta) > 0 {
		return src, nil
	}
	var out []byte
	at := 0
	for _, k := range before.Keys {
		if k.Name == key {
			out = append(out, src[at:k.Range.Start]...)
			at = k.Range.End
		}
	}
	if at == 0 && len(before.Meta) == 0 {
		return src, nil
	}
	out = append(out, src[at:]...)
	after := Parse(out)
	_, left := after.Meta[key]
	if at == 0 || len(before.Meta) == 0 || left || !sameBut(before, after, key) || !after.HasFrontMatter || !bytes.Equal(before.BodyText(), after.BodyText()) {
		return nil, fmt.Errorf("key %q: %w", key, ErrKeyTooComplex)
	}
	return out, nil
}
