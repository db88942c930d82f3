package liquid

import "strings"

// Has tells whether there may be anything of Liquid's in a text.
func Has(text string) bool { return strings.Contains(text, "{{") || strings.Contains(text, "{%") }
