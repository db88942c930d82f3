// Package tray has the material that lies beside the editor: lists of things to
// report, read from feeds, from files of the repository and from what a forge
// finds, each with a rule that makes it a bullet in the site's style. What there is
// to read, a site's settings say:
//
//	galley:
//	  trays:
//	    - name: Blogs                 # as the editor shows it
//	      kind: feed                  # see below
//	      where:                      # one, or a list: addresses, or files of the repository
//	        - https://blog.example.org/feed.xml
//	        - _data/feeds/harbours.json
//	      bullet: "[{{ item.title }}]({{ item.url }})"
//	      section: Developer News     # where it goes; else to the cursor
//	      days: 14                    # how old an item may be; 0, the default, is any age
//	      limit: 60                   # how many items, the newest; 100 by default, 300 at most
//
// The kinds are
//
//	feed         an RSS, Atom or JSON feed
//	page         one page with many articles, by day: HTML, or its text
//	notes        release notes: Markdown files with a heading for each version
//	pulls        pull requests that a search of GitHub finds: query
//	issues       the same of issues; fields has what a form asked for
//	releases     the releases of repositories, as owner/name
//	submissions  open pull requests that add to the post itself, found by the server
//
// A bullet is a Liquid template. item has
//
//	title     the title, in a form that is text and nothing else in Markdown
//	url       the address, in a form that ends no link
//	summary   the first words, as title
//	author    who wrote it, as title
//	source    the feed's title, or the repository
//	date      when, as a time; nil where nobody says
//	number    of a pull request or an issue
//	version   of a release
//	labels    of a pull request or an issue, a list, each as title
//
// What is read is anybody's: texts are cut, and cannot become markup, Liquid or
// another line. Nothing here asks anybody: bytes come from outside.
package tray
