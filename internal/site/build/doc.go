// Package build writes a whole site: what there is to write (plan.go), the pages
// that Galley adds to a site without layouts of its own (made.go), whose addresses
// are absolute where they are read elsewhere (absolute.go), style sheets
// (stylesheet.go), all of it rendered in parallel (build.go), and what was found
// on the way (report.go).
package build
