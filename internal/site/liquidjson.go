package site

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/osteele/liquid/values"
	"gopkg.in/yaml.v2"
)

// jsonText writes a value as JSON, maps in their own order.
func jsonText(v any) (string, error) {
	var b bytes.Buffer
	if err := writeJSON(&b, v, 0); err != nil {
		return "", err
	}
	return b.String(), nil
}

var errJSON = errors.New("the value is too deep or too large for jsonify")

func writeJSON(b *bytes.Buffer, v any, depth int) error {
	if depth > 20 || b.Len() > maxLiquidText/8 {
		return errJSON
	}
	pairs := func(n int, pair func(i int) (string, any)) error {
		b.WriteByte('{')
		first := true
		for i := range n {
			key, value := pair(i)
			if strings.HasPrefix(key, ".") {
				continue
			}
			if !first {
				b.WriteByte(',')
			}
			first = false
			if err := writeJSON(b, key, depth+1); err != nil {
				return err
			}
			b.WriteByte(':')
			if err := writeJSON(b, value, depth+1); err != nil {
				return err
			}
		}
		b.WriteByte('}')
		return nil
	}
	switch v := values.ToLiquid(v).(type) {
	case yaml.MapSlice:
		return pairs(len(v), func(i int) (string, any) { return fmt.Sprint(v[i].Key), v[i].Value })
	case map[string]any:
		keys := sortedKeys(v)
		return pairs(len(keys), func(i int) (string, any) { return keys[i], v[keys[i]] })
	case []any:
		b.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := writeJSON(b, item, depth+1); err != nil {
				return err
			}
		}
		b.WriteByte(']')
		return nil
	case time.Time:
		return writeJSON(b, liquidText(v), depth)
	default:
		encoder := json.NewEncoder(b)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(v); err != nil {
			return err
		}
		b.Truncate(b.Len() - 1) // the encoder's line break
		return nil
	}
}
