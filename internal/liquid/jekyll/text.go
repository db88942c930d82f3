package jekyll

import (
	"strings"
	"time"
	"unicode"

	"galley/internal/bigint"
	"galley/internal/liquid"
	"galley/internal/ordered"
)

func textFilters() map[string]liquid.Filter {
	return map[string]liquid.Filter{
		"markdownify": filter(0, 0, func(c *liquid.Context, in any, _ []any) (any, error) {
			h, err := host(c)
			if err != nil {
				return nil, err
			}
			return h.Markdown(liquid.String(in))
		}),
		"smartify": filter(0, 0, func(c *liquid.Context, in any, _ []any) (any, error) {
			h, err := host(c)
			if err != nil {
				return nil, err
			}
			return h.Smartify(liquid.String(in))
		}),
		"sassify":                  sassFilter("sassify", true),
		"scssify":                  sassFilter("scssify", false),
		"slugify":                  filter(0, 1, slugifyFilter),
		"xml_escape":               filter(0, 0, func(_ *liquid.Context, in any, _ []any) (any, error) { return liquid.EscapeXML(liquid.String(in)), nil }),
		"normalize_whitespace":     filter(0, 0, normalizeFilter),
		"number_of_words":          filter(0, 1, wordsFilter),
		"array_to_sentence_string": filter(0, 1, sentenceFilter),
		"to_integer":               filter(0, 0, toIntegerFilter),
	}
}

func sassFilter(name string, indented bool) liquid.Filter {
	return filter(0, 0, func(c *liquid.Context, in any, _ []any) (any, error) {
		h, err := host(c)
		if err != nil {
			return nil, err
		}
		s, err := text(name, in)
		if err != nil {
			return nil, err
		}
		return h.Sass(s, indented)
	})
}

func slugifyFilter(_ *liquid.Context, in any, args []any) (any, error) {
	if in == nil {
		return nil, nil
	}
	s, err := text("slugify", in)
	if err != nil {
		return nil, err
	}
	mode := arg(args, 0, nil)
	if mode == nil {
		mode = "default"
	}
	return Slugify(s, liquid.String(mode)), nil
}

// Slugify makes a text fit for an address, in one of Jekyll's modes: raw,
// default, pretty, ascii and latin. With any other mode it is in small letters
// and nothing else.
func Slugify(s, mode string) string {
	keep := func(r rune) bool { return unicode.In(r, unicode.M, unicode.L, unicode.Nd) }
	switch mode {
	case "latin":
		s = transliterate(s)
	case "default":
	case "raw":
		keep = func(r rune) bool { return r >= 0x80 || !isSpace(byte(r)) }
	case "pretty":
		letters := keep
		keep = func(r rune) bool { return letters(r) || strings.ContainsRune("._~!$&'()+,;=@", r) }
	case "ascii":
		keep = func(r rune) bool { return r < 0x80 && r != '_' && isWord(byte(r)) }
	default:
		return liquid.Downcase(s)
	}
	var b strings.Builder
	within := false
	for _, r := range s {
		if keep(r) {
			b.WriteRune(r)
			within = false
		} else if !within {
			b.WriteByte('-')
			within = true
		}
	}
	return liquid.Downcase(strings.TrimSuffix(strings.TrimPrefix(b.String(), "-"), "-"))
}

// latin is a plain letter, or several, and the letters that become it.
var latin = []string{
	"A:ÀÁÂÃÄÅĀĂĄ", "AE:Æ", "C:ÇĆĈĊČ", "E:ÈÉÊËĒĔĖĘĚ", "I:ÌÍÎÏĨĪĬĮİ", "D:ÐĎĐ", "N:ÑŃŅŇ", "O:ÒÓÔÕÖØŌŎŐ", "x:×",
	"U:ÙÚÛÜŨŪŬŮŰŲ", "Y:ÝŶŸ", "Th:Þ", "ss:ß", "a:àáâãäåāăą", "ae:æ", "c:çćĉċč", "e:èéêëēĕėęě", "i:ìíîïĩīĭįı",
	"d:ðďđ", "n:ñńņň", "o:òóôõöøōŏő", "u:ùúûüũūŭůűų", "y:ýÿŷ", "th:þ", "G:ĜĞĠĢ", "g:ĝğġģ", "H:ĤĦ", "h:ĥħ",
	"IJ:Ĳ", "ij:ĳ", "J:Ĵ", "j:ĵ", "K:Ķ", "k:ķĸ", "L:ĹĻĽĿŁ", "l:ĺļľŀł", "'n:ŉ", "NG:Ŋ", "ng:ŋ", "OE:Œ", "oe:œ",
	"R:ŔŖŘ", "r:ŕŗř", "S:ŚŜŞŠ", "s:śŝşš", "T:ŢŤŦ", "t:ţťŧ", "W:Ŵ", "w:ŵ", "Z:ŹŻŽ", "z:źżž",
}

// transliterate takes the marks off Latin letters, as Ruby's I18n does; any
// other letter beyond ASCII becomes a question mark.
func transliterate(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 {
			b.WriteRune(r)
			continue
		}
		plain := "?"
		for _, l := range latin {
			if to, from, _ := strings.Cut(l, ":"); strings.ContainsRune(from, r) {
				plain = to
				break
			}
		}
		b.WriteString(plain)
	}
	return b.String()
}

func fields(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r < 0x80 && isSpace(byte(r)) })
}

// normalizeFilter makes one space of any white space.
func normalizeFilter(_ *liquid.Context, in any, _ []any) (any, error) {
	return strings.Trim(strings.Join(fields(liquid.String(in)), " "), space+"\x00"), nil
}

// wordsFilter counts words; with cjk each character of Chinese, Japanese and
// Korean counts for one, and with auto so where there are any.
func wordsFilter(c *liquid.Context, in any, args []any) (any, error) {
	s, err := text("number_of_words", in)
	if err != nil {
		return nil, err
	}
	if len(args) > 0 && c.Liquid4() {
		return nil, liquid.Faultf("the filter “number_of_words” has no mode in Jekyll 3, which GitHub Pages has")
	}
	mode := arg(args, 0, nil)
	if mode == "cjk" || mode == "auto" {
		characters, words, within := 0, 0, false
		for _, r := range s {
			switch {
			case unicode.In(r, unicode.Han, unicode.Katakana, unicode.Hiragana, unicode.Hangul):
				characters++
				within = false
			case r < 0x80 && isSpace(byte(r)):
				within = false
			case !within:
				words++
				within = true
			}
		}
		if mode == "cjk" || characters > 0 {
			return int64(characters + words), nil
		}
	}
	return int64(len(fields(s))), nil
}

// sentenceFilter joins with commas and a word before the last.
func sentenceFilter(c *liquid.Context, in any, args []any) (any, error) {
	list, ok := in.([]any)
	if s, isText := in.(string); isText {
		// Ruby takes a short text for a list of its letters.
		if n := len([]rune(s)); n > 2 {
			ok = false
		} else {
			ok = true
			for _, r := range s {
				list = append(list, string(r))
			}
		}
	}
	if m, isHash := in.(*ordered.Map); isHash && m.Len() <= 2 {
		// And a small hash for one with the keys 0 and 1.
		ok = true
		for i := range m.Len() {
			v, _ := m.Get(int64(i))
			list = append(list, v)
		}
	}
	if !ok {
		return nil, liquid.Faultf("the filter “array_to_sentence_string” takes a list, and got %s", liquid.Shown(in))
	}
	word := liquid.String(arg(args, 0, "and"))
	sentence := joiner{c: c}
	for i, v := range list {
		switch {
		case i > 0 && i == len(list)-1 && i == 1:
			sentence.b.WriteString(" " + word + " ")
		case i > 0 && i == len(list)-1:
			sentence.b.WriteString(", " + word + " ")
		case i > 0:
			sentence.b.WriteString(", ")
		}
		// The last one, and each of two, are not joined: they are shown as they are.
		if err := sentence.add(v, len(list) > 2 && i < len(list)-1); err != nil {
			return nil, err
		}
	}
	return sentence.b.String(), nil
}

// joiner joins texts, and counts what it makes while it makes it: a list of one long text
// many times takes no memory to speak of.
type joiner struct {
	c *liquid.Context
	b strings.Builder
}

// add adds an element of a list that is joined with commas; a list in it is too, if it is
// to be joined.
func (j *joiner) add(v any, join bool) error {
	if err := j.c.Spend(1); err != nil {
		return err
	}
	list, ok := v.([]any)
	if !ok || !join {
		s := liquid.String(v)
		if err := j.c.Fits(j.b.Len() + len(s)); err != nil {
			return err
		}
		j.b.WriteString(s)
		return j.c.Spend(len(s) >> 8)
	}
	for i, e := range list {
		if i > 0 {
			j.b.WriteString(", ")
		}
		if err := j.add(e, true); err != nil {
			return err
		}
	}
	return nil
}

func toIntegerFilter(_ *liquid.Context, in any, _ []any) (any, error) {
	switch in := in.(type) {
	case bool:
		if in {
			return int64(1), nil
		}
		return int64(0), nil
	case nil, string, int64, bigint.Int, float64, time.Time:
		return liquid.ToInteger(in), nil
	}
	return nil, liquid.Faultf("%s is no number", liquid.Shown(in))
}
