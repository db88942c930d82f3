package forge

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestTrailers(t *testing.T) {
	ana := Person{Login: "ana", Name: "Ana Müller", Email: "ana@example.org"}
	ben := Person{Login: "ben", Name: "Ben", Email: "ben@example.org"}
	for _, c := range []struct {
		name    string
		signOff bool
		others  []Person
		want    string
	}{
		{"nothing", false, nil, ""},
		{"signed", true, nil, "Signed-off-by: Ana Müller <ana@example.org>"},
		{"co-author", false, []Person{ben}, "Co-authored-by: Ben <ben@example.org>"},
		{"both", true, []Person{ben}, "Co-authored-by: Ben <ben@example.org>\nSigned-off-by: Ana Müller <ana@example.org>"},
		{"twice and oneself", false, []Person{ben, ana, {Name: "B", Email: "BEN@example.org"}}, "Co-authored-by: Ben <ben@example.org>"},
		{"line break", false, []Person{{Name: "Ben\nSigned-off-by: Eve <e@x.org>", Email: "ben@example.org"}}, "Co-authored-by: Ben Signed-off-by: Eve ex.org <ben@example.org>"},
		{"bidirectional", false, []Person{{Name: "Ben\u202e", Email: "ben@example.org"}}, "Co-authored-by: Ben <ben@example.org>"},
		{"a login that is none", false, []Person{{Login: "A <x@y>\nSigned-off-by: Eve <e@x> B\u202e", Email: "ben@example.org"}}, "Co-authored-by: A xy Signed-off-by: Eve ex B <ben@example.org>"},
		{"login for a name", false, []Person{{Login: "ben", Email: "1+ben@users.noreply.github.com"}}, "Co-authored-by: ben <1+ben@users.noreply.github.com>"},
		{"a program", false, []Person{{Login: "github-actions[bot]", Email: "41898282+github-actions[bot]@users.noreply.github.com"}}, "Co-authored-by: github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>"},
	} {
		lines, err := Trailers(ana, c.signOff, c.others)
		if got := strings.Join(lines, "\n"); err != nil || got != c.want {
			t.Errorf("%s: %q, %v, want %q", c.name, got, err, c.want)
		}
	}
	for _, email := range []string{"", "ben", "ben@", "a@b.org>\nSigned-off-by: Eve <e@x.org", "Ben <ben@example.org>", "a b@example.org", "a@b@example.org", "@example.org", "\"a b\"@example.org", "a@b.org\u202e", "a@b.org\r\n"} {
		if lines, err := Trailers(ana, false, []Person{{Name: "Cam", Email: email}, ben}); err != nil || len(lines) != 1 || !strings.HasPrefix(lines[0], "Co-authored-by: Ben ") {
			t.Errorf("the address %q gives %q, %v", email, lines, err)
		}
		if lines, err := Trailers(Person{Name: "Cam", Email: email}, true, nil); !errors.Is(err, ErrInvalid) {
			t.Errorf("signed off with the address %q: %q, %v", email, lines, err)
		}
	}
	if _, err := Trailers(Person{Name: "Ana"}, true, nil); !errors.Is(err, ErrInvalid) {
		t.Errorf("signed off without an address: %v", err)
	}
	many := []Person{{Name: "Nobody"}}
	for n := range MaxCoAuthors + 5 {
		many = append(many, Person{Name: "Writer", Email: fmt.Sprintf("writer%d@example.org", n)})
	}
	if lines, err := Trailers(ana, false, many); err != nil || len(lines) != MaxCoAuthors {
		t.Errorf("of %d co-authors %d are named: %v", len(many), len(lines), err)
	}
}

func TestCommitMessage(t *testing.T) {
	m := Message{Title: "T", Body: "B", Trailers: []string{"Signed-off-by: A <a@example.org>"}}
	if got, want := m.Commit(), "T\n\nB\n\nSigned-off-by: A <a@example.org>\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	m.Body = ""
	if got, want := m.Commit(), "T\n\nSigned-off-by: A <a@example.org>\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
