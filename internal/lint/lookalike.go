package lint

import (
	"strings"
	"unicode"
)

// mixed tells why a part of a host looks like another; empty where it does not.
// Chinese, Japanese and Korean names have Latin letters in them; others are of one
// script (Unicode's restriction level "highly restrictive",
// https://www.unicode.org/reports/tr39/#Restriction_Level_Detection).
func mixed(label string) string {
	latin, other, east := rune(0), rune(0), false
	otherScript := ""
	alike := true // each letter of another script looks like a Latin one
	for _, r := range label {
		if r < 0x80 {
			if 'a' <= r && r <= 'z' {
				latin = r
			}
			continue
		}
		switch script := scriptOf(r); script {
		case "":
		case "Latin":
			if strings.ContainsRune("ıɑɡɩⅼｌ", r) || r >= 0xff00 && r <= 0xffef {
				return phrase("it has the letter “%c” (%U)", r, r)
			}
			latin = r
		case "East":
			east = true
		default:
			if otherScript != "" && otherScript != script {
				return phrase("it has letters of the scripts %v and %v", otherScript, script)
			}
			other, otherScript = r, script
			alike = alike && strings.ContainsRune(alikes, r)
		}
	}
	switch {
	case other == 0 || !unicode.IsLetter(other):
		return ""
	case latin != 0 || east:
		return phrase("it has the letter “%c” (%U, %v) beside others", other, other, otherScript)
	case alike:
		return phrase("all its letters are %v ones that look like Latin ones", otherScript)
	}
	return ""
}

// alikes are the small letters of other scripts that look like Latin ones.
const alikes = "асԁеһіјӏорԛѕԝхуѵүԍοαικνρυχωγеԍհոսցօքյ"

// scriptOf names the script of a letter outside ASCII, as far as hosts are told
// apart by it; empty for what is of none.
func scriptOf(r rune) string {
	switch {
	case r >= 0xc0 && r <= 0x2af && r != 0xd7 && r != 0xf7, r >= 0x1e00 && r <= 0x1eff, r >= 0x2160 && r <= 0x217f, r >= 0xa720 && r <= 0xa7ff, r >= 0xff21 && r <= 0xff5a:
		return "Latin"
	case r >= 0x370 && r <= 0x3ff, r >= 0x1f00 && r <= 0x1fff:
		return phrase("Greek")
	case r >= 0x400 && r <= 0x52f, r >= 0x1c80 && r <= 0x1c8f, r >= 0x2de0 && r <= 0x2dff, r >= 0xa640 && r <= 0xa69f:
		return phrase("Cyrillic")
	case r >= 0x530 && r <= 0x58f:
		return phrase("Armenian")
	case r >= 0x10a0 && r <= 0x10ff:
		return phrase("Georgian")
	case r >= 0x13a0 && r <= 0x13ff, r >= 0xab70 && r <= 0xabbf:
		return phrase("Cherokee")
	case r >= 0x2e80 && r <= 0x9fff, r >= 0xac00 && r <= 0xd7ff, r >= 0xf900 && r <= 0xfaff, r >= 0x20000 && r <= 0x3ffff, r >= 0x1100 && r <= 0x11ff:
		return "East"
	}
	return ""
}

// fromPunycode decodes what stands behind xn--, by RFC 3492; empty for what is
// none.
func fromPunycode(code string) string {
	const base, tMin, tMax, skew, damp = 36, 1, 26, 38, 700
	var out []rune
	if n := strings.LastIndexByte(code, '-'); n > 0 {
		out = []rune(code[:n])
		code = code[n+1:]
	}
	if code == "" || len(code) > 63 {
		return ""
	}
	n, at, bias, first := 128, 0, 72, true
	for code != "" {
		before, weight := at, 1
		for k := base; ; k += base {
			if code == "" {
				return ""
			}
			digit := 0
			switch c := code[0]; {
			case 'a' <= c && c <= 'z':
				digit = int(c - 'a')
			case '0' <= c && c <= '9':
				digit = int(c-'0') + 26
			default:
				return ""
			}
			code = code[1:]
			if at += digit * weight; at > 1<<30 {
				return ""
			}
			t := min(max(k-bias, tMin), tMax)
			if digit < t {
				break
			}
			if weight *= base - t; weight > 1<<30 {
				return ""
			}
		}
		delta := at - before
		if first {
			delta /= damp
		} else {
			delta /= 2
		}
		first = false
		delta += delta / (len(out) + 1)
		k := 0
		for ; delta > (base-tMin)*tMax/2; k += base {
			delta /= base - tMin
		}
		bias = k + (base-tMin+1)*delta/(delta+skew)
		n += at / (len(out) + 1)
		at %= len(out) + 1
		if n > unicode.MaxRune {
			return ""
		}
		out = append(out[:at], append([]rune{rune(n)}, out[at:]...)...)
		at++
	}
	return string(out)
}
