// Package zone writes a time zone down and reads it again.
//
// A browser's WebAssembly has no time zone files, and linking them all in would
// cost half a megabyte. So a bundle brings the one zone that its site uses, as a
// file of the form that RFC 8536 describes.
package zone

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"time"
)

// File is where a bundle keeps the site's time zone, in base64.
const File = ".galley-zone"

// The years that are written out. Posts from before or after them get the
// nearest rule.
const (
	firstZoneYear = 1970
	lastZoneYear  = 2100
)

// Encode writes a location's rules down.
func Encode(loc *time.Location) string {
	type rule struct {
		from   int64
		offset int
		name   string
		dst    bool
	}
	at := time.Date(firstZoneYear, 1, 1, 0, 0, 0, 0, time.UTC)
	end := time.Date(lastZoneYear, 1, 1, 0, 0, 0, 0, time.UTC)
	var rules []rule
	for t := at; t.Before(end); {
		local := t.In(loc)
		name, offset := local.Zone()
		r := rule{t.Unix(), offset, name, local.IsDST()}
		if n := len(rules); n == 0 || rules[n-1].offset != offset || rules[n-1].name != name || rules[n-1].dst != r.dst {
			rules = append(rules, r)
		}
		_, next := local.ZoneBounds()
		if next.IsZero() {
			break
		}
		if !next.After(t) { // at the seams of a year, where rules take over
			next = t.Add(time.Hour)
		}
		t = next
	}
	var names strings.Builder
	index := map[string]int{}
	type kind struct {
		offset int
		dst    bool
		name   int
	}
	var kinds []kind
	kindOf := map[kind]int{}
	var times []int64
	var which []byte
	for _, r := range rules {
		if _, ok := index[r.name]; !ok {
			index[r.name] = names.Len()
			names.WriteString(r.name + "\x00")
		}
		k := kind{r.offset, r.dst, index[r.name]}
		if _, ok := kindOf[k]; !ok {
			kindOf[k] = len(kinds)
			kinds = append(kinds, k)
		}
		times = append(times, r.from)
		which = append(which, byte(kindOf[k]))
	}
	header := func(b []byte, times, kinds, chars int) []byte {
		b = append(b, "TZif2"...)
		b = append(b, make([]byte, 15)...)
		for _, n := range []int{0, 0, 0, times, kinds, chars} {
			b = binary.BigEndian.AppendUint32(b, uint32(n)) //nolint:gosec // small counts
		}
		return b
	}
	// Version 1's part, empty but for the one kind that there must be.
	b := header(nil, 0, 1, 1)
	b = append(b, make([]byte, 7)...)
	b = header(b, len(times), len(kinds), names.Len())
	for _, t := range times {
		b = binary.BigEndian.AppendUint64(b, uint64(t)) //nolint:gosec // two's complement is meant
	}
	b = append(b, which...)
	for _, k := range kinds {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(k.offset))) //nolint:gosec // two's complement is meant
		dst := byte(0)
		if k.dst {
			dst = 1
		}
		b = append(b, dst, byte(k.name))
	}
	b = append(b, names.String()...)
	b = append(b, "\n\n"...)
	return base64.StdEncoding.EncodeToString(b)
}

// Decode reads what encodeZone wrote.
func Decode(name, text string) (*time.Location, error) {
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	return time.LoadLocationFromTZData(name, b)
}
