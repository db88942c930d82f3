// Package site turns a folder of posts into a web site, and one post into the
// page that it will be. [Site.RenderPost] is the only function that makes a
// page: the site builder, the server and the browser all call it, so what a
// writer sees is what is published.
//
// # What a site is
//
// A folder, or a branch of a repository, in the shape that Jekyll made
// conventional:
//
//	_config.yml            the site's settings
//	_posts/                posts, named YYYY-MM-DD-slug.md
//	_drafts/               posts without a date, shown when show_drafts is on
//	templates/             the site's own templates (Go's html/template)
//	_layouts/, _includes/  the site's own layouts (Liquid, as Jekyll has them)
//	_data/                 YAML and JSON files, for templates to use
//	template.md            what a new post starts from
//	*.md, *.html           pages
//	anything else          copied as it is
//
// Files and folders whose names start with "_", ".", "#" or "~" or end with
// "~", and those that `exclude` names, are not published; `include` overrides
// both.
//
// # Settings
//
// Everything in _config.yml is optional. The keys are Jekyll's where Jekyll
// has one:
//
//	title          the site's name
//	description    one sentence about it
//	url            scheme and host, as in "https://news.example.org"
//	baseurl        the folder on the host, as in "/news"; empty for none
//	author         a name, or a map with name, email and uri
//	lang           the language of the pages; "en" by default
//	permalink      the address of a post: "date" (the default), "pretty",
//	               "ordinal", "weekdate", "none", or a pattern such as
//	               "/:year/:month/:title/"
//	timezone       such as "Europe/Berlin"; UTC by default
//	markdown       the dialect: "kramdown" (the default), "gfm" or
//	               "commonmark"
//	show_drafts    publish _drafts/ and posts marked `draft: true`
//	future         publish posts whose date is still to come
//	unpublished    publish posts marked `published: false`
//	exclude        files and folders to leave out
//	include        files and folders to publish in spite of their names
//	defaults       front matter for many files, by path and type
//	plugins        plugins of Jekyll: those that Galley has run; docs/jekyll.md
//	repository     "owner/name" at GitHub, for site.github
//	excerpt_separator  where a post's excerpt ends; a blank line by default
//
// Galley's own settings stand under one key, so that Jekyll can go on reading
// the file:
//
//	galley:
//	  template: template.md          what a new post starts from
//	  title: "Week Ending {month} {day}, {year}"
//	  slug: "{date}-update"
//	  branch: "{year}{mm}{dd}"       the branch on which an edition is written
//	  edition: {weekday: sunday}     on which days there are editions, [config.EditionRule]
//	  rules: {bullet-length: on}     house rules; docs/check.md
//	  sign_off: never                never, ask or always: Signed-off-by lines
//	  placeholders: [POST_DATE]      texts of the template that no post may keep
//	  images: assets/images          the folder that pasted pictures go to
//	  index: 25                      how many posts the index shows
//	  feed: 10                       how many posts the feed holds
//	  logo: /assets/logo.png         a picture of the site, for other sites
//	  footer: "Text at a page's end"
//	  nav: [{title: About, url: /about}]
//	  theme: themes/minima           the folder of a Jekyll theme's files
//	  tags: {video: video.html}      Liquid tags that are includes, or nothing
//	  github_pages: true             whether GitHub Pages builds the site
//
// In title, slug and branch, {date} is YYYY-MM-DD, {year}, {month} (its name),
// {mm}, {day} (without a leading zero) and {dd} stand for the new post's date,
// {title} for its title and {slug} for the title made a slug; none is longer than
// 250 bytes; in branch, date
// and slug are those of the post's file name. Other packages read settings of
// their own from the same section, through [Config.Galley].
//
// With a pattern for branches, posts are written on a branch for each edition,
// which reaches the site as a whole ([Config.Edition]). The editor chooses and
// makes these branches by itself.
//
// # Front matter
//
// A post may say: title, date, slug, layout, permalink, description, excerpt,
// image, author, tags, categories, lang, published, draft, redirect_from or
// aliases (old addresses that lead here), sitemap (false leaves the page out),
// and whatever its templates use.
//
// # Which template makes a page
//
// `layout: NAME` in the front matter, else "post" for posts and "page" for
// pages. For NAME the first of these that there is:
//
//  1. templates/NAME.html of the site
//  2. _layouts/NAME.html (or .liquid) of the site, or of its theme
//  3. NAME.html of the built-in templates
//  4. the built-in post.html or page.html
//
// A site that has layouts or a theme uses the first two alone, and is built as
// Jekyll builds it; docs/jekyll.md says by which version's rules.
//
// `layout: none` (or null) publishes the content alone. How to write templates
// is told in docs/templates.md.
//
// # Where pages go
//
// An address that ends in "/" is written as index.html in that folder; one
// without an extension gets .html, which hosts of static sites serve without
// it. Index, archive, feed, sitemap, 404 page and the style sheet are written
// unless the site has a file of its own for that address.
//
// # Where things are
//
// What a site is made of are packages below this one, each with a manual of its
// own; arrows point down:
//
//	build, bundle, newpost    the whole site; what the browser needs; a new post
//	deadlinks                 links and pictures held against what is built
//	render                    one page
//	generator, tags           what plugins make, and what Liquid knows
//	drop                      what names mean in Liquid
//	library                   all that a site's files hold
//	document                  one file with front matter
//	layout, templates         Liquid's layouts, Go's templates
//	config                    the settings, and by whose rules a site is built
//
// Each plugin's own rules are in a package named for it, such as paginate, feed
// or redirect.
package site
