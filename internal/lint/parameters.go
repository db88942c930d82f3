package lint

import (
	"fmt"
	"regexp"
	"strings"

	"galley/internal/diag"
	"galley/internal/lint/effort"
)

// parameters are what a site's settings say of one rule.
type parameters struct {
	rule     string
	level    diag.Severity // empty for a rule that is off
	values   map[string]any
	galley   map[string]any
	read     []string
	problems []string
}

// readParameters reads the line of a rule: a level, or values with or without one.
func readParameters(r Rule, value any, galley map[string]any) *parameters {
	p := &parameters{rule: r.Code, level: r.Level, galley: galley, read: []string{"level"}}
	on := p.level
	if on == "" {
		on = diag.Warning
	}
	switch v := value.(type) {
	case nil:
	case map[string]any:
		p.values, p.level = v, on
		if level, ok := v["level"]; ok {
			p.level = p.readLevel(level, on)
		}
	default:
		p.level = p.readLevel(v, on)
	}
	return p
}

// readLevel reads a level; YAML takes on and off for true and false.
func (p *parameters) readLevel(value any, on diag.Severity) diag.Severity {
	switch v := value.(type) {
	case bool:
		if v {
			return on
		}
		return ""
	case string:
		switch level := diag.Severity(v); level {
		case diag.Error, diag.Warning, diag.Info:
			return level
		case "on":
			return on
		case "off":
			return ""
		}
	}
	p.problem("has the level “%s”; the levels are error, warning, info and off", fmt.Sprint(value))
	return on
}

func (p *parameters) problem(format string, args ...any) {
	p.problems = append(p.problems, fmt.Sprintf("The rule “%s” in galley.rules of the settings "+format+".", append([]any{p.rule}, args...)...))
}

// close gives what could not be followed.
func (p *parameters) close() []string {
	if p.level != "" {
	values:
		for key := range p.values {
			for _, known := range p.read {
				if key == known {
					continue values
				}
			}
			p.problem("has a value “%s”, which it does not know", key)
		}
	}
	return p.problems
}

func (p *parameters) value(key string) any {
	p.read = append(p.read, key)
	return p.values[key]
}

// number reads a whole number from 0 up.
func (p *parameters) number(key string, otherwise int) int {
	switch v := p.value(key).(type) {
	case nil:
		return otherwise
	case int:
		if v >= 0 {
			return v
		}
	}
	p.problem("should have a whole number for “%s”", key)
	return otherwise
}

// flag reads yes or no.
func (p *parameters) flag(key string) bool {
	switch v := p.value(key).(type) {
	case nil:
	case bool:
		return v
	default:
		p.problem("should have true or false for “%s”", key)
	}
	return false
}

// text reads a text.
func (p *parameters) text(key string) string {
	switch v := p.value(key).(type) {
	case nil:
	case string:
		return v
	default:
		p.problem("should have a text for “%s”", key)
	}
	return ""
}

// texts reads a list of texts; a text alone is a list of one.
func (p *parameters) texts(key string, otherwise ...string) []string {
	v := p.value(key)
	if v == nil {
		return otherwise
	}
	return p.list(key, v)
}

func (p *parameters) list(key string, v any) []string {
	if one, ok := v.(string); ok {
		return []string{one}
	}
	list, ok := v.([]any)
	var out []string
	for _, e := range list {
		if text, is := e.(string); is && text != "" {
			out = append(out, text)
		} else {
			ok = false
		}
	}
	if !ok {
		p.problem("should have a list of texts for “%s”", key)
	}
	return out
}

// entries reads a list of sections of values, each as the rule's own are read.
func (p *parameters) entries(key string) []*parameters {
	list, ok := p.value(key).([]any)
	if !ok && p.values[key] != nil {
		p.problem("should have a list for “%s”", key)
	}
	var out []*parameters
	for _, e := range list {
		v, ok := e.(map[string]any)
		if !ok {
			p.problem("should have values with names in each line of “%s”", key)
			continue
		}
		out = append(out, &parameters{rule: p.rule, level: p.level, values: v, galley: p.galley})
	}
	return out
}

// done takes over what an entry could not follow.
func (p *parameters) done(entry *parameters) { p.problems = append(p.problems, entry.close()...) }

// pattern reads a regular expression of Go's kind; nil where there is none.
func (p *parameters) pattern(key, otherwise string) *regexp.Regexp {
	source := p.text(key)
	if source == "" {
		if source = otherwise; source == "" {
			return nil
		}
	}
	re, err := effort.Compile(source)
	if err != nil {
		p.problem("has a pattern for “%s” that cannot be used: %v", key, err)
		return nil
	}
	return re
}

// sections reads the names of the sections that a rule is for, or not for; all
// where the list is empty.
func (p *parameters) sections(key string) func(name string) bool {
	names := p.texts(key)
	return func(name string) bool {
		for _, n := range names {
			if strings.EqualFold(n, name) {
				return true
			}
		}
		return len(names) == 0
	}
}
