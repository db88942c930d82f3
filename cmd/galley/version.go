package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"galley/internal/sass/libsass"
)

// version is the newest that CHANGELOG.md has.
const version = "0.1.0"

func newVersionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version, and what this binary was built for",
		Args:  arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			sass := "with a Sass compiler"
			if !libsass.Included {
				sass = "without a Sass compiler"
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "galley %s (%s/%s, %s, %s)\n", version, runtime.GOOS, runtime.GOARCH, runtime.Version(), sass)
			return err
		},
	}
}
