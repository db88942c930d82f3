package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"galley/internal/forge"
	"galley/internal/planet"
	"galley/internal/postindex"
	"galley/internal/tray"
)

func newFetchCommand() *cobra.Command {
	var dir string
	var asks fetching
	cmd := &cobra.Command{
		Use:   "fetch",
		Short: "Fetch the feeds that the settings name into the site's data",
		Long: "Fetch the feeds that the settings name under galley.fetch into files of the\n" +
			"site's data folder, from which pages are built. A file is written when it\n" +
			"changes. A feed that cannot be had is told; what others have is written.",
		Args: arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			var wrong faults
			client := asks.client(&wrong)
			if err := wrong.err(); err != nil {
				return err
			}
			get := func(ctx context.Context, address string) ([]byte, string, error) {
				a, err := client.Get(ctx, address, time.Minute)
				switch {
				case err != nil:
					return nil, "", err
				case !a.OK():
					return nil, "", fmt.Errorf("%s answers with %d", address, a.Status)
				}
				return a.Body, a.At, nil
			}
			return fetchFeeds(cmd.Context(), dir, get, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&dir, "site", ".", "folder of the site")
	asks.flags(cmd.Flags())
	return cmd
}

// fetchFeeds writes the data of each planet that the settings have.
func fetchFeeds(ctx context.Context, dir string, get func(context.Context, string) ([]byte, string, error), out, told io.Writer) error {
	s, files, err := openSite(dir, told)
	if err != nil {
		return err
	}
	config := s.Config()
	planets, wrong := planet.Read(config.Galley)
	for _, sentence := range wrong {
		fmt.Fprintln(told, sentence)
	}
	if len(planets) == 0 {
		return fmt.Errorf("the settings name no feeds under galley.fetch")
	}
	// No link leads out of the folder.
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("the site cannot be opened: %w", err)
	}
	defer func() { _ = root.Close() }()
	failed := len(wrong) > 0
	reader := tray.Reader{Get: get, Files: files, Normalize: postindex.Normalize, Now: time.Now()}
	for _, p := range planets {
		items, trouble := reader.Items(ctx, p.Tray)
		for _, sentence := range trouble {
			failed = true
			fmt.Fprintln(told, sentence)
		}
		if len(items) == 0 && len(trouble) > 0 {
			continue // what is there is better than nothing
		}
		data, err := p.Data(items, config.Location, func(code, language string) string { return s.Markdown().Highlight(code, language, false) })
		if err != nil {
			return err
		}
		name := p.File(config.DataDir)
		if err := forge.CheckKept(name); err != nil {
			return err
		}
		old, err := root.ReadFile(name)
		if err == nil && bytes.Equal(old, data) {
			continue
		}
		if err == nil || errors.Is(err, fs.ErrNotExist) {
			err = writeWithin(root, name, data)
		}
		if err != nil {
			return fmt.Errorf("%s cannot be written: %w", name, err)
		}
		fmt.Fprintf(out, "%s: %d articles\n", name, len(items))
	}
	if failed {
		return fmt.Errorf("not everything could be fetched")
	}
	return nil
}
