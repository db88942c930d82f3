package server

import (
	"net/http"

	"galley/internal/datacheck"
	"galley/internal/preview"
	"galley/internal/site"
)

// dataReading is what a data file says, and what is wrong with it.
type dataReading struct {
	Diagnostics []preview.Diagnostic `json:"diagnostics"`
	// Value is null where the file cannot be read.
	Value *datacheck.Value `json:"value"`
	// Name is how templates call it: site.data.team.
	Name string `json:"name"`
}

// readData answers POST /api/data: what a data file's text says, as the site of its
// branch reads it. It is what a data file has in place of a page.
func (s *Server) readData(r *http.Request) (any, error) {
	m, _, at, err := s.typedAt(r)
	if err != nil {
		return nil, err
	}
	config := at.site.Config()
	if !isData(config, m.Path) {
		return nil, refuse(http.StatusNotFound, kindNotFound, "%s is no data file of the site. Those are in %s, and end in .yml, .yaml, .json, .csv or .tsv.", m.Path, config.DataDir)
	}
	src := []byte(m.Text)
	var e ending
	var reading datacheck.Reading
	settings := site.DataSettings(config)
	settings.Stop = e.Err
	if err := s.renders.run(r.Context(), &e, func() { reading = datacheck.Read(m.Path, src, settings) }); err != nil {
		return nil, err
	}
	return dataReading{s.findings(r, src, reading.Problems), reading.Value, datacheck.Called(config.DataDir, m.Path)}, nil
}
