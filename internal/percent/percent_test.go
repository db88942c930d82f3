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

// An address ends no link, and Liquid finds nothing in it.
func TestAddress(t *testing.T) {
	for text, want := range map[string]string{
		"https://x.example/a(b)":                     "https://x.example/a%28b%29",
		"https://x.example/?q={{ site.x }}":          "https://x.example/?q=%7B%7B%20site.x%20%7D%7D",
		"https://x.example/a b\"c":                   "https://x.example/a%20b%22c",
		"https://x.example/ü":                        "https://x.example/%C3%BC",
		"javascript:alert(1)":                        "",
		"JavaScript:alert(1)":                        "",
		"data:text/html,x":                           "",
		"https://a:b@x.example/":                     "",
		"https://[::1]/":                             "",
		"https://a)<b>.example/":                     "",
		"https://x.example/%25)[x](y)":               "https://x.example/%25%29%5Bx%5D%28y%29",
		"https://x.example/?a={%comment%}":           "https://x.example/?a=%7B%comment%%7D",
		"https://x.example/?q)<script>x</script>":    "https://x.example/?q%29%3Cscript%3Ex%3C/script%3E",
		"https://x.example/?a='`\\|*":                "https://x.example/?a=%27%60%5C%7C%2A",
		"/relative":                                  "",
		"https://x.example/](javascript:alert(1)":    "https://x.example/%5D%28javascript:alert%281%29",
		"https://x.example/%28ok%29?a=1&b=2#part_of": "https://x.example/%28ok%29?a=1&b=2#part_of",
	} {
		if got := Address(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
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
