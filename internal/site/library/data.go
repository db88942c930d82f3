package library

import (
	"fmt"
	"io/fs"

	"galley/internal/datafile"
	"galley/internal/diag"
	"galley/internal/ordered"
	"galley/internal/site/config"
)

// DataSettings are how a site's data files are read.
func DataSettings(c *config.Config) datafile.Settings {
	settings := datafile.Settings{Place: c.Location}
	csv, _ := c.Written.Value("csv_reader").(*ordered.Map)
	tsv, _ := c.Written.Value("tsv_reader").(*ordered.Map)
	settings.CSV, settings.TSV = datafile.TableOf(csv), datafile.TableOf(tsv)
	return settings
}

// Data reads site.data: the data folder's files by their names. A section
// `data` of the settings stands in its place. What cannot be read is told. stop ends
// reading soon once it returns an error; nil never does.
func Data(files fs.FS, c *config.Config, stop func() error) (*ordered.Map, []diag.Diagnostic) {
	if own, ok := c.Written.Value("data").(*ordered.Map); ok {
		return own, nil
	}
	settings := DataSettings(c)
	settings.Stop = stop
	data, problems := datafile.Read(files, c.DataDir, settings)
	var diags []diag.Diagnostic
	for _, p := range problems {
		d := diag.Diagnostic{File: p.File, Severity: diag.Error, Code: "data",
			Message: diag.Sentence(fmt.Sprintf("This data file cannot be read: %s", p.Message))}
		if src, err := fs.ReadFile(files, p.File); err == nil && p.Line > 0 {
			d.Range = diag.LineRange(src, p.Line)
		}
		diags = append(diags, d)
	}
	return data, diags
}
