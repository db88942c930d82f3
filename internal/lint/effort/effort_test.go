package effort

import "testing"

func TestOf(t *testing.T) {
	for _, c := range []struct {
		source string
		least  int
	}{{"abc", 3}, {`(?:[a-z ]{0,500}N){2}`, 1000}, {"(", 0}} {
		if got := Of(c.source); got < c.least || got > 2*c.least+10 {
			t.Errorf("%s: %d", c.source, got)
		}
	}
	if TooMuch(1000, 0) || TooMuch(1000, 100_000) || !TooMuch(3000, 100_000) || !TooMuch(1<<62, 1<<40) {
		t.Error("what is too much")
	}
}
