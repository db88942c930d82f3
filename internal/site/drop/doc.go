// Package drop is a site as the templates of one page see it: what the names in
// Liquid mean.
//
//	globals.go    site, page, content, layout, paginator, jekyll
//	site.go       site: site.posts, site.pages, site.tags and the settings
//	entry.go      page, also within an excerpt, and each of site.posts and site.pages
//	collection.go site.collections
//	static.go     site.static_files
//	paginator.go  paginator
//	filters.go    Liquid's filters for plugins that write pages
//	view.go       the lists behind these, made when they are first asked for
//
// What other pages look like is asked of a [Renderer].
package drop
