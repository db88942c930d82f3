package liquid

// StandardFilters are Liquid's own.
func StandardFilters() map[string]Filter { return map[string]Filter{} }
