// Package percent writes and reads bytes as RFC 3986 has them in addresses: a
// percent sign and two digits of base 16. An address that a stranger gave becomes one
// that can stand in a text.
package percent

import (
	"net/url"
	"strings"
)

// Encode writes each byte so that keep does not want as it is. Digits of base 16
// are large letters.
func Encode(s string, keep func(c byte) bool) string {
	const digits = "0123456789ABCDEF"
	from := 0
	for from < len(s) && keep(s[from]) {
		from++
	}
	if from == len(s) {
		return s
	}
	var b strings.Builder
	b.WriteString(s[:from])
	for i := from; i < len(s); i++ {
		if c := s[i]; keep(c) {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(digits[c>>4])
			b.WriteByte(digits[c&15])
		}
	}
	return b.String()
}

// Decode undoes Encode; what is not an escape stays.
func Decode(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c, escaped := Byte(s[i:])
		if !escaped {
			c = s[i]
		} else {
			i += 2
		}
		b = append(b, c)
	}
	return string(b)
}

// special are the signs by which a text goes on behind an address, in Markdown, HTML or
// Liquid: they end a link or a tag, or begin another.
const special = "()<>[]{}\"'`\\|*"

// Address is an address of the web in a form that is nothing but an address wherever it
// stands in a text, with Markdown, HTML and Liquid in it, and leads to the same place.
// It is empty for what is no such address, for one with a user in it, and where the
// host's name has signs that mean something there.
func Address(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || strings.ContainsAny(u.Host, special) {
		return ""
	}
	return Encode(u.String(), func(c byte) bool { return c > ' ' && c < 0x7f && strings.IndexByte(special, c) < 0 })
}

// Byte is the byte that an escape at the beginning of a text stands for; false
// where there is none.
func Byte(s string) (byte, bool) {
	if len(s) < 3 || s[0] != '%' {
		return 0, false
	}
	high, low := value(s[1]), value(s[2])
	return byte(high<<4 | low), high >= 0 && low >= 0
}

// value is what a digit of base 16 stands for; -1 for another character.
func value(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}
