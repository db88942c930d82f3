package liquid

// A Template is a file that was read. It does not change.
type Template struct {
	Name     string // of the file, as errors and warnings name it
	Warnings []Problem

	config *Config
	body   *Body
	line   int
	size   int
}

// Parse reads a template. Name is its file's, line the number of its first
// line there: more than 1 behind front matter.
func (cfg *Config) Parse(name string, line int, source string) (*Template, error) {
	p := &Parser{config: cfg, file: name, line: line, tokens: &tokens{source: source, line: line}}
	body, err := p.document()
	if err != nil {
		return nil, at(err, name, p.line)
	}
	return &Template{Name: name, Warnings: p.warnings, config: cfg, body: body, line: line, size: len(source)}, nil
}
