package site

import (
	"errors"
	"html"
	"math"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/osteele/liquid/expressions"
	"github.com/osteele/liquid/values"
	"github.com/osteele/tuesday"

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
