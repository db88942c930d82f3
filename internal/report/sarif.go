package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/url"
	"strings"

	"galley/internal/diag"
)

// SARIF is the format in which GitHub's code scanning and others take findings:
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. What is not
// needed is left out; the names are the standard's.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver struct {
				Name  string      `json:"name"`
				Rules []sarifRule `json:"rules"`
			} `json:"driver"`
		} `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifRule struct {
		ID               string        `json:"id"`
		ShortDescription *sarifMessage `json:"shortDescription,omitempty"`
		Default          *sarifDefault `json:"defaultConfiguration,omitempty"`
	}
	sarifDefault struct {
		Level string `json:"level"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifMessage      `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Fingerprints map[string]string `json:"partialFingerprints,omitempty"`
		Fixes        []sarifFix        `json:"fixes,omitempty"`
	}
	sarifLocation struct {
		Physical struct {
			Artifact sarifArtifact `json:"artifactLocation"`
			Region   *sarifRegion  `json:"region,omitempty"`
		} `json:"physicalLocation"`
	}
	sarifArtifact struct {
		URI    string `json:"uri"`
		BaseID string `json:"uriBaseId"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
	sarifFix struct {
		Description sarifMessage  `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion   `json:"deletedRegion"`
		Inserted *sarifMessage `json:"insertedContent,omitempty"`
	}
)

var sarifLevels = map[diag.Severity]string{diag.Error: "error", diag.Warning: "warning", diag.Info: "note"}

// writeSARIF writes one run.
func writeSARIF(w io.Writer, found []Finding, rules []Rule) error {
	run := sarifRun{ColumnKind: "utf16CodeUnits", Results: []sarifResult{}}
	run.Tool.Driver.Name = "Galley"
	run.Tool.Driver.Rules = []sarifRule{}
	index := map[string]int{}
	add := func(r sarifRule) {
		index[r.ID] = len(run.Tool.Driver.Rules)
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, r)
	}
	for _, r := range rules {
		one := sarifRule{ID: r.Code, ShortDescription: &sarifMessage{r.About}}
		if level, ok := sarifLevels[r.Level]; ok {
			one.Default = &sarifDefault{level}
		}
		add(one)
	}
	for _, f := range found {
		if _, ok := index[f.Code]; !ok {
			add(sarifRule{ID: f.Code}) // not a house rule
		}
		run.Results = append(run.Results, sarifOf(f, index[f.Code]))
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

func sarifOf(f Finding, rule int) sarifResult {
	file := sarifArtifact{(&url.URL{Path: f.File}).EscapedPath(), "%SRCROOT%"}
	r := sarifResult{RuleID: f.Code, RuleIndex: rule, Level: sarifLevels[f.Severity], Message: sarifMessage{f.Message}}
	var at sarifLocation
	at.Physical.Artifact = file
	if f.Start.Line > 0 {
		at.Physical.Region = region(f.Start, f.End)
		sum := sha256.Sum256([]byte(f.Code + "\n" + strings.TrimSpace(f.Line)))
		r.Fingerprints = map[string]string{"galley/v1": hex.EncodeToString(sum[:8])}
		if f.Fix != nil {
			put := sarifReplacement{Deleted: *region(f.Mended[0], f.Mended[1])}
			if f.Fix.Insert != "" {
				put.Inserted = &sarifMessage{f.Fix.Insert}
			}
			r.Fixes = []sarifFix{{sarifMessage{f.Fix.Name}, []sarifChange{{file, []sarifReplacement{put}}}}}
		}
	}
	r.Locations = []sarifLocation{at}
	return r
}

func region(from, to diag.Position) *sarifRegion {
	return &sarifRegion{from.Line, from.Column, to.Line, to.Column}
}
