package liquid

import (
	"strings"
	"testing"
	"time"
)

// Reading a template takes time in proportion to it, whatever is in it: while it is
// read nothing can end that.
func TestLinear(t *testing.T) {
	for _, c := range []struct{ before, piece, after string }{
		{"{{ a", ".b", " }}"}, {"{{ a", "[b", " }}"}, {"{{ a", "[b]", " }}"}, {"{{ ", "(1..", ")}}"}, {"{{ a", "| b", " }}"},
		{"{{ a | b:", "c, ", " }}"}, {"{{ a | b:", "c: d, ", " }}"}, {"{{ 'a'", " 'a'", "}}"}, {"{{ \"", "' \"", "}}"}, {"{{ 1", ".1", "}}"},
		{"{{ -", " -", "}}"}, {"{{ a", "?", "}}"}, {"{{ a", " < b", "}}"}, {"{{ a", "-", "}}"}, {"{{ a", "\n", "}}"},
		{"{% if a", " and b", " %}{% endif %}"}, {"{% if a", " == b", " %}{% endif %}"}, {"{% if a", " or '", " %}{% endif %}"},
		{"{% for a in b", " limit: 1", " %}{% endfor %}"}, {"{% for a in b", "'", " %}{% endfor %}"}, {"{% tablerow a in b", " cols: 1", " %}{% endtablerow %}"},
		{"{% assign a = b", "|c: d", " %}"}, {"{% cycle a", ", b", " %}"}, {"{% cycle ", "'a", " %}"}, {"{% case a %}{% when b", " or c", " %}{% endcase %}"},
		{"{% case a %}{% when b", ", c", " %}{% endcase %}"}, {"{% case a %}{% when ", "'c", " %}{% endcase %}"},
		{"", "{{", ""}, {"", "{%", ""}, {"", "{{ a", "}}"}, {"", "{% raw %}", ""}, {"", "{% comment %}", ""}, {"", "{% liquid\n", ""}, {"", "{% if a %}", ""},
		{"", "{% else %}", ""}, {"", "{% endif %}", ""}, {"", "{{ a }}", ""}, {"", "{% assign a = 1 %}", ""}, {"", "{%- a -%}", ""},
	} {
		took := func(size int) time.Duration {
			text := c.before + strings.Repeat(c.piece, size/len(c.piece)) + c.after
			start := time.Now()
			_, _ = standard().Parse("t", 1, text)
			return time.Since(start)
		}
		// Four times the text takes some four times as long; on a busy machine more.
		if small, large := took(1<<15), took(1<<17); large > 12*small+500*time.Millisecond {
			t.Errorf("%q: %v, and four times as much of it %v", c.before+c.piece+c.after, small, large)
		}
	}
}
