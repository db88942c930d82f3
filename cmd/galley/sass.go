package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"galley/internal/sass"
	"galley/internal/sass/libsass"
)

// sassCommand is the verb with which this program calls itself to compile a
// style sheet.
const sassCommand = "compile-sass"

// newSassCommand makes the verb of the child processes that compile style
// sheets. People have no use for it.
func newSassCommand() *cobra.Command {
	return &cobra.Command{
		Use: sassCommand, Hidden: true, Args: arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return libsass.Child(cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
}

// newSass makes the compiler of style sheets, out of this program.
func newSass(compiler func(command ...string) *libsass.Process) (sass.Compiler, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding this program, to compile style sheets with: %w", err)
	}
	return compiler(program, sassCommand), nil
}
