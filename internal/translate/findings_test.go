package translate

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

func germanFindings(t testing.TB) *Catalogue {
	t.Helper()
	german, err := Findings("de")
	if err != nil || german == nil {
		t.Fatal(german, err)
	}
	return german
}

func TestSayFindings(t *testing.T) {
	german := germanFindings(t)
	for english, want := range map[string]string{
		"This bullet is empty. Write something behind it, or delete it.":                                                                            "Dieser Listenpunkt ist leer. Bitte etwas dahinter schreiben oder ihn löschen.",
		"KEP 647 was covered four months ago, in the edition of April 12, 2026, in “KEP of the Week” (line 3).":                                     "KEP 647 kam vor vier Monaten schon vor, in der Ausgabe vom 12. April 2026, unter „KEP of the Week“ (Zeile 3).",
		"This was covered a day ago, in the post of May 1, 2026 (line 30).":                                                                         "Das kam vor einem Tag schon vor, in dem Beitrag vom 1. Mai 2026 (Zeile 30).",
		"X was covered 14 months ago, in the post of May 1, 2026 (line 30).":                                                                        "X kam vor 14 Monaten schon vor, in dem Beitrag vom 1. Mai 2026 (Zeile 30).",
		"2026-08-16, the day in the file's name, is a Sunday. Editions are of a Monday.":                                                            "2026-08-16, der Tag im Dateinamen, ist ein Sonntag. Ausgaben sind von einem Montag.",
		"The host in this address is not what it looks like: it has the letter “һ” (U+04BB, Cyrillic) beside others. Write the name that is meant.": "Der Host in dieser Adresse ist nicht, wonach er aussieht: Er enthält neben anderen den Buchstaben „һ“ (U+04BB, Kyrillisch). Bitte den gemeinten Namen schreiben.",
		"There is no <div> that this closes. Delete it, or put <div> where it begins.":                                                              "Es gibt kein <div>, das hier geschlossen wird. Bitte löschen oder <div> dorthin setzen, wo es beginnt.",
		"The rule “form” in galley.rules of the settings has a pattern for “match” that cannot be used: it is longer than 2000 bytes.":              "Die Regel „form“ in galley.rules der Einstellungen hat ein Muster für „match“, das sich nicht verwenden lässt: Es ist länger als 2000 Bytes.",
		"Line 4: The rule A.B is not applied: the pattern cannot be read (x) in “b(”.":                                                              "Zeile 4: Die Regel A.B wird nicht angewendet: Das Muster ist nicht lesbar (x) in „b(“.",
		// What is the post's stays as it is, whatever it says.
		"There is nothing below “a week ago”. Write the section, or delete its heading.": "Unter „a week ago“ steht nichts. Bitte den Abschnitt schreiben oder seine Überschrift löschen.",
		"“sunday” is written “Sunday”.":                                                  "Statt „sunday“ bitte „Sunday“ schreiben.",
		"Write “two”":                                                                    "„two“ schreiben",
		// And so does what the site's own rules say.
		"Say what the bug was.": "Say what the bug was.",
	} {
		if got := german.Say(english); got != want {
			t.Errorf("%q is %q, want %q", english, got, want)
		}
	}
}

// reported is a line of what the rules' tests expect: what is found, or what mends it.
var reported = regexp.MustCompile(`(?m)^(?:\d+:\d+-\d+:\d+ \w+ ([a-z-]+) (.+)|settings: (.+)|  ((?:Delete|Make|Put|Write “[^”\n]*”)[^:\n]*): .*)$`)

// reports are all messages that the rules' tests expect.
func reports(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("../lint/testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	var all []string
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if !strings.HasSuffix(f.Name, ".want") {
				continue
			}
			for _, m := range reported.FindAllStringSubmatch(string(f.Data), -1) {
				if m[1] != "form" && m[1] != "patterns" && m[1] != "required" { // these say what a site has them say
					all = append(all, m[2]+m[3]+m[4])
				}
			}
		}
	}
	return all
}

// What the rules find in their tests is told in German as a whole.
func TestReports(t *testing.T) {
	german := germanFindings(t)
	all := reports(t)
	if len(all) < 100 {
		t.Fatalf("%d messages were found", len(all))
	}
	english := regexp.MustCompile(`\b(?:the|this|that|is|of|and|galley's|line|ago)\b`)
	quoted := regexp.MustCompile("„[^“]*“|`[^`]*`|\\([^)]*\\)|: [^.:]*\\.$")
	for _, message := range all {
		said := german.Say(message)
		if said == message {
			t.Errorf("not in German: %s", message)
		}
		if left := quoted.ReplaceAllString(said, ""); english.MatchString(left) {
			t.Errorf("%s is half English: %s", message, said)
		}
	}
}

// Hundreds of findings are told at once, while somebody types.
func BenchmarkFindings(b *testing.B) {
	german := germanFindings(b)
	all := reports(b)
	var found []string
	for len(found) < 500 {
		found = append(found, all[:min(len(all), 500-len(found))]...)
	}
	for b.Loop() {
		for _, message := range found {
			german.Say(message)
		}
	}
}

func FuzzSayFindings(f *testing.F) {
	german := germanFindings(f)
	for _, message := range reports(f) {
		f.Add(message)
	}
	f.Fuzz(func(t *testing.T, message string) { german.Say(message) })
}
