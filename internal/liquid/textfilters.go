package liquid

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func textFilters() map[string]Filter {
	return map[string]Filter{
		"size":           filter(0, 0, sizeFilter),
		"downcase":       onText(Downcase),
		"upcase":         onText(Upcase),
		"capitalize":     onText(Capitalize),
		"slice":          filter(1, 2, sliceFilter),
		"truncate":       filter(0, 2, truncateFilter),
		"truncatewords":  filter(0, 2, truncateWordsFilter),
		"split":          filter(1, 1, splitFilter),
		"strip":          onText(strip),
		"lstrip":         onText(func(s string) string { return strings.TrimLeft(s, blank+"\x00") }),
		"rstrip":         onText(func(s string) string { return strings.TrimRight(s, blank+"\x00") }),
		"strip_html":     onText(StripHTML),
		"strip_newlines": onText(func(s string) string { return replaceNewlines(s, "") }),
		"newline_to_br":  filter(0, 0, newlineToBrFilter),
		"replace":        filter(1, 2, replaceFilter),
		"replace_first":  filter(1, 2, replaceFirstFilter),
		"replace_last":   newFilter(2, 2, replaceLastFilter),
		"remove":         filter(1, 1, replaceFilter),
		"remove_first":   filter(1, 1, replaceFirstFilter),
		"remove_last":    newFilter(1, 1, replaceLastFilter),
		"append":         filter(1, 1, appendFilter),
		"prepend":        filter(1, 1, prependFilter),
	}
}

// strip takes white space and NUL off both ends.
func strip(s string) string { return strings.Trim(s, blank+"\x00") }

func sizeFilter(_ *Context, in any, _ []any) (any, error) {
	if n, ok := property(in, "size", true); ok {
		switch in.(type) {
		case Drop:
			return int64(0), nil
		case interface{ Len() int }: // a hash with a key of this name
			return int64(in.(interface{ Len() int }).Len()), nil
		}
		return n, nil
	}
	return int64(0), nil
}

// longUpper are letters that become several.
var longUpper = map[rune]string{
	'ß': "SS", 'ŉ': "ʼN", 'ǰ': "J̌", 'ﬀ': "FF", 'ﬁ': "FI", 'ﬂ': "FL", 'ﬃ': "FFI", 'ﬄ': "FFL", 'ﬅ': "ST", 'ﬆ': "ST",
}

// Upcase is a text in capitals, as Ruby has them: ß becomes SS.
func Upcase(s string) string {
	if !strings.ContainsAny(s, "ßŉǰﬀﬁﬂﬃﬄﬅﬆ") {
		return strings.ToUpper(s)
	}
	var b strings.Builder
	for _, r := range s {
		if long, ok := longUpper[r]; ok {
			b.WriteString(long)
		} else {
			b.WriteRune(unicode.ToUpper(r))
		}
	}
	return b.String()
}

// Downcase is a text in small letters, as Ruby has them: İ becomes i with a
// dot of its own.
func Downcase(s string) string {
	if strings.Contains(s, "İ") {
		parts := strings.Split(s, "İ")
		for i, p := range parts {
			parts[i] = strings.ToLower(p)
		}
		return strings.Join(parts, "i̇")
	}
	return strings.ToLower(s)
}

// Capitalize is a text with one capital at its beginning.
func Capitalize(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || r == utf8.RuneError {
		return Downcase(s)
	}
	first := string(unicode.ToTitle(r))
	if long, ok := longUpper[r]; ok {
		first = Capitalize(long)
	}
	return first + Downcase(s[n:])
}

// sliceFilter takes characters or elements out.
func sliceFilter(_ *Context, in any, args []any) (any, error) {
	offset, err := integer(args[0])
	if err != nil {
		return nil, err
	}
	length := int64(1)
	if v := arg(args, 1, nil); truthy(v) {
		if length, err = integer(v); err != nil {
			return nil, err
		}
	}
	if list, ok := in.([]any); ok {
		from, to, ok := sliceRange(int64(len(list)), offset, length)
		if !ok {
			return []any{}, nil
		}
		return list[from:to:to], nil
	}
	s := String(in)
	from, to, ok := sliceRange(int64(runes(s)), offset, length)
	if !ok {
		return "", nil
	}
	begin := byteOf(s, int(from))
	return s[begin : begin+byteOf(s[begin:], int(to-from))], nil
}

func sliceRange(size, offset, length int64) (from, to int64, ok bool) {
	if offset < 0 {
		offset += size
	}
	if offset < 0 || offset > size || length < 0 {
		return 0, 0, false
	}
	return offset, offset + min(length, size-offset), true
}

// byteOf is where a text's n-th character begins.
func byteOf(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

func truncateFilter(_ *Context, in any, args []any) (any, error) {
	if in == nil {
		return nil, nil
	}
	s := String(in)
	length, err := integer(arg(args, 0, int64(50)))
	if err != nil {
		return nil, err
	}
	end := String(arg(args, 1, "..."))
	if int64(runes(s)) <= length {
		return s, nil
	}
	keep := max(0, length-int64(runes(end)))
	return s[:byteOf(s, int(keep))] + end, nil
}

func truncateWordsFilter(c *Context, in any, args []any) (any, error) {
	if in == nil {
		return nil, nil
	}
	s := String(in)
	n, err := integer(arg(args, 0, int64(15)))
	if err != nil {
		return nil, err
	}
	end := String(arg(args, 1, "..."))
	n = max(n, 1)
	if c.config.Liquid4 {
		// Ruby adds the end too where there are just so many words.
		words := awkFields(s)
		if int64(len(words)) < n {
			return in, nil
		}
		return strings.Join(words[:n], " ") + end, nil
	}
	var words []string
	rest := strings.TrimLeft(s, blank)
	for int64(len(words)) < n && rest != "" {
		i := strings.IndexAny(rest, blank)
		if i < 0 {
			return s, nil
		}
		words = append(words, rest[:i])
		rest = strings.TrimLeft(rest[i:], blank)
	}
	if int64(len(words)) < n {
		// The end of the text counts as a word when space stands before it.
		if len(words) > 0 {
			words = append(words, "")
		}
		if int64(len(words)) <= n {
			return s, nil
		}
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ") + end, nil
}

// awkFields are the words between white space.
func awkFields(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r < 0x80 && space(byte(r)) })
}

// splitFilter cuts a text at each pattern; a space stands for any white space.
// Empty texts at the end are dropped.
func splitFilter(c *Context, in any, args []any) (any, error) {
	s, pattern := String(in), String(args[0])
	if s == "" {
		return []any{}, nil
	}
	var parts []string
	switch pattern {
	case " ":
		parts = awkFields(s)
	case "":
		parts = strings.Split(s, "")
	default:
		parts = strings.Split(s, pattern)
	}
	if err := c.Spend(len(parts)); err != nil {
		return nil, err
	}
	for len(parts) > 0 && parts[len(parts)-1] == "" {
		parts = parts[:len(parts)-1]
	}
	out := make([]any, len(parts))
	for i, p := range parts {
		out[i] = p
	}
	return out, nil
}

// replaceNewlines replaces line ends, \r before them included.
func replaceNewlines(s, with string) string {
	if !strings.Contains(s, "\n") {
		return s
	}
	var b strings.Builder
	for {
		at := strings.IndexByte(s, '\n')
		if at < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(strings.TrimSuffix(s[:at], "\r"))
		b.WriteString(with)
		s = s[at+1:]
	}
}

func newlineToBrFilter(c *Context, in any, _ []any) (any, error) {
	if c.config.Liquid4 {
		return strings.ReplaceAll(String(in), "\n", "<br />\n"), nil
	}
	return replaceNewlines(String(in), "<br />\n"), nil
}

func appendFilter(_ *Context, in any, args []any) (any, error) {
	return String(in) + String(args[0]), nil
}

func prependFilter(_ *Context, in any, args []any) (any, error) {
	return String(args[0]) + String(in), nil
}
