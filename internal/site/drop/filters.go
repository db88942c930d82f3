package drop

import "galley/internal/liquid"

// Filters are Liquid's filters as functions, for one rendering.
type Filters struct {
	C   *liquid.Context
	Err error // the first one
}

func (f *Filters) apply(name string, v any) string {
	filter, ok := f.C.Config().Filters[name]
	if !ok {
		return liquid.Text(v)
	}
	out, err := filter.Apply(f.C, v, nil)
	if err != nil && f.Err == nil {
		f.Err = err
	}
	return liquid.Text(out)
}

func (f *Filters) Absolute(text string) string { return f.apply("absolute_url", text) }
func (f *Filters) Escape(text string) string   { return f.apply("uri_escape", text) }
func (f *Filters) Markdown(text string) string { return f.apply("markdownify", text) }
func (f *Filters) Smartify(text string) string { return f.apply("smartify", text) }
func (f *Filters) Date(v any) string           { return f.apply("date_to_xmlschema", v) }
