package percent

import (
	"net/url"
	"testing"
)

func TestDecode(t *testing.T) {
	for text, want := range map[string]string{"": "", "a%20b": "a b", "%C3%a4": "ä", "100%": "100%", "%2": "%2", "%zz%41": "%zzA", "%%41": "%A"} {
		if got := Decode(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func FuzzEncode(f *testing.F) {
	f.Add("a b/ä%")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		encoded := Encode(text, func(c byte) bool { return 'a' <= c && c <= 'z' })
		if got := Decode(encoded); got != text {
			t.Errorf("%q became %q by %q", text, got, encoded)
		}
		if got, err := url.PathUnescape(encoded); err != nil || got != text {
			t.Errorf("%q became %q for others: %v", text, got, err)
		}
	})
}
