package main

import (
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"galley/internal/post"
	"galley/internal/postindex"
)

func newSearchCommand() *cobra.Command {
	var dir string
	var limit int
	cmd := &cobra.Command{
		Use:   "search WORDS...",
		Short: "Find words in all posts",
		Long: "Find the posts that have all the words, in title or text, and print the lines.\n" +
			"Posts with the words in their titles come first, then the newest. Small and\n" +
			"large letters are the same; \"quoted words\" stand as they are.\n\n" +
			"The exit code is 0 when something was found, and 1 when nothing was.",
		Args: arguments(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			query := strings.Join(quoted(args), " ")
			if len(postindex.Words(query)) == 0 {
				return usageError{fmt.Errorf("there is no word to search for")}
			}
			if limit < 1 {
				return usageError{fmt.Errorf("--limit is the number of posts to show, from 1")}
			}
			s, files, err := openSite(dir, io.Discard)
			if err != nil {
				return notDone{err}
			}
			index, err := indexPosts(files, s.Config())
			if err != nil {
				return notDone{err}
			}
			found := index.Search(query, limit)
			for _, h := range found.Hits {
				name := filepath.ToSlash(filepath.Join(dir, h.Path))
				if len(h.Marks) > 0 || len(h.Lines) == 0 {
					fmt.Fprintf(cmd.OutOrStdout(), "%s:%d: %s\n", name, titleLine(files, h.Path), h.Title)
				}
				for _, l := range h.Lines {
					fmt.Fprintf(cmd.OutOrStdout(), "%s:%d: %s\n", name, l.Number, shownLine(l))
				}
			}
			if more := found.Posts - len(found.Hits); more > 0 {
				fmt.Fprintf(cmd.ErrOrStderr(), "%d more posts have these words; --limit %d shows them\n", more, found.Posts)
			}
			if found.Posts == 0 {
				fmt.Fprintf(cmd.ErrOrStderr(), "none of %d posts has these words\n", found.Searched)
				return errFound
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "site", ".", "folder of the site")
	cmd.Flags().IntVar(&limit, "limit", 50, "how many posts are shown")
	return cmd
}

// quoted puts arguments that were several words back between the signs that the
// shell took.
func quoted(args []string) []string {
	out := make([]string, len(args))
	for i, arg := range args {
		if out[i] = arg; len(args) > 1 && strings.ContainsAny(arg, " \t") && !strings.Contains(arg, `"`) {
			out[i] = `"` + arg + `"`
		}
	}
	return out
}

// titleLine is the line of a post's title, from 1; the first where it has none.
func titleLine(files fs.FS, name string) int {
	src, err := fs.ReadFile(files, name)
	if err != nil {
		return 1
	}
	head := string(src[:post.Parse(src).Body])
	for i, line := range strings.Split(head, "\n") {
		if strings.HasPrefix(line, "title:") {
			return i + 1
		}
	}
	return 1
}

// shownLine is a line as a terminal shows it: on one line, without what stands
// around it.
func shownLine(l postindex.Line) string {
	text := strings.Join(strings.Fields(l.Text), " ")
	if l.Cut[0] {
		text = "…" + text
	}
	if l.Cut[1] {
		text += "…"
	}
	return text
}
