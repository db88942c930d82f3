// Package layout finds a site's Liquid layouts and includes, and reads and parses
// each once. It also tells what can be told of them without carrying them out:
// whether they print a page's content as it is, and whether what include_cached
// keeps depends on the page.
package layout
