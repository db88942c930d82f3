package mail

import (
	"strings"
	"testing"
)

func TestReadSettings(t *testing.T) {
	for _, c := range []struct {
		mail    any
		want    Settings
		problem string
	}{
		{nil, Settings{Subject: "{{ page.title }}", Room: 20 << 10}, ""},
		{map[string]any{"subject": "News: {{ page.title }}", "preview": "p", "room": 8}, Settings{"News: {{ page.title }}", "p", 8 << 10}, ""},
		{"x", Settings{Subject: "{{ page.title }}", Room: 20 << 10}, "should have lines"},
		{map[string]any{"room": "much"}, Settings{Subject: "{{ page.title }}", Room: 20 << 10}, "a number of KB"},
		{map[string]any{"subject": 7}, Settings{Subject: "{{ page.title }}", Room: 20 << 10}, "should be a text"},
		{map[string]any{"subjct": "x"}, Settings{Subject: "{{ page.title }}", Room: 20 << 10}, "knows no “subjct”"},
	} {
		got, problems := ReadSettings(map[string]any{"mail": c.mail})
		if told := strings.Join(problems, " "); got != c.want || (told == "") != (c.problem == "") || !strings.Contains(told, c.problem) {
			t.Errorf("%v: %+v %q", c.mail, got, told)
		}
	}
}
