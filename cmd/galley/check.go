package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"galley/internal/diag"
	"galley/internal/lint"
	"galley/internal/post"
	"galley/internal/site"
)

func newCheckCommand() *cobra.Command {
	var dir, format string
	cmd := &cobra.Command{
		Use:   "check FILE...",
		Short: "Check posts: front matter, templates, pictures and house rules",
		Long: "Check posts: front matter, templates, pictures and house rules.\n" +
			"Errors make the exit code 1; warnings do not.",
		Args: arguments(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			write, ok := formats[format]
			if !ok {
				return usageError{fmt.Errorf("the format is text, json or github, not %q", format)}
			}
			s, _, err := openSite(dir, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			pictures, err := site.NewPictureCheck(cmd.Context(), s)
			if err != nil {
				return err
			}
			rules, problems := lint.OfSite(s.Config())
			for _, d := range problems {
				fmt.Fprintln(cmd.ErrOrStderr(), diag.Format("", nil, d))
			}
			failed := false
			for _, file := range args {
				src, err := os.ReadFile(file)
				if err != nil {
					return fmt.Errorf("the post cannot be read: %w", err)
				}
				page := s.RenderPost(inSite(dir, file), src)
				found := append(page.Diagnostics, pictures.Check(src, page)...)
				found = append(found, rules.Check(post.Parse(src), lint.SettingsOf(s.Config(), inSite(dir, file), time.Now()))...)
				for _, d := range found {
					failed = failed || d.Severity == diag.Error
					if err := write(cmd.OutOrStdout(), file, src, d); err != nil {
						return err
					}
				}
			}
			if failed {
				return errFound
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "site", ".", "folder of the site: its _config.yml and templates")
	cmd.Flags().StringVar(&format, "format", "text", "text, json (one object a line), or github (annotations of a workflow)")
	return cmd
}

// formats are the ways to write a diagnostic of a post.
var formats = map[string]func(w io.Writer, file string, src []byte, d diag.Diagnostic) error{
	"text": func(w io.Writer, file string, src []byte, d diag.Diagnostic) error {
		_, err := fmt.Fprintln(w, diag.Format(file, src, d))
		return err
	},
	"json":   writeJSON,
	"github": writeAnnotation,
}

func writeJSON(w io.Writer, file string, src []byte, d diag.Diagnostic) error {
	index := diag.NewIndex(src)
	start, end := index.Position(d.Range.Start), index.Position(d.Range.End)
	if d.File != "" {
		file, start, end = d.File, diag.Position{}, diag.Position{}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(struct {
		File      string        `json:"file"`
		Line      int           `json:"line"`
		Column    int           `json:"column"`
		EndLine   int           `json:"endLine"`
		EndColumn int           `json:"endColumn"`
		Severity  diag.Severity `json:"severity"`
		Code      string        `json:"code"`
		Message   string        `json:"message"`
	}{file, start.Line, start.Column, end.Line, end.Column, d.Severity, d.Code, d.Message})
}

// writeAnnotation writes a workflow command, which GitHub shows beside the
// line: https://docs.github.com/actions/reference/workflow-commands.
func writeAnnotation(w io.Writer, file string, src []byte, d diag.Diagnostic) error {
	level := map[diag.Severity]string{diag.Error: "error", diag.Warning: "warning", diag.Info: "notice"}[d.Severity]
	at := diag.NewIndex(src).Position(d.Range.Start)
	if d.File != "" {
		file, at = d.File, diag.Position{Line: 1, Column: 1}
	}
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	_, err := fmt.Fprintf(w, "::%s file=%s,line=%d,col=%d,title=%s::%s\n",
		level, property.Replace(file), at.Line, at.Column, property.Replace(d.Code), data.Replace(d.Message))
	return err
}
