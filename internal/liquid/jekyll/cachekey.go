package jekyll

import (
	"crypto/md5" // as the plugin itself has it: it tells values apart, and protects nothing
	"encoding/binary"
	"hash"

	"galley/internal/liquid"
	"galley/internal/ordered"
)

// maxKeyDepth is how deep lists may stand in each other in a parameter of an include
// that is cached.
const maxKeyDepth = 100

// cacheKey tells an include and the values of its parameters from all others, in a few
// bytes however long they are.
type cacheKey struct {
	c   *liquid.Context
	sum hash.Hash
	// vague says that one of the values cannot be told from all others.
	vague bool
}

func newCacheKey(c *liquid.Context, file string) *cacheKey {
	k := &cacheKey{c: c, sum: md5.New()}
	k.write('f', file)
	return k
}

// write adds a text with its kind and length, so that no two lists of texts are alike.
func (k *cacheKey) write(kind byte, text string) {
	k.sum.Write(binary.AppendUvarint([]byte{kind}, uint64(len(text)))) // never fails, as hashes do not
	_, _ = k.sum.Write([]byte(text))
}

// add adds a value, and counts the work.
func (k *cacheKey) add(v any, depth int) error {
	if err := k.c.Spend(1); err != nil {
		return err
	}
	switch v := v.(type) {
	case string:
		k.write('s', v)
		return k.c.SpendText(v)
	case []any:
		k.write('[', "")
		for _, e := range v {
			if k.vague = k.vague || depth == maxKeyDepth; k.vague {
				return nil
			}
			if err := k.add(e, depth+1); err != nil {
				return err
			}
		}
		k.write(']', "")
	case *ordered.Map:
		list := make([]any, 0, 2*v.Len())
		for name, e := range v.All() {
			list = append(list, name, e)
		}
		k.write('{', "")
		return k.add(list, depth)
	case liquid.Identified:
		k.write('d', v.LiquidID())
	case liquid.Drop:
		k.vague = true
	default:
		k.write('v', liquid.Inspect(v))
	}
	return nil
}

// text is the key.
func (k *cacheKey) text() string { return string(k.sum.Sum(nil)) }
