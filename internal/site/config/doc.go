// Package config reads how a site is built: its _config.yml (the package comment
// of site lists the keys), laid over its theme's and over what Jekyll has by
// itself, and what else decides, as its Gemfile does.
//
//	config.go       the settings that the other packages ask for
//	reader.go       how they are read, and what is told of mistakes
//	jekyll.go       Jekyll's own settings, below a site's
//	flavour.go      by whose rules: Galley's, GitHub Pages', Jekyll 4's
//	plugins.go      which plugins of Jekyll run
//	collection.go   posts, and what the settings list under collections
//	files.go        which of the files are the site's
//	group.go        which group of texts a file belongs to
//	theme.go        the theme that the settings name
//	github.go       what the settings have of the repository, for site.github
//	address.go      addresses with the site's folder and host
//	edition.go      the branches that editions are written on
//	pattern.go      patterns for titles, slugs and branches
//	place.go        where in the file a setting stands
package config
