package lint

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"galley/internal/diag"
	"galley/internal/markdown/outline"
)

// bidiControls finds signs that turn the direction of what is read around, so that
// a text looks otherwise than it is (https://trojansource.codes/, CVE-2021-42574).
// Overrides are always told. Marks and isolates are what texts in Arabic or Hebrew
// need: in a line with such letters they are told only where one is not closed.
func bidiControls(*parameters) func(*text) {
	return func(t *text) {
		if isASCII(t.src) {
			return
		}
		for at := 0; at < len(t.src); {
			end := len(t.src)
			if n := strings.IndexByte(t.src[at:], '\n'); n >= 0 {
				end = at + n + 1
			}
			if line := t.src[at:end]; !isASCII(line) {
				t.bidiLine(line, at)
			}
			at = end
		}
	}
}

func (t *text) bidiLine(line string, start int) {
	rightToLeft := strings.ContainsFunc(line, isRightToLeft)
	var open []int // the embeddings and isolates
	tell := func(i int) {
		r, size := utf8.DecodeRuneInString(line[i:])
		at := diag.Range{Start: start + i, End: start + i + size}
		t.offer(at, &diag.Fix{Name: "Delete it", Range: at}, "Here stands a sign that is not seen, %U, which turns the direction around in which the text is read. Delete it.", r)
	}
	for i, r := range line {
		switch r {
		case 0x202d, 0x202e:
			tell(i)
			open = append(open, -1)
		case 0x202a, 0x202b, 0x2066, 0x2067, 0x2068:
			if rightToLeft {
				open = append(open, i)
			} else {
				tell(i)
				open = append(open, -1)
			}
		case 0x202c, 0x2069:
			if len(open) == 0 || open[len(open)-1] < 0 || !rightToLeft {
				tell(i)
			}
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		case 0x200e, 0x200f, 0x061c:
			if !rightToLeft {
				tell(i)
			}
		}
	}
	for _, i := range open {
		if i >= 0 {
			tell(i)
		}
	}
}

// isRightToLeft tells whether a letter is of a script that is read from the right.
func isRightToLeft(r rune) bool {
	return r >= 0x590 && r <= 0x8ff && r != 0x61c || r >= 0xfb1d && r <= 0xfdff || r >= 0xfe70 && r <= 0xfefc || r >= 0x10800 && r <= 0x10fff || r >= 0x1e800 && r <= 0x1efff
}

// invisibleCharacters finds characters that are not seen and not meant: spaces
// without a width, fillers, and those in which a text can be hidden. What joins or
// parts letters in scripts that need it, and what makes one picture of several
// emoji, is left alone.
func invisibleCharacters(*parameters) func(*text) {
	return func(t *text) {
		if isASCII(t.src) {
			return
		}
		start := 0
		if strings.HasPrefix(t.src, "\ufeff") {
			start = len("\ufeff") // the byte order mark
		}
		before := rune(0)
		for i := start; i < len(t.src); {
			r, size := utf8.DecodeRuneInString(t.src[i:])
			if isInvisible(r) {
				behind, _ := utf8.DecodeRuneInString(t.src[i+size:])
				if !joins(r, before, behind) {
					at := diag.Range{Start: i, End: i + size}
					for isInvisible(behind) { // a run of them is one
						_, n := utf8.DecodeRuneInString(t.src[at.End:])
						at.End += n
						behind, _ = utf8.DecodeRuneInString(t.src[at.End:])
					}
					t.offer(at, &diag.Fix{Name: "Delete it", Range: at}, "Here stands a character that is not seen, %U. Delete it.", r)
					i = at.End
					continue
				}
			}
			if r != 0xfe0f && r != 0xfe0e {
				before = r
			}
			i += size
		}
	}
}

func isInvisible(r rune) bool {
	switch {
	case r < 0x115f:
		return false
	case r >= 0x200b && r <= 0x200d, r >= 0x2060 && r <= 0x2064, r >= 0x206a && r <= 0x206f, r == 0xfeff,
		r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5, r == 0x180e, r == 0x3164, r == 0xffa0,
		r >= 0xfff9 && r <= 0xfffb, r >= 0x1d173 && r <= 0x1d17a, r >= 0xe0000 && r <= 0xe01ef:
		return true
	}
	return false
}

// joins tells whether a character that is not seen has a purpose between two
// others.
func joins(r, before, behind rune) bool {
	switch {
	case r == 0x200d: // joins
		return isEmoji(before) && isEmoji(behind) || isJoining(before)
	case r == 0x200c: // parts
		return isJoining(before)
	case r == 0x200b, r == 0x2060: // where a word ends that has no space behind it, and where none does
		return isUnspaced(before) || isUnspaced(behind)
	case r >= 0xe0020 && r <= 0xe007f: // the flag of a region
		return before == 0x1f3f4 || before >= 0xe0020 && before <= 0xe007f
	case r >= 0xe0100: // a form of a Chinese character
		return unicode.Is(unicode.Han, before)
	case r == 0x180e:
		return before >= 0x1800 && before <= 0x18af
	}
	return false
}

// isEmoji tells whether a character can be a part of an emoji. It takes arrows and
// signs that are emoji with a selector for them, too.
func isEmoji(r rune) bool {
	return r >= 0x1f000 && r <= 0x1faff || r >= 0x2190 && r <= 0x2bff || r == 0x20e3 || r == 0xa9 || r == 0xae
}

// isJoining tells whether a letter is of a script whose letters join: Arabic,
// Syriac, Mongolian and those of India and its neighbours.
func isJoining(r rune) bool {
	return r >= 0x600 && r <= 0xdff || isUnspaced(r) || r >= 0x1800 && r <= 0x18af || r >= 0xa800 && r <= 0xabff ||
		r >= 0xfb50 && r <= 0xfdff || r >= 0xfe70 && r <= 0xfefc || r >= 0x11000 && r <= 0x11fff || r >= 0x1e900 && r <= 0x1e95f
}

// isUnspaced tells whether a letter is of a script without spaces between words:
// Thai, Lao, Tibetan, Burmese, Khmer, Chinese and Japanese.
func isUnspaced(r rune) bool {
	return r >= 0xe00 && r <= 0x109f || r >= 0x1780 && r <= 0x17ff || r >= 0x19e0 && r <= 0x1aaf || r >= 0x3040 && r <= 0x30ff || r >= 0x4e00 && r <= 0x9fff
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// addresses goes through what leads elsewhere, with the place to tell of it.
func (t *text) addresses(visit func(b *outline.Block, s *outline.Span)) {
	t.spans(func(b *outline.Block, s *outline.Span) {
		if s.Kind == outline.Link || s.Kind == outline.Bare || s.Kind == outline.Picture {
			visit(b, s)
		}
	})
}

// addressUsers finds addresses with a user's name in them, behind which the host
// is overlooked: https://bank.example@elsewhere.example.
func addressUsers(*parameters) func(*text) {
	return func(t *text) {
		t.addresses(func(_ *outline.Block, s *outline.Span) {
			if a := authorityOf(s.To); strings.IndexByte(a, '@') >= 0 {
				t.tell(s.Range, "This address leads to %s, with what stands before “@” as a user's name. Write it without.", clip(a[strings.LastIndexByte(a, '@')+1:]))
			}
		})
	}
}

// authorityOf is what stands between the slashes of an address: user, host, port.
// It is empty for what is no address of the web.
func authorityOf(address string) string {
	rest, ok := cutPrefixFold(address, "https:")
	if !ok {
		if rest, ok = cutPrefixFold(address, "http:"); !ok && !strings.HasPrefix(address, "//") {
			return ""
		}
	}
	rest = strings.TrimLeft(rest, "/\\")
	if n := strings.IndexAny(rest, "/\\?#"); n >= 0 {
		rest = rest[:n]
	}
	return rest
}

// hostOf is an address's host in small letters, without "www." and the port.
func hostOf(address string) string {
	a := authorityOf(address)
	a = strings.ToLower(a[strings.LastIndexByte(a, '@')+1:])
	if n := strings.LastIndexByte(a, ':'); n >= 0 && strings.Trim(a[n+1:], "0123456789") == "" {
		a = a[:n]
	}
	return strings.TrimPrefix(strings.TrimSuffix(a, "."), "www.")
}

// textAddresses finds links whose text is an address on another host than the one
// they lead to.
func textAddresses(*parameters) func(*text) {
	return func(t *text) {
		t.spans(func(b *outline.Block, s *outline.Span) {
			to := hostOf(s.To)
			if s.Kind != outline.Link || to == "" {
				return
			}
			shown := strings.TrimSpace(t.of(s.Text))
			host := hostOf(shown)
			if host == "" && plainHost(shown) {
				host = hostOf("https://" + shown)
			}
			if host == "" || strings.ContainsAny(shown, " \n") || host == to {
				return
			}
			t.tell(s.Range, "The text of this link is an address on %s, and it leads to %s.", clip(host), clip(to))
		})
	}
}

// plainHost tells whether a text is nothing but a host, of the kinds that are not
// names of files or programs as well.
func plainHost(s string) bool {
	s = strings.ToLower(s)
	if !strings.HasPrefix(s, "www.") && !strings.HasSuffix(s, ".com") && !strings.HasSuffix(s, ".org") && !strings.HasSuffix(s, ".gov") && !strings.HasSuffix(s, ".edu") {
		return false
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-') {
			return false
		}
	}
	return true
}

// lookalikeHosts finds hosts with letters that look like others: of two scripts in
// one name, or all of another script and each like a Latin one, also where the
// name is written as xn--; signs that look like a full stop or a slash; and hosts
// hidden behind %.
func lookalikeHosts(*parameters) func(*text) {
	return func(t *text) {
		t.addresses(func(_ *outline.Block, s *outline.Span) {
			host := hostOf(s.To)
			if host == "" || isASCII(host) && !strings.Contains(host, "xn--") && !strings.Contains(host, "%") {
				return
			}
			if why := deceives(host); why != "" {
				t.tell(s.Range, "The host in this address is not what it looks like: %v. Write the name that is meant.", why)
			}
		})
	}
}

// deceives tells why a host looks like another; empty where it does not.
func deceives(host string) string {
	if strings.IndexByte(host, '%') >= 0 {
		return phrase("it is written with “%c”", '%')
	}
	for _, r := range host {
		if strings.ContainsRune("․‧·⁄∕╱⧸／．。｡؟？＃＠", r) {
			return phrase("it has the sign “%c” (%U)", r, r)
		}
	}
	for label := range strings.SplitSeq(host, ".") {
		shown := label
		if code, ok := strings.CutPrefix(label, "xn--"); ok {
			if shown = fromPunycode(code); shown == "" {
				return phrase("“%s” stands for no name", clip(label))
			}
		}
		if why := mixed(shown); why != "" {
			return why
		}
	}
	return ""
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}
