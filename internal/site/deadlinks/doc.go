// Package deadlinks holds the links and pictures of built pages against what a
// site writes: scan.go reads them from a page's HTML, checker.go finds where they
// lead and where they were written, page.go does it for one page that is written,
// and pointer.go knows the pointers that Git LFS leaves in place of files.
package deadlinks
