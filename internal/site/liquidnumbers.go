package site

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"github.com/osteele/liquid/values"
)

var errDivide = errors.New("division by zero")

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
