// Package render makes a page: [Renderer.Render] is the only function that does,
// for the site builder, the server and the browser.
//
//	renderer.go   what a site is rendered with, each part made when it is needed
//	render.go     content and shell put together; a page around content (Shell)
//	page.go       a rendered page, and one whose rendering failed
//	body.go       a file's text as the plugins leave it
//	liquid.go     the Liquid in it carried out, and its mistakes told
//	host.go       the site for Liquid's tags and filters
//	layouts.go    which layouts an entry gets
//	around.go     what is around the content: layouts, or a template of Go
//	shell.go      the place of the content in it
//	excerpt.go    excerpts and descriptions
//	views.go      what templates of Go see of an entry
//	made.go       pages that plugins write
//	adorn.go      what plugins put into a page that is done: @names, :emoji:
//	lead.go       how much of a text decides what is around its content
package render
