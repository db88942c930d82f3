package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
)

func newRenderCommand() *cobra.Command {
	var dir string
	var body bool
	cmd := &cobra.Command{
		Use:   "render FILE",
		Short: "Render one post to standard output",
		Long: "Render one post to standard output, as the page that the site will have.\n" +
			"FILE may be -, which reads the post from standard input.\n" +
			"Problems go to standard error; they do not stop the rendering.",
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			file := args[0]
			var src []byte
			var err error
			if file == "-" {
				file = "post.md"
				src, err = unlessEnded(cmd.Context(), func() ([]byte, error) { return io.ReadAll(cmd.InOrStdin()) })
			} else {
				src, err = unlessEnded(cmd.Context(), func() ([]byte, error) { return os.ReadFile(file) })
			}
			if err != nil {
				return fmt.Errorf("the post cannot be read: %w", err)
			}
			s, files, err := openSite(dir, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			page := s.RenderPost(inSite(dir, file), src)
			for _, d := range page.Diagnostics {
				printDiagnostic(cmd.ErrOrStderr(), files, args[0], src, d)
			}
			out := page.HTML
			if body {
				out = page.Document.HTML()
			}
			_, err = cmd.OutOrStdout().Write(out)
			return err
		},
	}
	cmd.Flags().StringVar(&dir, "site", ".", "folder of the site: its _config.yml and templates")
	cmd.Flags().BoolVar(&body, "body", false, "only the content, without the page around it")
	return cmd
}
