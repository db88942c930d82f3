package forge

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"galley/internal/growthtest"
)

func TestDismissed(t *testing.T) {
	const (
		a, b = "0123456789ab", "cdef01234567"
		now  = "Text.\n\n<!-- Dismissed: " + a + " -->"
	)
	for _, c := range []struct {
		now, message        string
		dismissed, restored []string
		want                string
	}{
		{now, "", nil, nil, now},
		{now, "", []string{a}, nil, now},
		{now, "", []string{b}, nil, "Text.\n\n<!-- Dismissed: " + a + " " + b + " -->"},
		{now, "", nil, []string{a}, "Text."},
		{now, "Other.", nil, nil, "Other.\n\n<!-- Dismissed: " + a + " -->"},
		{"", "", []string{b}, nil, "<!-- Dismissed: " + b + " -->"},
		{"", "", []string{"-->", "x", "0123456789AB", "0123456789abc"}, nil, ""},
		{now + "\n\nWriting: News", "", nil, []string{a}, "Text.\n\n\nWriting: News"},
	} {
		s := Submission{Dismissed: c.dismissed, Restored: c.restored}
		got := s.Describe(c.now, c.message)
		if got != c.want {
			t.Errorf("%q, %q, %q: %q, want %q", c.message, c.dismissed, c.restored, got, c.want)
		}
		if again := (Submission{}).Describe(got, ""); again != got {
			t.Errorf("again: %q, want %q", again, got)
		}
		// A message is made harmless before, which leaves the line.
		if m, err := NewMessage("x", got); err != nil || !slices.Equal(Dismissed(m.Body), Dismissed(got)) {
			t.Errorf("%q became %q, %v", got, m.Body, err)
		}
	}
	var many []string
	for n := range MaxDismissed + 5 {
		many = append(many, fmt.Sprintf("%012x", n))
	}
	if got := Dismissed(Submission{Dismissed: many}.Describe("", "")); len(got) != MaxDismissed || got[0] != many[5] || got[MaxDismissed-1] != many[len(many)-1] {
		t.Errorf("%d are kept, from %s", len(got), strings.Join(got[:1], ""))
	}
}

// However many keys a submission names, they are gone through once.
func TestManyDismissed(t *testing.T) {
	growthtest.Linear(t, 40_000, func(n int) func() {
		s := Submission{Dismissed: slices.Repeat([]string{"0123456789ab"}, n), Restored: slices.Repeat([]string{"cdef01234567"}, n)}
		return func() { s.Describe("", "x") }
	})
}
