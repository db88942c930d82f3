package config

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"galley/internal/diag"
	"galley/internal/markdown"
	"galley/internal/ordered"
	"galley/internal/site/defaults"
	"galley/internal/site/permalink"
	"galley/internal/site/relativelinks"
	"galley/internal/site/source"
	"galley/internal/site/value"
	"galley/internal/site/zone"
	"galley/internal/yaml"
)

// Read reads the settings. Whatever is wrong with them is told, and
// read as if it were not there.
func Read(files fs.FS) (Config, []diag.Diagnostic) {
	r := reader{files: files}
	r.src, _ = fs.ReadFile(files, File) // there may be none
	r.settings()
	r.site()
	r.addresses()
	r.timezone()
	r.dialect()
	r.content()
	r.folders()
	r.galley()
	return r.c, r.diags
}

// Load reads the settings, and what else decides how a site is built: its
// Gemfile, its workflows, its theme, the repository that it is in.
func Load(files fs.FS) (Config, []diag.Diagnostic) {
	c, diags := Read(files)
	c.Flavour = c.flavourOf(files)
	c.overrule(diags)
	c.Plugins = c.readPlugins(files)
	c.applyMetadata(files)
	return c, diags
}

// reader reads the settings of one site.
type reader struct {
	files fs.FS
	src   []byte // of _config.yml
	c     Config
	diags []diag.Diagnostic
}

// tell tells what is wrong with a part of the file.
func (r *reader) tell(at diag.Range, severity diag.Severity, code, format string, args ...any) {
	r.diags = append(r.diags, diag.Diagnostic{Range: at, Severity: severity, Code: code, File: File, Message: fmt.Sprintf(format, args...)})
}

// wrong tells what is wrong with a key.
func (r *reader) wrong(key, code, format string, args ...any) {
	r.tell(keyRange(r.src, key), diag.Error, code, format, args...)
}

// text is what a key says where that is text.
func (r *reader) text(key string) string {
	switch v := r.c.Data[key].(type) {
	case nil:
		return ""
	case string:
		return v
	case map[string]any, []any:
		r.wrong(key, "config-type", "%s in the settings should be text.", key)
		return ""
	default:
		return fmt.Sprint(v)
	}
}

// truth is what a key says where that is true or false.
func (r *reader) truth(key string) bool {
	switch v := r.c.Data[key].(type) {
	case nil:
		return false
	case bool:
		return v
	default:
		r.wrong(key, "config-type", "%s in the settings should be true or false.", key)
		return false
	}
}

var errNoMap = errors.New("settings are lines of the form key: value")

// settings reads the file as a whole, and lays it over the theme's and Jekyll's.
func (r *reader) settings() {
	c := &r.c
	c.Galley = map[string]any{}
	if len(r.src) > MaxFile {
		r.tell(diag.Range{}, diag.Error, "config-too-large", "The settings are larger than %d KB; Galley uses its defaults.", MaxFile>>10)
		r.src = nil
	}
	parsed, err := yaml.Read(r.src, time.UTC)
	settings, isMap := parsed.(*ordered.Map)
	if err == nil && !isMap && parsed != nil {
		err = errNoMap
	}
	if err != nil {
		message, line := err.Error(), 1
		var broken *yaml.Error
		if errors.As(err, &broken) {
			message, line = broken.Problem, max(broken.Line, 1)
		}
		r.tell(diag.LineRange(r.src, line), diag.Error, "config-yaml", "Line %d of the settings cannot be read (%s), so Galley uses its defaults.", line, message)
		settings = nil
	}
	c.Written = underTheme(r.files, settings)
	c.All = c.allSettings()
	c.Data = value.PlainMap(c.Written)
}

// site reads what the site is called and who writes it.
func (r *reader) site() {
	c := &r.c
	c.Title = r.text("title")
	if c.Title == "" {
		c.Title = r.text("name")
	}
	if c.Title == "" {
		c.Title = "Untitled site"
	}
	c.Description = strings.TrimSpace(r.text("description"))
	if c.Lang = r.text("lang"); c.Lang == "" {
		c.Lang = "en"
	}
	c.Author = AuthorName(c.Data["author"])
}

// addresses reads where the site is, and the form of posts' addresses.
func (r *reader) addresses() {
	c := &r.c
	c.URL = strings.TrimRight(r.text("url"), "/")
	c.BaseURL = strings.TrimRight(r.text("baseurl"), "/")
	if c.BaseURL != "" && !strings.HasPrefix(c.BaseURL, "/") {
		c.BaseURL = "/" + c.BaseURL
	}
	style := r.text("permalink")
	c.Permalink, c.PageSuffix = permalink.Style(style), permalink.Suffix(style)
	if key := permalink.Unknown(c.Permalink); key != "" {
		r.wrong("permalink", "config-permalink", "The permalink pattern uses :%s, which there is not; posts get the default address.", key)
		style = ""
		c.Permalink, c.PageSuffix = permalink.Style(""), permalink.Suffix("")
	}
	var over int
	if c.Collections, over = readCollections(c.Written.Value("collections"), style, c.PageSuffix); over > 0 {
		r.wrong("collections", "config-collections", "The settings have more than %d collections; the last %d are passed over.", maxCollections, over)
	}
	c.labels = map[string]*Collection{}
	for _, of := range c.Collections[1:] {
		if c.labels[of.Label] == nil {
			c.labels[of.Label] = of
		}
	}
	c.textLabels = textLabelsOf(c.Collections)
}

// timezone reads the zone that days are counted in.
func (r *reader) timezone() {
	c := &r.c
	c.Location, c.Timezone = time.UTC, r.text("timezone")
	if c.Timezone == "" {
		return
	}
	if loc, err := r.location(c.Timezone); err == nil && c.Timezone != "Local" {
		c.Location = loc
		return
	}
	r.wrong("timezone", "config-timezone", "There is no time zone %q; Galley uses UTC. Zones are named like \"Europe/Berlin\".", c.Timezone)
}

// location finds a time zone by its name: the bundle's own, or the program's.
func (r *reader) location(name string) (*time.Location, error) {
	if text, err := fs.ReadFile(r.files, zone.File); err == nil {
		return zone.Decode(name, string(text))
	}
	return time.LoadLocation(name)
}

// dialect reads which Markdown there is.
func (r *reader) dialect() {
	c := &r.c
	switch d := strings.ToLower(r.text("markdown")); d {
	case "", "kramdown":
		c.Dialect = markdown.Kramdown
	case "gfm", "commonmarkghpages":
		c.Dialect = markdown.GFM
	case "commonmark":
		c.Dialect = markdown.CommonMark
	default:
		c.Dialect = markdown.Kramdown
		r.wrong("markdown", "config-markdown", "There is no Markdown dialect %q; Galley knows kramdown, gfm and commonmark.", d)
	}
	var unread []markdown.Problem
	c.Markdown, unread = markdown.ReadSettings(c.Written)
	for _, p := range unread {
		r.tell(nestedKeyRange(r.src, "kramdown", p.Key), diag.Warning, "config-kramdown", "%s", p.Message)
	}
	c.markdownExts = map[string]bool{}
	endings := r.text("markdown_ext")
	if endings == "" {
		endings = "markdown,mkdown,mkdn,mkd,md"
	}
	for ext := range strings.SplitSeq(strings.ToLower(endings), ",") {
		c.markdownExts["."+strings.TrimSpace(ext)] = true
	}
}

// content reads which files make pages, and of what they begin with.
func (r *reader) content() {
	c := &r.c
	c.ShowDrafts, c.Future, c.Unpublished = r.truth("show_drafts"), r.truth("future"), r.truth("unpublished")
	c.Exclude, c.Include = value.Texts(c.Data["exclude"]), value.Texts(c.Data["include"])
	if c.Data["include"] == nil {
		c.Include = []string{".htaccess"}
	}
	c.excluded, c.included = r.patterns("exclude", c.Exclude), r.patterns("include", c.Include)
	c.relativeLinks = relativelinks.Read(c.Data["relative_links"])
	c.linksKept = r.patterns("relative_links", c.relativeLinks.Exclude)
	c.ExcerptSeparator = "\n\n"
	if c.Data["excerpt_separator"] != nil {
		c.ExcerptSeparator = r.text("excerpt_separator")
	}
	if n, ok := c.Data["limit_posts"].(int); ok {
		c.LimitPosts = max(n, 0)
	}
}

// patterns makes those of a key ready, and tells where there are too many.
func (r *reader) patterns(key string, list []string) source.Patterns {
	p, over := source.Compile(list)
	if over > 0 {
		r.wrong(key, "config-patterns", "%s in the settings has more than %d patterns with signs such as *, or they have more than %d bytes; the last %d are passed over. Name folders instead.",
			key, source.MaxWild, source.MaxWildBytes, over)
	}
	return p
}

// folders reads where posts, layouts and so on are, and the defaults, which go
// by that.
func (r *reader) folders() {
	c := &r.c
	folder := func(key, otherwise string) string {
		if name := strings.Trim(path.Clean("/"+r.text(key)), "/"); name != "" {
			return name
		}
		return otherwise
	}
	c.CollectionsDir, c.LayoutsDir, c.IncludesDir = folder("collections_dir", ""), folder("layouts_dir", "_layouts"), folder("includes_dir", "_includes")
	c.DataDir = folder("data_dir", "_data")
	if list, ok := c.Data["plugins_dir"].([]any); ok { // there may be several
		c.PluginsDir = "_plugins"
		if len(list) > 0 {
			c.PluginsDir = strings.Trim(path.Clean("/"+value.Text(list[0])), "/")
		}
	} else {
		c.PluginsDir = folder("plugins_dir", "_plugins")
	}
	var bad int
	if c.Defaults, bad = defaults.Read(c.Written.Value("defaults"), c.CollectionsDir); bad > 0 {
		r.tell(keyRange(r.src, "defaults"), diag.Warning, "config-defaults",
			"%d of the defaults in the settings have no values and are passed over. Each is a scope and values.", bad)
	}
}

// galley reads the section of that name.
func (r *reader) galley() {
	c := &r.c
	if g, ok := c.Data["galley"].(map[string]any); ok {
		c.Galley = g
	} else if c.Data["galley"] != nil {
		r.wrong("galley", "config-type", "galley in the settings should be a section with keys of its own.")
	}
	c.textRules = source.Rules{
		Exclude: []source.Patterns{c.excluded, namesOnly(jekyllExcludes), namesOnly(galleysExcludes)}, Include: c.included,
		Never: []string{File, c.TemplateFile(), "galley-data"},
	}
	c.Images = strings.Trim(c.Setting("images", defaultImages), "/")
	if !published(c.Images) {
		r.wrong("galley", "config-images", "galley.images in the settings should be a folder that is published, such as %s; Galley uses that.", defaultImages)
		c.Images = defaultImages
	}
	var known bool
	if c.SignOff, known = readSignOff(c.Galley["sign_off"]); !known {
		r.wrong("galley", "config-sign-off", "sign_off in the section galley should be never, ask or always; commits are not signed off.")
	}
	if _, problem := readEdition(c.Galley["edition"]); problem != "" {
		r.wrong("galley", "config-edition", "%s", diag.Sentence(problem))
	}
	for _, key := range []string{"title", "slug", "branch"} {
		if len(c.Setting(key, "")) > maxPattern {
			r.wrong("galley", "config-pattern", "The pattern for %s in the section galley is longer than %d bytes and is passed over; shorten it.", key, maxPattern)
		}
	}
	switch pattern := c.Galley["branch"].(type) {
	case nil:
	case string:
		if len(pattern) > maxPattern {
			break // which is told
		}
		if _, ok := dateIn(pattern, FillPattern(pattern, time.Time{}, "x")); !ok {
			r.wrong("galley", "config-branch", "The pattern for branches in the section galley tells no year, so no branch is known to be an edition's.")
		}
	default:
		r.wrong("galley", "config-type", "branch in the section galley should be text.")
	}
}

// published tells whether a folder is one whose files a build publishes as they
// are, so that what is put there can be seen.
func published(folder string) bool {
	if !fs.ValidPath(folder) || folder == "." {
		return false
	}
	for part := range strings.SplitSeq(folder, "/") {
		if strings.ContainsAny(part[:1], "._#~") || strings.HasSuffix(part, "~") {
			return false
		}
	}
	return true
}

// AuthorName is the name in an author, which is text or a map.
func AuthorName(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		name, _ := v["name"].(string)
		return name
	}
	return ""
}
