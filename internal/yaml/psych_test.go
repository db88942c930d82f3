package yaml

import (
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"math/rand"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"galley/internal/bigint"
	"galley/internal/ordered"
	"galley/internal/rubytest"
	"galley/internal/rubytime"
)

//go:embed testdata/psych.rb
var psych string

// spell writes a value as testdata/psych.rb does.
func spell(b *strings.Builder, v any) {
	switch v := v.(type) {
	case nil:
		b.WriteString("nil")
	case bool:
		fmt.Fprint(b, v)
	case int64:
		fmt.Fprintf(b, "i%d", v)
	case bigint.Int:
		fmt.Fprintf(b, "i%s", v)
	case float64:
		switch {
		case math.IsNaN(v):
			b.WriteString("fNaN")
		case math.IsInf(v, 1):
			b.WriteString("fInf")
		case math.IsInf(v, -1):
			b.WriteString("f-Inf")
		default:
			fmt.Fprintf(b, "f%.17g", v)
		}
	case string:
		b.WriteString("s" + hex.EncodeToString([]byte(v)))
	case []any:
		b.WriteByte('[')
		for i, e := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			spell(b, e)
		}
		b.WriteByte(']')
	case *ordered.Map:
		b.WriteByte('{')
		n := 0
		for k, e := range v.All() {
			if n++; n > 1 {
				b.WriteByte(',')
			}
			spell(b, k)
			b.WriteByte(':')
			spell(b, e)
		}
		b.WriteByte('}')
	case time.Time:
		fmt.Fprintf(b, "t%d.%09d", v.Unix(), v.Nanosecond())
		if v.Location() == time.UTC {
			b.WriteByte('Z')
		} else {
			_, offset := v.Zone()
			fmt.Fprint(b, offset)
		}
	case rubytime.Date:
		b.WriteString("d" + v.String())
	default:
		fmt.Fprintf(b, "?%T", v)
	}
}

func ours(text string) string {
	v, err := Read([]byte(text), time.UTC)
	if err != nil {
		return "error"
	}
	var b strings.Builder
	spell(&b, v)
	return b.String()
}

// pieces are what plain texts are made of.
var pieces = strings.Split("0|1|7|8|9|12|30|59|60|00|007|_|,|.|:|-|+|e|E|e+|x|0x|0b|0o|o|b|f|F|T|t|Z| |2026|2026-01-02|-01-02|1-2|10:00:00|"+
	"10:00|.5|.inf|.Inf|.nan|.NaN|~|null|y|n|yes|no|on|off|true|false|Yes|TRUE|oN|a|é|Fé\n\n  no|$|%|&|*|!|#|=|/|(|)|2026-02-30|24:00:00| +01:00| -0730|+1|:a|a:|<<|NULL|\n\n|"+
	"1970-01-01|0001|9999|-0001|00:00|z|'|\"|99999999999999999999", "|")

func randomScalar(r *rand.Rand) string {
	var b strings.Builder
	for n := 1 + r.Intn(5); n > 0; n-- {
		b.WriteString(pieces[r.Intn(len(pieces))])
	}
	return b.String()
}

// structure is what documents are made of.
var structure = strings.Split("- |  |    |a: |b: |? |: |[|]|{|}|, |\n|\n|\n|\n- |\na: |\n  b: |\n  - |&x |*x|<<: |<<: *x|\n<<: *x|\n<<: [*x, *x]|'|\"|''|\\n|\\u00e9|"+
	"|\n  |\n  text\n|>-\n  folded\n  text\n\n  more\n|# comment|\n# comment\n|--- |---\n|\n---\n|\n...\n|%YAML 1.1\n|!!str |!!float |!!int |!!omap |! |!x |\t|"+
	"x|yes|12|1.5|2026-01-02|\"quoted\"|'single'|key: value|é|\u2028|:|::|a:b|a: b: c|@|`|%|\r\n|\"a\n  b\"|plain\n  text|&y |*y|~|{a: 1, b: 2}|[1, 2]|a|b|c|"+
	"[a:]|{b:, c|a:?|b:{|:]|:,|\\'|\"don\\'t\"|\"é\\\"\n  \\'\"|'\\'|\\\\'", "|")

func randomDocument(r *rand.Rand) string {
	var b strings.Builder
	for n := 1 + r.Intn(14); n > 0; n-- {
		if r.Intn(6) == 0 {
			b.WriteString(strings.ReplaceAll(randomScalar(r), "\n\n", ""))
			continue
		}
		b.WriteString(structure[r.Intn(len(structure))])
	}
	return b.String()
}

// Plain texts and documents made at random are read as Psych reads them.
func TestPsych(t *testing.T) {
	ruby := rubytest.Start(t, psych)
	seed := rubytest.Seed(t)
	r := rand.New(rand.NewSource(seed))
	wrong := 0
	compare := func(text string) (read bool) {
		want := ruby.Ask(t, text)
		if want == "refused" || want == "broken behind" {
			return false // by Ruby's classes; or read, of which we tell
		}
		got := ours(text)
		if strings.Contains(text, "! ") || want == "error" && strings.Contains(text, "!") {
			return false // libyaml takes fewer signs in a tag, and the empty tag to be none
		}
		if want == "error" && (brokenBehind(text) || strings.Contains(text, "\t")) {
			return false // libyaml looks a little further, and takes fewer tabs
		}
		if got == "error" && strings.Contains(text, "&") && strings.Contains(text, "*") {
			return false // values that contain themselves
		}
		if got != want {
			t.Errorf("%q is %s, Psych reads %s", text, got, want)
			if wrong++; wrong > 20 {
				t.Fatalf("with seed %d", seed)
			}
		}
		return want != "error"
	}
	read := 0
	for range 15000 {
		if compare("- " + strings.ReplaceAll(randomScalar(r), "\n\n", "\n\n  ")) {
			read++
		}
	}
	for range 15000 {
		if compare(randomDocument(r)) {
			read++
		}
	}
	if read < 10000 {
		t.Errorf("only %d of 30000 texts are YAML", read)
	}
}

// brokenBehind tells whether something is wrong behind the first document.
func brokenBehind(text string) bool {
	d := yaml.NewDecoder(strings.NewReader(text))
	var first, next yaml.Node
	return d.Decode(&first) == nil && strings.HasPrefix(fmt.Sprint(d.Decode(&next)), "yaml: ")
}

// What stands between double quotation marks is another's to refuse.
func TestWrongEscape(t *testing.T) {
	for text, line := range map[string]int{
		`title: "Don\'t"`:                              1,
		"a: \"b\"\r\nb: !!str &x \"c\n  d \\' e\"":     3,
		"\ufeffé: {\"\\'\": 1}":                        1,
		"a: \"\u2028b\"\nb: [é, \"\\\"\\'\"]":          3,
		`title: Don\'t`:                                0,
		`title: '\'`:                                   0,
		"title: \"\\\\'\"\nb: |\n  \"\\'\"\n# \"\\'\"": 0,
	} {
		_, err := Parse([]byte(text))
		var e *Error
		if errors.As(err, &e) != (line > 0) || e != nil && (e.Line != line || !strings.Contains(e.Problem, `\'`)) {
			t.Errorf("%q: %v, want line %d", text, err, line)
		}
	}
}

// A colon in a list or a map between brackets ends its key with a blank alone.
func TestWrongColon(t *testing.T) {
	for text, line := range map[string]int{
		"tags: [c:]":                         1,
		"a: b\ntags: [é,\n  !!str &x c:, d]": 3,
		"{a: {b:}}":                          1,
		"a: [x\n  y:, z]":                    2,
		"tags: [c: ]":                        0,
		"tags: [c:d, 'e:', \"f:\", g]":       0,
		"tags: [c # d:]\n]":                  0,
		"c:":                                 0,
		"c: d:]":                             0,
		"- [a, b]\n- c:,":                    0,
	} {
		_, err := Parse([]byte(text))
		var e *Error
		if errors.As(err, &e) != (line > 0) || e != nil && (e.Line != line || !strings.Contains(e.Problem, "':'")) {
			t.Errorf("%q: %v, want line %d", text, err, line)
		}
	}
}

func TestTags(t *testing.T) {
	for text, want := range map[string]string{
		"!!binary aGVsbG8=":       "s68656c6c6f",
		"!!binary |\n aGVs\n bG8": "s68656c6c6f",
		"!!float 12":              "f12",
		"!!str 12":                "s3132",
		"!!int \"12\"":            "i12",
		"!ruby/object:File 12":    "i12",
		"!!omap [b: 1, a: 2]":     "{s62:i1,s61:i2}",
		":symbol":                 "s3a73796d626f6c",
	} {
		if got := ours(text); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}
