package jekyll

import (
	"maps"

	"galley/internal/liquid"
)

// Tags are Liquid's and Jekyll's.
func Tags() map[string]liquid.Tag {
	all := liquid.StandardTags()
	maps.Copy(all, map[string]liquid.Tag{
		"include":          includeTag(including),
		"include_relative": includeTag(relative),
		"include_cached":   includeTag(cached),
		"highlight":        highlightTag,
		"link":             linkTag,
		"post_url":         postURLTag,
	})
	return all
}

// Filters are Liquid's and Jekyll's; where both have one, Jekyll's.
func Filters() map[string]liquid.Filter {
	all := liquid.StandardFilters()
	for _, set := range []map[string]liquid.Filter{urlFilters(), textFilters(), dateFilters(), groupFilters(), listFilters(), jsonFilters()} {
		maps.Copy(all, set)
	}
	return all
}

// host is the site of a rendering.
func host(c *liquid.Context) (Host, error) {
	if h, ok := c.Host().(Host); ok {
		return h, nil
	}
	return nil, liquid.Faultf("there is no site here")
}

// filter makes a filter of a function.
func filter(least, most int, apply func(c *liquid.Context, in any, args []any) (any, error)) liquid.Filter {
	return liquid.Filter{Min: least, Max: most, Apply: apply}
}

// newer marks a filter that Jekyll 3 has not.
func newer(f liquid.Filter) liquid.Filter {
	f.New = true
	return f
}

// arg is an argument that may be left out.
func arg(args []any, i int, otherwise any) any {
	if i < len(args) {
		return args[i]
	}
	return otherwise
}

// text is a value where Jekyll takes nothing but a text.
func text(filter string, in any) (string, error) {
	if s, ok := in.(string); ok {
		return s, nil
	}
	return "", liquid.Faultf("the filter “%s” takes a text, and got %s", filter, liquid.Shown(in))
}

// space is what Ruby's \s matches.
const space = " \t\n\v\f\r"

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isWord is what Ruby's \w matches.
func isWord(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || isDigit(c) || c == '_'
}
