// Package generator has Jekyll's plugins make pages: archives, redirects, pages of
// posts, feeds, the sitemap, pages of Markdown files without front matter. A file
// is for one plugin: it finds what the plugin asks of the site and puts its pages
// into the library. What is on these pages is told by packages of their own
// (archives, feed, paginate, redirect, sitemap, githubpages), which know nothing
// of a site.
package generator
