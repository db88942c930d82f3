// Command galley writes, checks and publishes posts that are Markdown files
// in Git.
//
//	galley serve    the editor and its server
//	galley build    a whole site to a folder
//	galley render   one post to standard output
//	galley check    posts against the house rules
//	galley new      a new post from the site's template
//	galley search   words in all posts
//	galley version  which version this is
//
// Exit codes: 0 when all went well, 1 when something failed or a check found
// something, 2 when the command was not understood or a check could not be done.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // time zones, on machines that have none

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// The second one does not wait for what does not look at the context.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, newRootCommand()))
}

// newRootCommand makes the command line.
func newRootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:           "galley",
		Short:         "Write, check and publish posts that are Markdown files in Git",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(newServeCommand(), newRenderCommand(), newBuildCommand(), newCheckCommand(), newNewCommand(), newSearchCommand(), newFetchCommand(), newVersionCommand(), newSassCommand())
	return root
}

// run executes the command line and gives the exit code.
func run(ctx context.Context, root *cobra.Command) int {
	cmd, err := root.ExecuteContextC(ctx)
	var usage usageError
	var not notDone
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errFound):
		return 1
	case errors.As(err, &not):
		fmt.Fprintf(root.ErrOrStderr(), "galley: %v\n", err)
		return 2
	case errors.As(err, &usage) || cmd == root:
		fmt.Fprintf(root.ErrOrStderr(), "galley: %v\nRun '%s --help' to see how it is used.\n", err, cmd.CommandPath())
		return 2
	default:
		fmt.Fprintf(root.ErrOrStderr(), "galley: %v\n", err)
		return 1
	}
}

// errFound ends a command that has said everything already and found something.
var errFound = errors.New("something was found")

// usageError is a mistake on the command line.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// notDone is what kept a check from being done, which is told apart from what a
// check finds.
type notDone struct{ error }

func (e notDone) Unwrap() error { return e.error }

// arguments makes a wrong number of arguments a usage error.
func arguments(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}
