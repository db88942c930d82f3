package forge

import (
	"slices"
	"testing"
)

func TestWithWriting(t *testing.T) {
	for _, c := range []struct {
		body     string
		sections []string
		want     string
	}{
		{"", []string{"News"}, "Writing: News"},
		{"", nil, ""},
		{"Text.", []string{"News", " Shout;\nouts ", "News", ""}, "Text.\n\nWriting: News; Shout, outs"},
		{"Text.\n", []string{"News"}, "Text.\n\nWriting: News"},
		{"Fixes #3\r\n@ana", []string{"News"}, "Fixes #3\r\n@ana\r\n\r\nWriting: News"},
		{"Fixes #3\r\nWriting: A; B  \r\n\r\n  @ana \r\n", []string{"News"}, "Fixes #3\r\nWriting: News\r\n\r\n  @ana \r\n"},
		{"Fixes #3\n\nWriting: A", nil, "Fixes #3"},
		{"Fixes #3\n\nWriting: A\n", []string{}, "Fixes #3"},
		{"Writing: A\n\nText. \n", nil, "\nText. \n"},
		{"Writing: A\nText.\nWriting: B\n", []string{"C"}, "Writing: C\nText."},
		{"Text, Writing: A", []string{"Closes #1"}, "Text, Writing: A\n\nWriting: Closes (#1)"},
	} {
		got := WithWriting(c.body, c.sections)
		if got != c.want {
			t.Errorf("%q with %q: %q, want %q", c.body, c.sections, got, c.want)
		}
		if again := WithWriting(got, c.sections); again != got {
			t.Errorf("again: %q, want %q", again, got)
		}
	}
	if got := Writing("Writing: A; B\r\ntext\nWriting:C;A \n"); !slices.Equal(got, []string{"A", "B", "C"}) {
		t.Errorf("%q", got)
	}
}

func TestDescribe(t *testing.T) {
	const now = "Fixes #3\r\n\r\nWriting: A"
	for _, c := range []struct {
		message      string
		taken, given []string
		want         string
	}{
		{"", nil, nil, now},
		{"", []string{"A"}, nil, now},
		{"", []string{"B"}, nil, "Fixes #3\r\n\r\nWriting: A; B"},
		{"", nil, []string{"A"}, "Fixes #3"},
		{"", []string{"B; #1", "C"}, []string{"A", "B; #1"}, "Fixes #3\r\n\r\nWriting: C"},
		{"", nil, []string{"B"}, now},
		{"New.", nil, nil, "New.\n\nWriting: A"},
		{"New.", []string{"B"}, nil, "New.\n\nWriting: A; B"},
		{"New.", nil, []string{" A "}, "New."},
		{"New.\n\nWriting: B", nil, nil, "New.\n\nWriting: A; B"},
	} {
		if got := (Submission{Writing: c.taken, GivenBack: c.given}).Describe(now, c.message); got != c.want {
			t.Errorf("%q, %q, %q: %q, want %q", c.message, c.taken, c.given, got, c.want)
		}
	}
}
