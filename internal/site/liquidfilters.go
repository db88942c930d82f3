package site

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"math"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/osteele/liquid/expressions"
	"github.com/osteele/liquid/values"
	"github.com/osteele/tuesday"
	"gopkg.in/yaml.v2"

	"galley/internal/post"
)

// boundedFilters takes the library's filters and counts what they make.
type boundedFilters struct{ engine *engine }

// AddFilter implements the library's FilterDictionary.
func (b boundedFilters) AddFilter(name string, fn any) { b.engine.filter(name, fn) }

// filter defines a filter whose results are counted.
func (e *engine) filter(name string, fn any) {
	v := reflect.ValueOf(fn)
	e.config.AddFilter(name, reflect.MakeFunc(v.Type(), func(args []reflect.Value) []reflect.Value {
		var out []reflect.Value
		if v.Type().IsVariadic() {
			out = v.CallSlice(args)
		} else {
			e.spend(growth(name, args))
			out = v.Call(args)
		}
		e.spend(weight(out[0]))
		return out
	}).Interface())
}

// growth guesses, before the call, how much text the filters that multiply
// will make.
func growth(name string, args []reflect.Value) int {
	text := func(i int) int {
		if i < len(args) {
			return weight(args[i])
		}
		return 0
	}
	switch name {
	case "replace":
		return text(0) + text(0)*text(2)/max(text(1), 1)
	case "append", "prepend", "concat", "replace_first":
		return text(0) + text(1) + text(2)
	}
	return 0
}

// weight is about how many bytes a value takes.
func weight(v reflect.Value) int {
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return 0
		}
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.String:
		return v.Len()
	case reflect.Slice, reflect.Map:
		return 16 * v.Len()
	}
	return 8
}

var errDivide = errors.New("division by zero")

// addFilters defines Jekyll's filters, and those of the library again that
// differ from what Liquid does in Ruby.
func (e *engine) addFilters() {
	s := e.layouts.site
	f := e.filter

	// Addresses.
	f("relative_url", func(v any) any {
		if v == nil {
			return nil
		}
		return s.config.relative(liquidText(v))
	})
	f("absolute_url", func(v any) any {
		if v == nil {
			return nil
		}
		return s.config.absolute(liquidText(v))
	})
	f("strip_index", func(t string) string { return regexpIndex.ReplaceAllString(t, "/") })

	// Dates.
	f("date", func(v any, format func(string) string) any {
		t, ok := e.time(v)
		if !ok {
			return v
		}
		layout := format("")
		if layout == "" {
			return v
		}
		out, err := tuesday.Strftime(layout, t)
		if err != nil {
			return v
		}
		return out
	})
	dated := func(layout func(t time.Time, kind, style string) string) func(any, func(string) string, func(string) string) any {
		return func(v any, kind, style func(string) string) any {
			t, ok := e.time(v)
			if !ok {
				return v
			}
			return layout(t, kind(""), style(""))
		}
	}
	f("date_to_string", dated(func(t time.Time, kind, style string) string { return dayText(t, "Jan", kind, style) }))
	f("date_to_long_string", dated(func(t time.Time, kind, style string) string { return dayText(t, "January", kind, style) }))
	f("date_to_xmlschema", dated(func(t time.Time, _, _ string) string { return t.Format("2006-01-02T15:04:05-07:00") }))
	f("date_to_rfc822", dated(func(t time.Time, _, _ string) string { return t.Format("Mon, 02 Jan 2006 15:04:05 -0700") }))

	// Text.
	f("markdownify", func(v any) string { return string(s.markdown.Render([]byte(liquidText(v))).HTML()) })
	f("smartify", func(v any) string {
		out := strings.TrimSpace(string(s.markdown.Render([]byte(liquidText(v))).HTML()))
		return strings.TrimSuffix(strings.TrimPrefix(out, "<p>"), "</p>")
	})
	f("slugify", func(v any, mode func(string) string) string { return slugMode(liquidText(v), mode("default")) })
	f("escape", func(v any) string { return rubyEscape(liquidText(v)) })
	f("escape_once", func(v any) string { return rubyEscape(html.UnescapeString(liquidText(v))) })
	f("xml_escape", func(v any) string { return xmlEscape.Replace(liquidText(v)) })
	f("cgi_escape", func(v any) string { return url.QueryEscape(liquidText(v)) })
	f("uri_escape", func(v any) string { return escapeURI(liquidText(v)) })
	f("normalize_whitespace", func(v any) string { return strings.Join(strings.Fields(liquidText(v)), " ") })
	f("strip_html", func(v any) string { return stripHTML(liquidText(v)) })
	f("newline_to_br", func(v any) string { return strings.ReplaceAll(liquidText(v), "\n", "<br />\n") })
	f("capitalize", func(v any) string { return capitalize(liquidText(v)) })
	f("truncate", func(v any, length func(int) int, ellipsis func(string) string) string {
		return truncateText([]rune(liquidText(v)), length(50), ellipsis("..."))
	})
	f("truncatewords", func(v any, length func(int) int, ellipsis func(string) string) string {
		words := strings.Fields(liquidText(v))
		if n := max(length(15), 1); len(words) > n {
			return strings.Join(words[:n], " ") + ellipsis("...")
		}
		return liquidText(v)
	})
	f("number_of_words", func(v any, mode func(string) string) int { return countWords(liquidText(v), mode("")) })
	f("join", func(v any, sep func(string) string) string {
		list := listValue(v)
		texts := make([]string, len(list))
		for i, item := range list {
			texts[i] = liquidText(item)
		}
		return strings.Join(texts, sep(" "))
	})
	f("array_to_sentence_string", func(v any, word func(string) string) string { return sentence(listValue(v), word("and")) })
	f("jsonify", func(v any) (string, error) { return jsonText(v) })
	f("json", func(v any) (string, error) { return jsonText(v) })
	f("inspect", func(v any) (string, error) {
		out, err := jsonText(v)
		return xmlEscape.Replace(out), err
	})

	// Numbers keep being whole where Ruby's do.
	f("plus", func(a, b any) any { return calculate(a, b, func(x, y float64) float64 { return x + y }) })
	f("minus", func(a, b any) any { return calculate(a, b, func(x, y float64) float64 { return x - y }) })
	f("times", func(a, b any) any { return calculate(a, b, func(x, y float64) float64 { return x * y }) })
	f("modulo", func(a, b any) (any, error) {
		if toNumber(b) == 0 {
			return nil, errDivide
		}
		return calculate(a, b, func(x, y float64) float64 { return x - y*math.Floor(x/y) }), nil
	})
	f("divided_by", func(a, b any) (any, error) {
		if toNumber(b) == 0 {
			return nil, errDivide
		}
		if isWhole(a) && isWhole(b) {
			return int(math.Floor(toNumber(a) / toNumber(b))), nil
		}
		return toNumber(a) / toNumber(b), nil
	})
	f("to_integer", func(v any) int {
		if v == true {
			return 1
		}
		return int(toNumber(v))
	})
	f("at_least", func(a, b any) any { return calculate(a, b, math.Max) })
	f("at_most", func(a, b any) any { return calculate(a, b, math.Min) })

	// Lists. Ranges are counted before they become lists.
	f(listFilter, func(v any) any {
		switch v := values.ToLiquid(v).(type) {
		case nil:
			return []any{}
		case string:
			if v == "" {
				return []any{}
			}
			return []any{v}
		default:
			return v
		}
	})
	f("compact", func(v any) any {
		return pick(v, func(item any) (bool, error) { return item != nil, nil })
	})
	f("reverse", func(v any) any {
		out := append([]any{}, listValue(v)...)
		slices.Reverse(out)
		return out
	})
	f("uniq", func(v any) any {
		seen := map[string]bool{}
		return pick(v, func(item any) (bool, error) {
			key, err := jsonText(item)
			is := !seen[key]
			seen[key] = true
			return is, err
		})
	})
	f("first", func(v any) any { return firstOf(listValue(v)) })
	f("last", func(v any) any {
		if list := listValue(v); len(list) > 0 {
			return list[len(list)-1]
		}
		return nil
	})
	f("where", func(v any, property string, target any) any {
		return pick(v, func(item any) (bool, error) { return matches(propertyOf(item, property), target), nil })
	})
	f("where_exp", func(v any, name string, exp expressions.Closure) (any, error) {
		return pickAll(v, condition(name, exp))
	})
	f("find", func(v any, property string, target any) any {
		return firstOf(pick(v, func(item any) (bool, error) { return matches(propertyOf(item, property), target), nil }))
	})
	f("find_exp", func(v any, name string, exp expressions.Closure) (any, error) {
		out, err := pickAll(v, condition(name, exp))
		return firstOf(out), err
	})
	f("group_by", func(v any, property string) any {
		return group(listValue(v), func(item any) (any, error) { return propertyOf(item, property), nil })
	})
	f("group_by_exp", func(v any, name string, exp expressions.Closure) (any, error) {
		var failed error
		out := group(listValue(v), func(item any) (any, error) {
			value, err := exp.Bind(name, item).Evaluate()
			failed = errors.Join(failed, err)
			return value, err
		})
		return out, failed
	})
	f("map", func(v any, property string) any {
		var out []any
		for _, item := range listValue(v) {
			out = append(out, propertyOf(item, property))
		}
		return out
	})
	f("sort", func(v any, property func(string) string, nils func(string) string) any {
		return sortList(listValue(v), property(""), nils("first") == "last", false)
	})
	f("sort_natural", func(v any, property func(string) string) any {
		return sortList(listValue(v), property(""), true, true)
	})
	f("push", func(v, item any) any { return append(append([]any{}, listValue(v)...), item) })
	f("unshift", func(v, item any) any { return append([]any{item}, listValue(v)...) })
	f("pop", func(v any, n func(int) int) any {
		list := listValue(v)
		return list[:max(0, len(list)-max(n(1), 0))]
	})
	f("shift", func(v any, n func(int) int) any {
		list := listValue(v)
		return list[min(len(list), max(n(1), 0)):]
	})
	f("concat", func(a, b any) any { return append(append([]any{}, listValue(a)...), listValue(b)...) })
	f("sum", func(v any, property func(string) string) any {
		total := any(0)
		for _, item := range listValue(v) {
			if p := property(""); p != "" {
				item = propertyOf(item, p)
			}
			total = calculate(total, item, func(x, y float64) float64 { return x + y })
		}
		return total
	})
}

var (
	regexpIndex = regexp.MustCompile(`/index\.html?$`)
	xmlEscape   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
	htmlBlocks  = regexp.MustCompile(`(?s)<script.*?</script>|<!--.*?-->|<style.*?</style>`)
	htmlTags    = regexp.MustCompile(`(?s)<.*?>`)
)

// rubyEscape escapes as Ruby's CGI library does.
func rubyEscape(s string) string {
	return strings.ReplaceAll(xmlEscape.Replace(s), "'", "&#39;")
}

func stripHTML(s string) string {
	return htmlTags.ReplaceAllString(htmlBlocks.ReplaceAllString(s, ""), "")
}

// escapeURI escapes what may stand nowhere in an address.
func escapeURI(s string) string {
	return strings.NewReplacer("%3F", "?", "%23", "#", "%5B", "[", "%5D", "]").Replace(escapePath(s))
}

// liquidText is a value as Liquid prints it.
func liquidText(v any) string {
	switch v := values.ToLiquid(v).(type) {
	case nil:
		return ""
	case string:
		return v
	case []byte:
		return string(v)
	case time.Time:
		return v.Format("2006-01-02 15:04:05 -0700")
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1e16 {
			return strconv.FormatFloat(v, 'f', 1, 64)
		}
		return strconv.FormatFloat(v, 'g', -1, 64)
	case []any:
		var b strings.Builder
		for _, item := range v {
			b.WriteString(liquidText(item))
		}
		return b.String()
	default:
		return fmt.Sprint(v)
	}
}

// time reads a date as the date filters do: a time, a text, seconds, or the
// present.
func (e *engine) time(v any) (time.Time, bool) {
	s := e.layouts.site
	switch v := values.ToLiquid(v).(type) {
	case time.Time:
		return v, true
	case int:
		return time.Unix(int64(v), 0).In(s.config.Location), true
	case string:
		switch strings.ToLower(v) {
		case "now", "today":
			return s.options.Now.In(s.config.Location), true
		case "":
			return time.Time{}, false
		}
		return post.ParseDate(v, s.config.Location)
	}
	return time.Time{}, false
}

// dayText is date_to_string with its two options.
func dayText(t time.Time, month, kind, style string) string {
	if kind != "ordinal" {
		return t.Format("02 " + month + " 2006")
	}
	ending := "th"
	if n := t.Day(); n < 11 || n > 13 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	day := strconv.Itoa(t.Day()) + ending
	if style == "US" {
		return t.Format(month) + " " + day + t.Format(", 2006")
	}
	return day + " " + t.Format(month+" 2006")
}

// slugMode is slugify with its mode.
func slugMode(s, mode string) string {
	switch mode {
	case "none":
		return strings.ToLower(s)
	case "raw":
		return strings.ToLower(strings.Join(strings.Fields(s), "-"))
	case "pretty":
		return strings.ToLower(prettySlug(s))
	case "ascii":
		var b strings.Builder
		for _, r := range s {
			if r >= 0x80 {
				r = ' '
			}
			b.WriteRune(r)
		}
		return post.Slugify(b.String())
	}
	return post.Slugify(s)
}

func truncateText(text []rune, length int, ellipsis string) string {
	if len(text) <= length {
		return string(text)
	}
	return string(text[:max(0, length-len([]rune(ellipsis)))]) + ellipsis
}

// countWords counts words, and in two modes each character of the scripts
// that put no spaces between words.
func countWords(s, mode string) int {
	if mode != "cjk" && mode != "auto" {
		return len(strings.Fields(s))
	}
	single, words, within := 0, 0, false
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Han, unicode.Katakana, unicode.Hiragana, unicode.Hangul):
			single++
			within = false
		case unicode.IsSpace(r):
			within = false
		case !within:
			words++
			within = true
		}
	}
	return single + words
}

func sentence(list []any, word string) string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = liquidText(v)
	}
	switch len(texts) {
	case 0:
		return ""
	case 1:
		return texts[0]
	case 2:
		return texts[0] + " " + word + " " + texts[1]
	}
	last := len(texts) - 1
	return strings.Join(texts[:last], ", ") + ", " + word + " " + texts[last]
}

// listValue is a value as a list: a list's elements, a map's values, or the
// one value.
func listValue(v any) []any {
	switch v := values.ToLiquid(v).(type) {
	case nil:
		return nil
	case []any:
		return v
	case yaml.MapSlice:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = item.Value
		}
		return out
	case values.Range:
		if v.Len() > maxLiquidSteps {
			panic(errLiquidSteps)
		}
		if v.Len() <= 0 {
			return nil
		}
		return v.AsArray()
	default:
		if rv := reflect.ValueOf(v); rv.Kind() == reflect.Slice {
			out := make([]any, rv.Len())
			for i := range out {
				out[i] = rv.Index(i).Interface()
			}
			return out
		}
		return []any{v}
	}
}

// propertyOf follows a path such as "author.name" into a value.
func propertyOf(item any, property string) any {
	v := values.ValueOf(item)
	for _, name := range strings.Split(property, ".") {
		v = v.PropertyValue(values.ValueOf(name))
	}
	return v.Interface()
}

// matches compares as where does: by text, with any element of a list.
func matches(have, want any) bool {
	if want == nil {
		return have == nil
	}
	if _, ok := want.(emptiness); ok {
		return emptiness{}.Equal(values.ValueOf(have))
	}
	target := liquidText(want)
	if s, ok := have.(string); ok {
		return s == target
	}
	for _, v := range listValue(have) {
		if liquidText(v) == target {
			return true
		}
	}
	return false
}

func condition(name string, exp expressions.Closure) func(any) (bool, error) {
	return func(item any) (bool, error) {
		v, err := exp.Bind(name, item).Evaluate()
		return v != nil && v != false, err
	}
}

func pick(v any, want func(any) (bool, error)) any {
	out, _ := pickAll(v, want)
	return out
}

func pickAll(v any, want func(any) (bool, error)) ([]any, error) {
	out := []any{}
	for _, item := range listValue(v) {
		yes, err := want(item)
		if err != nil {
			return nil, err
		}
		if yes {
			out = append(out, item)
		}
	}
	return out, nil
}

func firstOf(v any) any {
	if list, ok := v.([]any); ok && len(list) > 0 {
		return list[0]
	}
	return nil
}

// group makes groups in the order in which their names turn up.
func group(list []any, by func(any) (any, error)) []any {
	out := []any{}
	at := map[string]int{}
	for _, item := range list {
		name, err := by(item)
		if err != nil {
			return out
		}
		key := liquidText(name)
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, map[string]any{"name": key, "items": []any{}, "size": 0})
		}
		g := out[i].(map[string]any)
		g["items"] = append(g["items"].([]any), item)
		g["size"] = len(g["items"].([]any))
	}
	return out
}

// sortList sorts by a property, those without it first or last.
func sortList(list []any, property string, nilsLast, fold bool) []any {
	out := append([]any{}, list...)
	key := func(v any) any {
		if property != "" {
			v = propertyOf(v, property)
		}
		if s, ok := v.(string); ok && fold {
			return strings.ToLower(s)
		}
		return v
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := key(out[i]), key(out[j])
		switch {
		case a == nil && b == nil:
			return false
		case a == nil:
			return !nilsLast
		case b == nil:
			return nilsLast
		}
		if x, ok := a.(time.Time); ok {
			if y, ok := b.(time.Time); ok {
				return x.Before(y)
			}
		}
		return values.Less(a, b)
	})
	return out
}

func isWhole(v any) bool {
	switch v := v.(type) {
	case int, int64, uint64, nil:
		return true
	case string:
		_, err := strconv.Atoi(strings.TrimSpace(v))
		return err == nil
	}
	return false
}

func toNumber(v any) float64 {
	switch v := values.ToLiquid(v).(type) {
	case int:
		return float64(v)
	case int64:
		return float64(v)
	case uint64:
		return float64(v)
	case float64:
		return v
	case string:
		end := 0
		for end < len(v) && (v[end] >= '0' && v[end] <= '9' || v[end] == '.' || end == 0 && v[end] == '-') {
			end++
		}
		n, _ := strconv.ParseFloat(strings.TrimSuffix(v[:end], "."), 64)
		return n
	}
	return 0
}

// calculate gives a whole number for two whole numbers.
func calculate(a, b any, f func(x, y float64) float64) any {
	n := f(toNumber(a), toNumber(b))
	if isWhole(values.ToLiquid(a)) && isWhole(values.ToLiquid(b)) && math.Abs(n) < 1<<53 {
		return int(n)
	}
	return n
}

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
