// Package jekyll has the filters and tags that Jekyll 4.3 adds to Liquid.
//
// [Filters] and [Tags] are laid over those of the package liquid. What they
// need of the site they ask the [Host] for, which is the Env's Host.
//
//	config := &liquid.Config{Tags: jekyll.Tags(), Filters: jekyll.Filters()}
//	env := &liquid.Env{Globals: page, Host: host}
//
// # Tags
//
// include, include_relative, include_cached (of jekyll-include-cache),
// highlight, link and post_url. An include sees its caller's variables, and
// what it assigns is there behind it; its parameters are include.NAME within
// it. Other plugins' tags are the caller's to add.
//
// # Filters
//
// All of Jekyll's: those on addresses (relative_url, absolute_url,
// strip_index), dates, groups, where and find, sort with its place for nil,
// lists as stacks, and texts (markdownify, smartify, sassify, scssify,
// slugify, the escapes, words and sentences, jsonify, inspect).
package jekyll
