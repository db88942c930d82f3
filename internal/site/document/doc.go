// Package document reads one file with front matter: a post or another
// collection's document, or a page. An [Entry] is everything about a page except
// how it looks: its front matter with defaults, its date, title, categories and
// tags, its address and the file that it is written to.
//
//	reader.go     what a site's files are read with
//	document.go   an entry, and how it is read
//	date.go       dates, from front matter or from the file's name
//	title.go      a title made of the file's name
//	category.go   categories and tags
//	address.go    where an entry is written to
//	adapt.go      what Jekyll's plugins change in an entry that was read
//	made.go       a page that a plugin makes in place of a file
package document
