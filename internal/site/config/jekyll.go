package config

import (
	"galley/internal/ordered"
	"galley/internal/site/defaults"
)

// jekyllSettings are what Jekyll's settings are where a site's own say nothing.
// Maps among them are laid under the site's.
var jekyllSettings = ordered.Of(
	"source", "", "destination", "",
	"collections_dir", "", "cache_dir", ".jekyll-cache", "plugins_dir", "_plugins", "layouts_dir", "_layouts", "data_dir", "_data",
	"includes_dir", "_includes", "collections", ordered.Of("posts", ordered.Of("output", true)), "safe", false,
	"include", []any{".htaccess"}, "exclude", excludedByJekyll(), "keep_files", []any{".git", ".svn"}, "encoding", "utf-8",
	"markdown_ext", "markdown,mkdown,mkdn,mkd,md", "strict_front_matter", false, "show_drafts", nil, "limit_posts", int64(0),
	"future", false, "unpublished", false, "whitelist", []any{}, "plugins", []any{}, "markdown", "kramdown", "highlighter", "rouge",
	"lsi", false, "excerpt_separator", "\n\n", "incremental", false, "detach", false, "port", "4000", "host", "127.0.0.1",
	"baseurl", nil, "show_dir_listing", false, "permalink", "date", "paginate_path", "/page:num", "timezone", nil, "quiet", false,
	"verbose", false, "defaults", []any{},
	"liquid", ordered.Of("error_mode", "warn", "strict_filters", false, "strict_variables", false),
	"kramdown", ordered.Of("auto_ids", true, "toc_levels", []any{int64(1), int64(2), int64(3), int64(4), int64(5), int64(6)},
		"entity_output", "as_char", "smart_quotes", "lsquo,rsquo,ldquo,rdquo", "input", "GFM", "hard_wrap", false, "guess_lang", true,
		"footnote_nr", int64(1), "show_warnings", false),
)

func excludedByJekyll() []any {
	out := make([]any, len(jekyllExcludes))
	for i, name := range jekyllExcludes {
		out[i] = name
	}
	return out
}

// allSettings are the site's settings over Jekyll's.
func (c Config) allSettings() *ordered.Map {
	all := defaults.Merge(jekyllSettings, c.Written).Clone()
	if own, ok := c.Written.Value("exclude").([]any); ok {
		all.Set("exclude", append(append([]any{}, own...), excludedByJekyll()...))
	}
	return all
}
