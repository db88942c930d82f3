package postindex

import "strings"

// Normalize makes addresses that mean the same page the same: without the scheme,
// www, the slash at the end, the fragment and what only tells where a visitor came
// from. It is empty for what is no address of the web. web/src/text/address.ts does
// the same.
func Normalize(address string) string {
	rest, ok := cutPrefixFold(address, "https://")
	if !ok {
		if rest, ok = cutPrefixFold(address, "http://"); !ok {
			return ""
		}
	}
	rest, _, _ = strings.Cut(rest, "#")
	rest, query, _ := strings.Cut(rest, "?")
	host, path, _ := strings.Cut(rest, "/")
	host = strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(strings.ToLower(host), "www."), ":443"), ":80")
	out := host + "/" + strings.TrimRight(path, "/")
	out = strings.TrimRight(out, "/")
	sign := "?"
	for part := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(part, "=")
		if part == "" || strings.HasPrefix(name, "utm_") || tracking[name] {
			continue
		}
		out += sign + part
		sign = "&"
	}
	return out
}

// tracking are parameters that tell where a visitor came from.
var tracking = map[string]bool{"fbclid": true, "gclid": true, "dclid": true, "msclkid": true, "mc_cid": true, "mc_eid": true, "igshid": true, "yclid": true, "_hsenc": true, "_hsmi": true, "ref_src": true}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}
