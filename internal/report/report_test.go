package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"galley/internal/diag"
)

func sample() []Finding {
	src := []byte("é one.\n\n* two.\n")
	return Find("_posts/a b.md", src, []diag.Diagnostic{
		{Range: diag.Range{Start: 14, End: 15}, Severity: diag.Warning, Code: "stop", Message: "A stop, 100%.", Fix: &diag.Fix{Name: "Delete it", Range: diag.Range{Start: 14, End: 15}}},
		{Range: diag.Range{Start: 3, End: 6}, Severity: diag.Info, Code: "word", Message: "A word."},
		{Severity: diag.Error, Code: "template", Message: "A template.", File: "templates/post.html"},
	})
}

func TestWrite(t *testing.T) {
	for format, want := range map[string]string{
		"text": "_posts/a b.md:3:6: warning: A stop, 100%. (stop)\n_posts/a b.md:1:3: info: A word. (word)\ntemplates/post.html: error: A template. (template)\n",
		"json": `{"file":"_posts/a b.md","line":3,"column":6,"endLine":3,"endColumn":7,"severity":"warning","code":"stop","message":"A stop, 100%.","fix":{"name":"Delete it","line":3,"column":6,"endLine":3,"endColumn":7,"insert":""}}
{"file":"_posts/a b.md","line":1,"column":3,"endLine":1,"endColumn":6,"severity":"info","code":"word","message":"A word."}
{"file":"templates/post.html","line":0,"column":0,"endLine":0,"endColumn":0,"severity":"error","code":"template","message":"A template."}
`,
		"github": "::warning file=_posts/a b.md,line=3,col=6,title=stop::A stop, 100%25.\n::notice file=_posts/a b.md,line=1,col=3,title=word::A word.\n::error file=templates/post.html,line=1,col=1,title=template::A template.\n",
	} {
		var out bytes.Buffer
		if err := Write(&out, format, sample(), nil); err != nil || out.String() != want {
			t.Errorf("%s: %v\n%swant\n%s", format, err, out.String(), want)
		}
	}
	if err := Write(&bytes.Buffer{}, "xml", nil, nil); err == nil {
		t.Error("there is no format xml")
	}
}

// What the standard demands of a log, of what we write.
func TestSARIF(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, "sarif", sample(), []Rule{{"stop", "No stops.", diag.Warning}, {"off", "Off.", ""}}); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct {
					Name  string
					Rules []struct{ ID string }
				}
			}
			ColumnKind string
			Results    []struct {
				RuleID    string
				RuleIndex int
				Level     string
				Message   struct{ Text string }
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           *struct{ StartLine, StartColumn, EndLine, EndColumn int }
					}
				}
				Fixes []struct {
					ArtifactChanges []struct {
						Replacements []struct {
							DeletedRegion struct{ StartLine, StartColumn int }
						}
					}
				}
			}
		}
	}
	if err := json.Unmarshal(out.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || len(log.Runs) != 1 || log.Runs[0].Tool.Driver.Name == "" || log.Runs[0].ColumnKind != "utf16CodeUnits" {
		t.Fatalf("%+v", log)
	}
	run := log.Runs[0]
	levels := []string{"warning", "note", "error"}
	for i, r := range run.Results {
		if r.RuleID == "" || run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID || r.Level != levels[i] || r.Message.Text == "" || len(r.Locations) != 1 {
			t.Errorf("%+v", r)
		}
	}
	first := run.Results[0]
	if at := first.Locations[0].PhysicalLocation; at.ArtifactLocation.URI != "_posts/a%20b.md" || at.Region.StartLine != 3 || at.Region.EndColumn != 7 {
		t.Errorf("%+v", at)
	}
	if len(first.Fixes) != 1 || first.Fixes[0].ArtifactChanges[0].Replacements[0].DeletedRegion.StartColumn != 6 {
		t.Errorf("%+v", first.Fixes)
	}
	if run.Results[2].Locations[0].PhysicalLocation.Region != nil {
		t.Error("what has no line has a region")
	}
}

func TestBaseline(t *testing.T) {
	data, err := NewBaseline(append(sample(), sample()[0])).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	b, err := ReadBaseline(data)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := b.Bytes(); err != nil || !bytes.Equal(again, data) {
		t.Errorf("%s became %s, %v", data, again, err)
	}
	moved := sample()
	moved[0].Start.Line = 40 // lines were put before it
	if left, gone := b.New(moved, []string{"_posts/a b.md"}); len(left) != 0 || gone != 1 {
		t.Errorf("%v, %d gone", left, gone)
	}
	moved[0].Line = "* two and a half."
	if left, gone := b.New(append(moved, moved[1]), nil); len(left) != 2 || left[0].Code != "stop" || left[1].Code != "word" || gone != 0 {
		t.Errorf("%v, %d gone", left, gone)
	}
	if _, err := ReadBaseline([]byte("\n{\"file\": 3}\n")); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Error(err)
	}
}

func FuzzReadBaseline(f *testing.F) {
	f.Add([]byte(`{"file":"a","code":"b","line":"c","count":2}` + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := ReadBaseline(data)
		if err != nil {
			return
		}
		first, err := b.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		again, err := ReadBaseline(first)
		if err != nil {
			t.Fatal(err)
		}
		if second, _ := again.Bytes(); !bytes.Equal(first, second) {
			t.Fatalf("%s became %s", first, second)
		}
	})
}
