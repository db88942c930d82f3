package seo

import (
	"galley/internal/liquid"
	"galley/internal/ordered"
)

// image is a page's picture.
type image struct {
	// path is its whole address, and fields all that is said of it.
	path   string
	fields *ordered.Map
}

// readImage finds the picture that the front matter names; nil for none.
func (p Page) readImage() *image {
	v := liquid.Dig(p.Page, "image")
	fields, ok := v.(*ordered.Map)
	if !ok {
		fields = ordered.New(0)
		if _, ok := v.(string); ok {
			fields.Set("path", v)
		}
	}
	raw := first(fields.Value("path"), fields.Value("facebook"), fields.Value("twitter"))
	if raw == nil {
		return nil
	}
	address := text(raw)
	if _, ok := raw.(string); ok && !hasScheme(address) {
		address = p.Absolute(address)
	}
	return &image{p.Escape(address), fields}
}

// linked is the picture in JSON-LD: its address, or all that is said of it.
func (i *image) linked() any {
	if i == nil {
		return nil
	}
	out := ordered.New(0)
	for k, v := range i.fields.All() {
		if k != "path" {
			out.Set(k, v)
		}
	}
	if out.Len() == 0 {
		return i.path
	}
	out.Set("url", i.path)
	out.Set("@type", "imageObject")
	return out
}

// logo is the address of the site's logo; nil for none.
func (p Page) logo() any {
	logo := liquid.Dig(p.Site, "logo")
	if !liquid.Truthy(logo) {
		return nil
	}
	address := text(logo)
	if !hasScheme(address) {
		address = p.Absolute(address)
	}
	return p.Escape(address)
}

// hasScheme says whether an address is whole.
func hasScheme(address string) bool {
	for i := range len(address) {
		c := address[i]
		switch {
		case c == ':':
			return i > 0
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		default:
			return false
		}
	}
	return false
}
