package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"galley/internal/diag"
	"galley/internal/site"
)

func newBuildCommand() *cobra.Command {
	var dir, out string
	var address string
	var quiet, strict, watch bool
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Build the whole site into a folder",
		Long: "Build the whole site into a folder. Files that did not change are left as\n" +
			"they are, and files of an earlier build that the site no longer has are\n" +
			"removed; anything else in the folder is not touched. The folder may be\n" +
			"inside the site, but not the site itself or a folder of its sources.\n\n" +
			"With --watch the site is built again, as far as is needed, whenever a file\n" +
			"changes. With --serve it is also shown at an address, and browsers that\n" +
			"look at it reload.",
		Args: arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			b := builder{dir: dir, out: out, report: cmd.ErrOrStderr(), quiet: quiet}
			if err := b.checkOut(); err != nil {
				return usageError{err}
			}
			var before map[string]stamp
			if watch || address != "" {
				before = snapshot(b.dir, b.excluded())
			}
			report, err := b.build(cmd.Context(), nil)
			if err != nil {
				return err
			}
			if watch || address != "" {
				return b.watch(cmd.Context(), address, before)
			}
			if report.count(diag.Error) > 0 || strict && report.count(diag.Warning) > 0 {
				return errFound
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "site", ".", "folder of the site")
	cmd.Flags().StringVar(&out, "out", "_site", "folder to build into")
	cmd.Flags().BoolVar(&watch, "watch", false, "build again when files change")
	cmd.Flags().StringVar(&address, "serve", "", "watch, and show the site at this address, such as 127.0.0.1:4000")
	cmd.Flags().BoolVarP(&quiet, "quiet", "q", false, "say nothing but what is wrong")
	cmd.Flags().BoolVar(&strict, "strict", false, "exit with 1 when anything was found, not errors alone")
	return cmd
}

// builder builds one site into one folder, once or again and again.
type builder struct {
	dir, out string
	report   io.Writer
	quiet    bool
	// baseURL is the site's folder on its host, known after a build.
	baseURL string
}

// buildReport is a site's report and the time that it took.
type buildReport struct {
	site.Report
	took time.Duration
}

// count counts the problems of one severity.
func (r buildReport) count(severity diag.Severity) int {
	n := 0
	for _, p := range r.Problems {
		if p.Severity == severity {
			n++
		}
	}
	return n
}

// build builds the site, or what depends on the changed files, and tells how
// it went. No changed files at all mean the whole site.
func (b *builder) build(ctx context.Context, changed []string) (buildReport, error) {
	start := time.Now()
	defer relaxCollector()()
	s, _, err := openSite(b.dir, io.Discard, b.excluded()...) // the report tells what is wrong
	if err != nil {
		return buildReport{}, err
	}
	out, err := newFolder(b.out)
	if err != nil {
		return buildReport{}, err
	}
	defer out.close()
	progress := newProgress(b.report, b.quiet)
	var r site.Report
	if changed == nil {
		r, err = site.Build(ctx, s, out, progress.step)
	} else {
		r, err = site.Rebuild(ctx, s, out, changed, progress.step)
	}
	progress.end()
	if err != nil {
		return buildReport{}, fmt.Errorf("the site was not built: %w", err)
	}
	if err := out.finish(r.Written, r.Kept); err != nil {
		return buildReport{}, fmt.Errorf("the site was not built: %w", err)
	}
	for _, p := range r.Problems {
		fmt.Fprintln(b.report, p)
	}
	report := buildReport{r, time.Since(start)}
	b.baseURL = s.Config().BaseURL
	if !b.quiet && changed == nil {
		for _, h := range r.Hidden {
			fmt.Fprintf(b.report, "%s: not published, because %s\n", h.File, h.Reason)
		}
	}
	if !b.quiet {
		fmt.Fprintf(b.report, "Built %s, %s and %s into %s in %s.\n", count(r.Posts, "post"), count(r.Pages, "page"),
			count(r.Files, "other file"), b.out, report.took.Round(time.Millisecond))
	}
	return report, nil
}

// A build is over before its garbage matters: at Go's usual setting a fifth of
// its time went into collecting a few megabytes, again and again.
const (
	buildGarbage = 400     // percent of what is in use, before it is collected
	buildMemory  = 1 << 30 // bytes from which on it is collected earlier
)

// relaxCollector lets garbage lie until a build is over; the function that it
// returns ends that.
func relaxCollector() (restore func()) {
	percent := debug.SetGCPercent(buildGarbage)
	if percent < 0 || percent > buildGarbage { // whoever runs it wants it so
		debug.SetGCPercent(percent)
	}
	limit := debug.SetMemoryLimit(-1) // asks
	debug.SetMemoryLimit(min(limit, buildMemory))
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}

// sourceFolders hold what a site is made of, wherever they stand in it.
var sourceFolders = []string{"_posts", "_drafts", "_layouts", "_includes", "_data", "_sass", "templates", ".git"}

// checkOut refuses to build into a folder where the site's own files are:
// what is built would go over them, and a later build would remove them.
func (b *builder) checkOut() error {
	dir, out := resolved(b.dir), resolved(b.out)
	if _, inside := within(out, dir); inside {
		return fmt.Errorf("the site %s lies in the folder to build into, %s, and its files could be overwritten; name another folder with --out", b.dir, b.out)
	}
	rel, inside := within(dir, out)
	if !inside {
		if err := leadsOut(b.dir, b.out); err != nil {
			return fmt.Errorf("the folder to build into, %s, is a link that leads out of the site, and may have come with it; name the folder behind it with --out", b.out)
		}
		return nil
	}
	for _, name := range strings.Split(rel, "/") {
		if slices.Contains(sourceFolders, name) {
			return fmt.Errorf("the folder to build into, %s, holds files that the site is made of; name another folder with --out", b.out)
		}
	}
	return nil
}

// excluded names the folder that is built into, where it is inside the site.
func (b *builder) excluded() []string {
	if rel, inside := within(resolved(b.dir), resolved(b.out)); inside && rel != "." {
		return []string{rel}
	}
	return nil
}

// within gives the path of a file relative to a folder, with slashes, and
// says whether the file is the folder or inside it. Both are absolute.
func within(dir, file string) (string, bool) {
	rel, err := filepath.Rel(dir, file)
	if err != nil {
		return "", false
	}
	rel = filepath.ToSlash(rel)
	return rel, rel != ".." && !strings.HasPrefix(rel, "../")
}

// resolved is a path from the root on and without links, as far as the path
// exists yet.
func resolved(name string) string {
	abs, err := filepath.Abs(name)
	if err != nil {
		return filepath.Clean(name)
	}
	rest := ""
	for dir := abs; ; dir = filepath.Dir(dir) {
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			return filepath.Join(real, rest)
		}
		if dir == filepath.Dir(dir) {
			return abs
		}
		rest = filepath.Join(filepath.Base(dir), rest)
	}
}

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// progress shows how far a long build is, on a terminal only.
type progress struct {
	w     io.Writer
	start time.Time
	last  time.Time
	shown bool
}

func newProgress(w io.Writer, quiet bool) *progress {
	f, ok := w.(*os.File)
	if !ok || quiet {
		return &progress{}
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return &progress{}
	}
	return &progress{w: w, start: time.Now()}
}

// step is called after each file.
func (p *progress) step(done, total int, what string) {
	if p.w == nil || time.Since(p.start) < 300*time.Millisecond || time.Since(p.last) < 100*time.Millisecond && done < total {
		return
	}
	p.last, p.shown = time.Now(), true
	fmt.Fprintf(p.w, "\r\x1b[K%d of %d  %s", done, total, what)
}

// end clears the line.
func (p *progress) end() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
