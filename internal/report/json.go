package report

import (
	"encoding/json"
	"io"

	"galley/internal/diag"
)

// fix is a finding's fix in JSON.
type fix struct {
	Name      string `json:"name"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	Insert    string `json:"insert"`
}

// writeJSON writes an object a line.
func writeJSON(w io.Writer, found []Finding) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, f := range found {
		line := struct {
			File      string        `json:"file"`
			Line      int           `json:"line"`
			Column    int           `json:"column"`
			EndLine   int           `json:"endLine"`
			EndColumn int           `json:"endColumn"`
			Severity  diag.Severity `json:"severity"`
			Code      string        `json:"code"`
			Message   string        `json:"message"`
			Fix       *fix          `json:"fix,omitempty"`
		}{f.File, f.Start.Line, f.Start.Column, f.End.Line, f.End.Column, f.Severity, f.Code, f.Message, nil}
		if f.Fix != nil && f.Start.Line > 0 {
			line.Fix = &fix{f.Fix.Name, f.Mended[0].Line, f.Mended[0].Column, f.Mended[1].Line, f.Mended[1].Column, f.Fix.Insert}
		}
		if err := e.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
