package drop

// Excerpt is `page` in an excerpt.
type Excerpt struct{ Entry }

// Get implements liquid.Drop.
func (d *Excerpt) Get(key string) (any, bool) {
	switch key {
	case "excerpt":
		return nil, true
	case "id":
		return d.Of.ID() + "#excerpt", true
	case "path", "relative_path":
		return d.Of.Relative(d.sight.Reader.Config) + "/#excerpt", true
	}
	return d.Entry.Get(key)
}
