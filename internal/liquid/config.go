package liquid

// A Mode says how templates are read.
type Mode int

const (
	// Warn reads what is no proper Liquid leniently, with a warning. It is
	// Jekyll's default.
	Warn Mode = iota
	// Lax reads everything leniently and says nothing.
	Lax
	// Strict makes an error of what is no proper Liquid.
	Strict
)

// A Config is a set of tags and filters and the way in which templates are
// read. It is not changed while it is in use.
type Config struct {
	Tags    map[string]Tag
	Filters map[string]Filter
	Mode    Mode
	// StrictFilters makes an error of a filter that does not exist, and
	// StrictVariables one of a variable or a property that does not.
	// Otherwise the first passes its input through and the second is nil.
	StrictFilters, StrictVariables bool
	// Liquid4 has templates see what Liquid 4.0.4 and Jekyll 3.10 do where
	// Liquid 5.4 and Jekyll 4.3 differ, for sites that GitHub Pages builds. See
	// the package comment.
	Liquid4 bool
	// Stop ends parsing soon once it returns an error; nil never does. It is asked at
	// each tag.
	Stop func() error
}

// newTags are those that Liquid 4 has not.
var newTags = map[string]bool{"#": true, "echo": true, "liquid": true, "render": true}

// tag is a tag by its name, nil for one that there is not.
func (cfg *Config) tag(name string) Tag {
	if cfg.Liquid4 && newTags[name] {
		return nil
	}
	return cfg.Tags[name]
}

// A Tag makes the node of one tag. The parser stands behind the tag, so that
// the tag of a block can read its body. Markup is what stands in the tag
// behind its name.
type Tag func(p *Parser, markup string) (Node, error)

// A Node is a part of a template that makes text.
type Node interface {
	// Render writes to the context's output. It is called by many goroutines
	// at a time and changes nothing but the context.
	Render(c *Context) error
}

// A Filter makes a value of another.
type Filter struct {
	// Min and Max are how many arguments it takes beside its input; fewer or
	// more are an error. Named arguments come as one *ordered.Map at the end.
	Min, Max int
	// New says that the filter is not in Liquid 4 and Jekyll 3.
	New bool
	// Apply does not keep args, which are used again.
	Apply func(c *Context, input any, args []any) (any, error)
}
