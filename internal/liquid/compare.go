package liquid

import (
	"cmp"
	"strings"
	"time"

	"galley/internal/bigint"
	"galley/internal/ordered"
	"galley/internal/rubytime"
)

// truthy is everything but nil and false.
func truthy(v any) bool { return v != nil && v != false }

// Truthy says whether a condition takes a value for true: all but nil and
// false.
func Truthy(v any) bool { return truthy(v) }

// Equal compares two values as == does.
func Equal(a, b any) bool {
	left := maxWalk
	return equal(a, b, &left)
}

func equal(a, b any, left *int) bool {
	if *left--; *left < 0 {
		return false
	}
	switch a := a.(type) {
	case nil:
		return b == nil
	case string:
		b, ok := b.(string)
		if ok && len(a) == len(b) {
			*left -= len(a) >> 8
		}
		return ok && a == b
	case bool:
		b, ok := b.(bool)
		return ok && a == b
	case int64:
		switch b := b.(type) {
		case int64:
			return a == b
		case float64:
			return float64(a) == b
		}
		return false
	case float64:
		switch b := b.(type) {
		case int64:
			return a == float64(b)
		case float64:
			return a == b
		}
		return false
	case bigint.Int:
		return any(a) == b
	case Range:
		b, ok := b.(Range)
		return ok && a == b
	case rubytime.Date:
		b, ok := b.(rubytime.Date)
		return ok && a.Equal(b.Time)
	case time.Time:
		b, ok := b.(time.Time)
		return ok && a.Equal(b)
	case []any:
		b, ok := b.([]any)
		if !ok || len(a) != len(b) {
			return false
		}
		if len(a) > 0 && &a[0] == &b[0] {
			return true
		}
		for i := range a {
			if !equal(a[i], b[i], left) {
				return false
			}
		}
		return true
	case *ordered.Map:
		b, ok := b.(*ordered.Map)
		if !ok || a.Len() != b.Len() {
			return false
		}
		if a == b {
			return true
		}
		for i := range a.Len() {
			key, value := a.At(i)
			other, ok := b.Get(key)
			if !ok || !equal(value, other, left) {
				return false
			}
		}
		return true
	case emptiness:
		b, ok := b.(emptiness)
		return ok && a == b
	case Drop:
		b, ok := b.(Drop)
		return ok && a == b
	}
	return false
}

// Compare orders two values as <=> does. The second result is false where they
// cannot be compared.
func Compare(a, b any) (int, bool) {
	left := maxWalk
	return compare(a, b, &left)
}

// Compare is [Compare] for what compares many: it counts the work, which long texts and
// lists are.
func (c *Context) Compare(a, b any) (n int, ok bool, err error) {
	left := maxWalk
	n, ok = compare(a, b, &left)
	return n, ok, c.Spend((maxWalk - max(left, 0)) >> 2)
}

func compare(a, b any, left *int) (int, bool) {
	if *left--; *left < 0 {
		return 0, false
	}
	switch a := a.(type) {
	case string:
		if b, ok := b.(string); ok {
			*left -= min(len(a), len(b)) >> 8
			return strings.Compare(a, b), true
		}
		return 0, false
	case int64:
		switch b := b.(type) {
		case int64:
			return cmp.Compare(a, b), true
		case float64:
			return cmp.Compare(float64(a), b), b == b
		case bigint.Int:
			return toDecimal(a).compare(toDecimal(b)), true
		}
		return 0, false
	case float64:
		switch b := b.(type) {
		case int64:
			return cmp.Compare(a, float64(b)), a == a
		case float64:
			return cmp.Compare(a, b), a == a && b == b
		}
		return 0, false
	case bigint.Int:
		switch b.(type) {
		case int64, bigint.Int:
			return toDecimal(a).compare(toDecimal(b)), true
		}
		return 0, false
	case time.Time:
		if b, ok := b.(time.Time); ok {
			return a.Compare(b), true
		}
		return 0, false
	case rubytime.Date:
		switch b := b.(type) {
		case rubytime.Date:
			return a.Time.Compare(b.Time), true
		case int64: // Ruby counts days, from one noon to the next
			return cmp.Compare(float64(julianDay(a))-0.5, float64(b)), true
		case float64:
			return cmp.Compare(float64(julianDay(a))-0.5, b), b == b
		}
		return 0, false
	case []any:
		b, ok := b.([]any)
		if !ok {
			return 0, false
		}
		for i := range min(len(a), len(b)) {
			if n, ok := compare(a[i], b[i], left); n != 0 || !ok {
				return n, ok
			}
		}
		return cmp.Compare(len(a), len(b)), true
	case Comparer:
		return a.Compare(b)
	}
	return 0, equal(a, b, left)
}

// hasOrder says whether a value has <, which lists and hashes have not.
func hasOrder(v any) bool {
	switch v.(type) {
	case string, int64, float64, bigint.Int, time.Time, rubytime.Date:
		return true
	}
	return false
}

// className is the name of a value's Ruby class, for errors.
func className(v any) string {
	switch v.(type) {
	case nil:
		return "nil"
	case bool:
		return Text(v)
	case string:
		return "String"
	case int64, bigint.Int:
		return "Integer"
	case float64:
		return "Float"
	case []any:
		return "Array"
	case *ordered.Map:
		return "Hash"
	case Range:
		return "Range"
	case time.Time:
		return "Time"
	case rubytime.Date:
		return "Date"
	}
	return "an object"
}

// Incomparable is the error of a comparison.
func Incomparable(a, b any) error {
	shown := className(b)
	switch b.(type) {
	case int64, float64, bigint.Int:
		shown = Text(b)
	}
	return Faultf("comparison of %s with %s failed: %s and %s have no order", className(a), shown, Shown(a), Shown(b))
}

// timeOf takes a value for a time.
func timeOf(v any) (time.Time, bool) {
	t, ok := v.(time.Time)
	return t, ok
}

// isUTC says whether a time is in UTC itself, not only at a place with UTC's
// hours.
func isUTC(t time.Time) bool { return t.Location() == time.UTC }

// timeInspect is a time as Ruby's inspect shows it.
func timeInspect(t time.Time) string {
	layout := "2006-01-02 15:04:05"
	if t.Nanosecond() != 0 {
		layout += ".999999999"
	}
	if isUTC(t) {
		return t.Format(layout + " UTC")
	}
	return t.Format(layout + " -0700")
}

// julianDay is how astronomers number days.
func julianDay(d rubytime.Date) int64 { return d.Unix()/86400 + 2440588 }
