package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"galley/internal/datacheck"
	"galley/internal/diag"
	"galley/internal/lint"
	"galley/internal/outlinks"
	"galley/internal/post"
	"galley/internal/report"
	"galley/internal/site"
)

// checkOptions are the flags of the command check.
type checkOptions struct {
	dir, format, baseline, since, failOn string
	write, fix, links                    bool
	outside                              outsideLinks
}

func newCheckCommand() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check [FILE...]",
		Short: "Check posts and data files: front matter, templates, pictures, links and house rules",
		Long: "Check posts: front matter, templates, pictures and house rules; with --links\n" +
			"also where links within the site lead, and whether an earlier post has them;\n" +
			"with --outside those to others are asked, too, a host at a time.\n" +
			"Of data files it tells what cannot be read, and what is likely not meant.\n" +
			"A folder stands for the posts and data files in it, and no file for all of the\n" +
			"site.\n\n" +
			"The exit code is 0 when nothing was found, 1 when errors or warnings were, and\n" +
			"2 when the check could not be done. Notes alone do not count.",
		Args: arguments(cobra.ArbitraryArgs),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(report.Formats, o.format) {
				return usageError{fmt.Errorf("the format is text, json, sarif or github, not %q", o.format)}
			}
			if o.failOn != "error" && o.failOn != "warning" && o.failOn != "info" {
				return usageError{fmt.Errorf("--fail-on is error, warning or info, not %q", o.failOn)}
			}
			var wrong faults
			o.outside.client = o.outside.fetching.client(&wrong)
			if err := wrong.err(); err != nil {
				return err
			}
			if o.write && o.baseline == "" {
				return usageError{fmt.Errorf("--write-baseline needs the file: --baseline FILE")}
			}
			err := o.run(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr(), args)
			if err != nil && err != errFound {
				return notDone{err}
			}
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.dir, "site", ".", "folder of the site: its _config.yml and templates")
	f.StringVar(&o.format, "format", "text", "text, json (one object a line), sarif, or github (annotations of a workflow)")
	f.StringVar(&o.baseline, "baseline", "", "file of findings that are known and not told")
	f.BoolVar(&o.write, "write-baseline", false, "write what is found to the baseline's file instead")
	f.StringVar(&o.since, "since", "", "tell only of lines that are not in a revision of Git, such as origin/main")
	f.StringVar(&o.failOn, "fail-on", "warning", "the least level that makes the exit code 1: error, warning or info")
	f.BoolVar(&o.fix, "fix", false, "mend in the files what can be mended by itself")
	f.BoolVar(&o.links, "links", false, "check links within the site, too, and whether an earlier post has them")
	o.outside.flags(f)
	return cmd
}

// run checks files, and is errFound where something counts.
func (o checkOptions) run(ctx context.Context, out, told io.Writer, args []string) error {
	c, err := o.checker(ctx, told)
	if err != nil {
		return err
	}
	var files []string
	if len(args) == 0 {
		files, err = o.all(c)
	} else {
		files, err = o.filesIn(c, args)
	}
	if err != nil {
		return err
	}
	if o.outside.on {
		c.ctx, c.outside = ctx, o.outside.checker()
		defer o.outside.keep(o.dir, c.outside)
	}
	var found []report.Finding
	var names []string
	for _, file := range files {
		src, list, err := o.checkFile(ctx, told, c, file)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(file)
		found, names = append(found, report.Find(name, src, list)...), append(names, name)
	}
	if o.baseline != "" {
		if o.write {
			data, err := report.NewBaseline(found).Bytes()
			if err == nil {
				err = replaceFile(o.dir, o.baseline, data)
			}
			if err != nil {
				return fmt.Errorf("the baseline cannot be written: %w", err)
			}
			return nil
		}
		data, err := os.ReadFile(o.baseline)
		if err != nil {
			return fmt.Errorf("the baseline cannot be read (--write-baseline makes it): %w", err)
		}
		known, err := report.ReadBaseline(data)
		if err != nil {
			return err
		}
		var gone int
		if found, gone = known.New(found, names); gone > 0 {
			fmt.Fprintf(told, "%d of the findings in the baseline are mended; --write-baseline takes them out\n", gone)
		}
	}
	var rules []report.Rule
	for _, r := range lint.Rules() {
		rules = append(rules, report.Rule{Code: r.Code, About: r.About, Level: r.Level})
	}
	if err := report.Write(out, o.format, found, rules); err != nil {
		return err
	}
	worst := map[diag.Severity]int{diag.Error: 3, diag.Warning: 2, diag.Info: 1}
	for _, f := range found {
		if worst[f.Severity] >= worst[diag.Severity(o.failOn)] {
			return errFound
		}
	}
	return nil
}

// all are the posts and data files of a site: each once, though links may lead to it in
// several ways, and by its own path where the site has it there. Where there is neither
// the posts' folder is named, for whoever reads what is missing.
func (o checkOptions) all(c *checker) ([]string, error) {
	posts, err := sitePosts(c.files, c.site.Config())
	if err != nil {
		return nil, err
	}
	var files []string
	seen := map[string]int{} // where in files it is, by its path without links
	for _, name := range posts {
		file := filepath.Join(o.dir, filepath.FromSlash(name))
		real := resolved(file)
		if at, ok := seen[real]; !ok {
			seen[real] = len(files)
			files = append(files, file)
		} else if real == filepath.Join(resolved(o.dir), filepath.FromSlash(name)) {
			files[at] = file // no link leads to it so
		}
	}
	data := filepath.Join(o.dir, filepath.FromSlash(c.site.Config().DataDir))
	if info, err := os.Stat(data); err == nil && info.IsDir() {
		more, err := o.filesIn(c, []string{data})
		return append(files, more...), err
	}
	if len(files) == 0 {
		return o.filesIn(c, []string{filepath.Join(o.dir, filepath.FromSlash(c.site.Config().CollectionsDir), "_posts")})
	}
	return files, nil
}

// mendTries is how often a file is checked anew that somebody writes while it is being
// checked, before --fix leaves it to them.
const mendTries = 3

// checkFile checks one file, and mends it where that is wanted. It gives the text as it
// is then, and what is to be said of it. Links to others may take minutes, in which
// somebody saves the file: only a text that is still there is mended, and one that
// changes each time is left, with a word to told.
func (o checkOptions) checkFile(ctx context.Context, told io.Writer, c *checker, file string) (src []byte, list []diag.Diagnostic, err error) {
	for range mendTries {
		if src, err = readNamed(ctx, file); err != nil {
			return nil, nil, err
		}
		list, err = o.checkText(ctx, c, file, src)
		if err != nil || !o.mends(c, file) {
			return src, list, err
		}
		mended := mend(src, list)
		if bytes.Equal(mended, src) {
			return src, list, nil
		}
		now, err := readNamed(ctx, file)
		if err != nil {
			return nil, nil, err
		}
		if !bytes.Equal(now, src) {
			continue
		}
		if err := replaceFile(o.dir, file, mended); err != nil {
			return nil, nil, fmt.Errorf("the file cannot be written: %w", err)
		}
		// What was mended may have moved the rest, or uncovered more.
		list, err = o.checkText(ctx, c, file, mended)
		return mended, list, err
	}
	fmt.Fprintf(told, "%s was saved each time while it was checked, and is not mended. Check it again when nobody writes in it.\n", file)
	return src, list, nil
}

// checkText checks a file's text.
func (o checkOptions) checkText(ctx context.Context, c *checker, file string, src []byte) ([]diag.Diagnostic, error) {
	list := c.check(inSite(o.dir, file), src)
	if o.since == "" {
		return list, nil
	}
	return sinceRevision(ctx, list, o.since, file, src)
}

// mends tells whether a file is to be mended: no data file, as what a plain word of it
// was to say, a person knows, and no pipe, which says what it says once.
func (o checkOptions) mends(c *checker, file string) bool {
	if !o.fix || c.isData(inSite(o.dir, file)) {
		return false
	}
	info, err := os.Stat(file)
	return err == nil && info.Mode().IsRegular()
}

// readNamed reads a file that the command names.
func readNamed(ctx context.Context, file string) ([]byte, error) {
	src, err := unlessEnded(ctx, func() ([]byte, error) { return os.ReadFile(file) })
	if err != nil {
		return nil, fmt.Errorf("the file cannot be read: %w", err)
	}
	return src, nil
}

// checker is what one check of many posts has in common.
type checker struct {
	site     *site.Site
	files    fs.FS
	pages    *site.PageCheck
	rules    *lint.Checker
	settings lint.Settings
	links    bool
	outside  *outlinks.Checker // nil: nobody is asked
	ctx      context.Context   // of asking
}

func (o checkOptions) checker(ctx context.Context, told io.Writer) (*checker, error) {
	s, files, err := openSite(o.dir, told)
	if err != nil {
		return nil, err
	}
	c := &checker{site: s, files: files, links: o.links}
	if c.pages, err = site.NewPageCheck(ctx, s); err != nil {
		return nil, err
	}
	config := s.Config()
	if o.links {
		config.Galley = withLinkRule(config.Galley)
	}
	rules, problems := lint.OfSite(config, files)
	for _, d := range problems {
		printDiagnostic(told, files, "", nil, d)
	}
	c.rules, c.settings = rules, lint.SettingsOf(config, "", time.Now())
	if rules.Compares() {
		c.settings.Memory, err = indexPosts(files, config)
	}
	return c, err
}

// isData tells whether a file of the site is a data file.
func (c *checker) isData(name string) bool { return datacheck.IsData(c.site.Config().DataDir, name) }

// check gives what is wrong with a post or a data file, by place.
func (c *checker) check(name string, src []byte) []diag.Diagnostic {
	if c.isData(name) {
		return datacheck.Read(name, src, site.DataSettings(c.site.Config())).Problems
	}
	page := c.site.RenderPost(name, src)
	found := append(page.Diagnostics, c.pages.Pictures(src, page)...)
	if c.links {
		found = append(found, c.pages.Links(src, page)...)
	}
	if c.outside != nil {
		found = append(found, c.outside.Check(c.ctx, src, c.site.Config().URL).Diagnostics...)
	}
	settings := c.settings
	settings.Path = name
	found = append(found, c.rules.Check(post.Parse(src), settings)...)
	slices.SortStableFunc(found, func(a, b diag.Diagnostic) int { return cmp.Compare(a.Range.Start, b.Range.Start) })
	return found
}

// withLinkRule is the section galley with the rule on that looks for links in
// earlier posts; it stays as it is where the settings say something of it.
func withLinkRule(galley map[string]any) map[string]any {
	rules, _ := galley["rules"].(map[string]any)
	if _, ok := rules["link-again"]; ok {
		return galley
	}
	all, with := map[string]any{}, map[string]any{"link-again": true}
	for key, value := range galley {
		all[key] = value
	}
	for key, value := range rules {
		with[key] = value
	}
	all["rules"] = with
	return all
}

// oddIn tells whether what a folder has is no file, nor a link to one.
func oddIn(name string, d fs.DirEntry) bool {
	if d.Type() != fs.ModeSymlink {
		return isOdd(d.Type())
	}
	info, err := os.Stat(name)
	return err == nil && isOdd(info.Mode())
}

// filesIn gives the files that arguments name; of folders, which may be links, the posts
// and data files in them.
func (o checkOptions) filesIn(c *checker, args []string) ([]string, error) {
	var files []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil || !info.IsDir() {
			files = append(files, arg) // whoever reads it says what is wrong
			continue
		}
		// filepath.WalkDir does not follow a link that it begins at.
		err = fs.WalkDir(os.DirFS(arg), ".", func(name string, d fs.DirEntry, err error) error {
			file := filepath.Join(arg, filepath.FromSlash(name))
			if err != nil || d.IsDir() || oddIn(file, d) {
				return err
			}
			if _, ok := post.ParseName(name); ok || c.isData(inSite(o.dir, file)) {
				files = append(files, file)
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("the folder cannot be read: %w", err)
		}
	}
	return files, nil
}

// mend applies the fixes of a list, but for those that meet another, and those that
// only somebody who looks at them can choose.
func mend(src []byte, list []diag.Diagnostic) []byte {
	var fixes []*diag.Fix
	for _, d := range list {
		if d.Fix != nil && !d.Fix.Asks && d.File == "" {
			fixes = append(fixes, d.Fix)
		}
	}
	slices.SortStableFunc(fixes, func(a, b *diag.Fix) int { return cmp.Compare(a.Range.Start, b.Range.Start) })
	var out strings.Builder
	at, last := 0, -1
	for _, f := range fixes {
		if f.Range.Start < at || f.Range.Start == last {
			continue
		}
		out.Write(src[at:f.Range.Start])
		out.WriteString(f.Insert)
		at, last = f.Range.End, f.Range.Start
	}
	out.Write(src[at:])
	return []byte(out.String())
}
