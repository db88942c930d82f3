package lexers

import "testing"

func TestASCIIClasses(t *testing.T) {
	for in, want := range map[string]string{
		`\w+\s`:     `[a-zA-Z0-9_]+[\t\n\v\f\r ]`,
		`[\w-]\W`:   `[a-zA-Z0-9_-][^a-zA-Z0-9_]`,
		`[^\S\n]\d`: `[^\S\n][0-9]`,
		`\\w\[\w]`:  `\\w\[[a-zA-Z0-9_]]`,
		`\h\b\p{L}`: `[0-9a-fA-F]\b\p{L}`,
		`[\]\d]`:    `[\]0-9]`,
		`\`:         `\`,
	} {
		if got := asciiClasses(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
