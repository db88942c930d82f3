package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"galley/internal/forge"
	"galley/internal/site"
)

func newNewCommand() *cobra.Command {
	var dir, title, date, slug string
	var edition, dry bool
	cmd := &cobra.Command{
		Use:   "new",
		Short: "Make a new post from the site's template",
		Long: "Make a new post from the site's template file, with title, date and slug\n" +
			"filled in, and print its path. A file that is there already is left alone.\n\n" +
			"With --edition it is that of the next day on which there is an edition, by\n" +
			"the settings, and its branch is made and checked out.",
		Args: arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, files, err := openSite(dir, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			n := site.NewPost{Title: title, Slug: slug}
			if date != "" {
				if n.Date, err = parseDay(date, s.Config().Location); err != nil {
					return err
				}
			}
			var e newEdition
			if edition {
				e, err = planEdition(dir, s, files, n)
			} else {
				e.path, e.text, err = s.NewPost(n)
			}
			if err != nil {
				return err
			}
			name, src := e.path, e.text
			file := filepath.Join(dir, filepath.FromSlash(name))
			if edition || dry {
				e.show(cmd.ErrOrStderr(), dir)
			}
			if _, err := os.Lstat(file); err == nil {
				return fmt.Errorf("%s is there already; choose another date or slug", file)
			}
			if twin := spelledOtherwise(file); twin != "" {
				return fmt.Errorf("%s is there already, by the same name in other letters; choose another date or slug", twin)
			}
			if dry {
				return nil
			}
			if err := createWithin(dir, name, src); errors.Is(err, fs.ErrExist) {
				return fmt.Errorf("%s is there already; choose another date or slug", file)
			} else if err != nil {
				return fmt.Errorf("the post cannot be written: %w", err)
			}
			// Behind the file, which may be refused: an edition is begun by its branch.
			if err := e.checkOut(); err != nil {
				return errors.Join(err, os.Remove(file))
			}
			fmt.Fprintln(cmd.OutOrStdout(), file)
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "site", ".", "folder of the site")
	cmd.Flags().StringVar(&title, "title", "", "title (default: the settings' pattern)")
	cmd.Flags().StringVar(&date, "date", "", "date, as 2006-01-02 or with a time (default: now)")
	cmd.Flags().BoolVar(&edition, "edition", false, "make the next edition, on a branch of its own")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "tell what would be made, and make nothing")
	cmd.Flags().StringVar(&slug, "slug", "", "slug (default: the settings' pattern, else the title)")
	return cmd
}

// parseDay reads a date given on the command line.
func parseDay(text string, zone *time.Location) (time.Time, error) {
	for _, layout := range []string{"2006-01-02", "2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02 15:04:05 -0700", time.RFC3339} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, usageError{fmt.Errorf("%q is not a date; write it as 2006-01-02", text)}
}

// spelledOtherwise gives the file in the same folder that other systems would take
// for this one: its name differs in case or in Unicode's form alone.
func spelledOtherwise(file string) string {
	dir, name := filepath.Split(file)
	entries, err := os.ReadDir(filepath.Clean(dir))
	if err != nil {
		return ""
	}
	for _, e := range entries {
		if e.Name() != name && forge.Fold(e.Name()) == forge.Fold(name) {
			return filepath.Join(dir, e.Name())
		}
	}
	return ""
}
