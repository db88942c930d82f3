// Package tags is what Liquid knows on a site: its own tags and filters, Jekyll's,
// those of the plugins that the site runs (a file for each: seo, feed_meta, gist,
// avatar, github_edit_link, and the filter md5), and those that the settings map
// to includes.
package tags
