package templates

import "regexp"

var namesPosts = regexp.MustCompile(`\b[pP]osts\b|\b(tags|categories|documents|related_posts|post_url|collections|paginator|archives)\b|\bpage\.(previous|next)\b|\{%-?\s*link\b`)

// NamesPosts says whether a template, of Go or of Liquid, may look at other posts
// than its own.
func NamesPosts(text string) bool { return namesPosts.MatchString(text) }
