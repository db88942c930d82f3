package liquid

import "galley/internal/ordered"

// Dig looks a value up by its path, through drops and maps: site.data.authors is
// Dig(site, "data", "authors"). It is nil where there is nothing.
func Dig(v any, names ...string) any {
	for _, name := range names {
		switch in := v.(type) {
		case Drop:
			v, _ = in.Get(name)
		case *ordered.Map:
			v = in.Value(name)
		default:
			return nil
		}
	}
	return v
}
