// Package newpost makes a new post from a site's template file, with title, slug
// and file name by the settings' patterns.
package newpost
