package markdown

import (
	"errors"
	"html"
	"strings"
	"testing"
)

// What makes the signs of a text typographic ends when it is told to, as Render does.
func TestSmartifyStops(t *testing.T) {
	text := strings.Repeat("a 'b' <i>c</i> ", 10_000)
	asked := 0
	r := New(Config{Stop: func() error {
		if asked++; asked > 10 {
			return errors.New("over")
		}
		return nil
	}})
	if r.Smartify(text) != html.EscapeString(text) || asked != 11 {
		t.Errorf("it went on, and asked %d times", asked)
	}
}
