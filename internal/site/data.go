package site

import (
	"fmt"
	"io/fs"

	"galley/internal/datafile"
	"galley/internal/diag"
	"galley/internal/ordered"
)

// data is site.data: the data folder's files by their names. A section `data`
// of the settings stands in its place.
func (s *Site) data() *ordered.Map {
	s.dataOnce.Do(func() {
		if own, ok := s.config.Written.Value("data").(*ordered.Map); ok {
			s.dataMap = own
			return
		}
		settings := datafile.Settings{Place: s.config.Location}
		csv, _ := s.config.Written.Value("csv_reader").(*ordered.Map)
		tsv, _ := s.config.Written.Value("tsv_reader").(*ordered.Map)
		settings.CSV, settings.TSV = datafile.TableOf(csv), datafile.TableOf(tsv)
		s.dataMap, s.dataProblems = datafile.Read(s.files, s.config.DataDir, settings)
	})
	return s.dataMap
}

// checkData tells of data files that cannot be read.
func (s *Site) checkData() []diag.Diagnostic {
	s.data()
	var diags []diag.Diagnostic
	for _, p := range s.dataProblems {
		d := diag.Diagnostic{File: p.File, Severity: diag.Error, Code: "data",
			Message: diag.Sentence(fmt.Sprintf("This data file cannot be read: %s", p.Message))}
		if src, err := fs.ReadFile(s.files, p.File); err == nil && p.Line > 0 {
			d.Range = diag.LineRange(src, p.Line)
		}
		diags = append(diags, d)
	}
	return diags
}
