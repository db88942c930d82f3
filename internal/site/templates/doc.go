// Package templates makes pages with templates of Go: the built-in ones, and a
// site's own in templates/, which docs/templates.md documents.
//
//	view.go      what templates see: the site, a page, lists of posts
//	funcs.go     the functions that they may use
//	template.go  one template: parsed, bounded, executed
//	load.go      all of a site; one that is broken gives way to the built-in one
//	check.go     a template is held against what it will see before it is used
//	errors.go    its mistakes as diagnostics, with line and words
//	tree.go      what is read of a template without executing it
package templates
