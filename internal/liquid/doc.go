// Package liquid renders Liquid templates as Ruby's Liquid 5.4 does inside
// Jekyll 4.3. Jekyll's own filters and tags are in the package
// galley/internal/liquid/jekyll; this package knows nothing of sites.
//
// # Use
//
// A [Config] says which tags and filters there are and how strict templates
// are read. [Config.Parse] reads a file once; the [Template] does not change
// any more and may be rendered by many goroutines at a time. [Template.Render]
// makes text of it with an [Env], which is made for one page and used by the
// templates of that page alone, one after the other: the page's own text, its
// layout, the layout around that.
//
//	config := &liquid.Config{Tags: liquid.StandardTags(), Filters: liquid.StandardFilters()}
//	t, err := config.Parse("_layouts/post.html", 1, source)
//	...
//	env := &liquid.Env{Globals: page}
//	out, err := t.Render(env)
//
// # Values
//
// A value is one of
//
//	nil, bool, int64, float64, string
//	[]any       a list
//	*ordered.Map       keys and values in the order of the file
//	Range       (1..5)
//	time.Time   printed as "2026-01-02 00:00:00 +0000", and as "... UTC" when
//	            its location is time.UTC itself; [Local] takes a time out of it
//	Date        a day, printed as "2026-01-02"
//	Drop        an object of the embedding program
//
// [Value] makes one of what a YAML or JSON reader gives. Any other Go value is
// printed with fmt and has no properties. Lists and hashes are shared between
// templates and goroutines: nothing changes them after they were handed over.
//
// # Faults
//
// What Ruby's Liquid passes over, this package passes over: how much that is,
// Config.Mode says. Jekyll's own default is [Warn]: a tag or an output is read
// strictly first, and when that fails leniently, with a warning at its place.
// An error is what ends Jekyll's build: an unknown tag, a block that is not
// closed, a division by zero. It is an [*Error], with file and line.
//
// Warnings of parsing are Template.Warnings; those of rendering are added to
// Env.Warnings. Among them are faults that Ruby does not speak of, such as a
// filter that does not exist.
//
// # Liquid 4
//
// GitHub Pages has Liquid 4.0.4 and Jekyll 3.10. With Config.Liquid4 templates
// see what these do otherwise:
//
//   - The tags #, echo, liquid and render and the filters base64_*,
//     replace_last, remove_last, find and find_exp are not there; default has
//     no allow_false and number_of_words no mode.
//   - truncatewords adds its ending to a text of just so many words, and
//     newline_to_br leaves \r where it is.
//   - A limit or an offset that is no number is 0.
//   - A case ends with its else. raw writes what stands before a tag in the same
//     braces twice. A block without text, such as a tablerow of empty cells,
//     prints nothing at all.
//   - An expression does not begin with [, unless it is read leniently.
//   - In where_exp empty is what is empty, and there is no and or or.
//   - where, sort and group_by take texts as texts, not as numbers. where with
//     nil leaves its input as it is.
//   - link and post_url print addresses without the baseurl.
//
// # Bounds
//
// A rendering ends with an error when it took more than Env.Limits allow, when
// blocks and templates are nested too deep, and when Env.Stop says so.
package liquid
