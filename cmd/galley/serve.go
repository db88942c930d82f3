package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/signal"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"galley/internal/forge"
	"galley/internal/lexers"
	"galley/internal/server"
	"galley/templates"
	"galley/web"
)

// serveOptions are what `galley serve` is told.
type serveOptions struct {
	addr  string
	hosts []string
	level string
	json  bool
	repository
}

func newServeCommand() *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the editor",
		Long: "Serve the editor for a site's posts, with preview and pull requests.\n\n" +
			"With --site it works on a Git repository on this machine, with --repo on one\n" +
			"on GitHub, as the person whose token is in GITHUB_TOKEN. With neither it makes\n" +
			"an example site in the --data folder, to try everything on.",
		Args: arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.token = strings.TrimSpace(os.Getenv("GITHUB_TOKEN"))
			return serve(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr(), o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.addr, "addr", "127.0.0.1:8080", "address to listen on")
	f.StringSliceVar(&o.hosts, "host", nil, "name under which browsers reach the server, when it is not this machine's; may be repeated")
	f.StringVar(&o.site, "site", "", "folder of a Git repository with a site")
	f.StringVar(&o.repo, "repo", "", "repository on GitHub, as OWNER/NAME")
	f.StringVar(&o.api, "github-api", "", "address of GitHub's API, for GitHub Enterprise (default https://api.github.com/)")
	f.StringVar(&o.data, "data", "galley-data", "folder for the example site")
	f.StringVar(&o.level, "log", "info", "least level of what is logged: debug, info, warn or error")
	f.BoolVar(&o.json, "log-json", false, "log as JSON")
	return cmd
}

// serve runs the server until the context ends.
func serve(ctx context.Context, stdout, stderr io.Writer, o serveOptions) error {
	log, err := newLogger(stderr, o.level, o.json)
	if err != nil {
		return err
	}
	local, err := checkAddress(o.addr)
	if err != nil {
		return err
	}
	if o.repo != "" && !local {
		return usageError{errors.New("GITHUB_TOKEN is one person's, and whoever reaches Galley would write as that person, so with --repo it only listens on this machine: use an --addr such as 127.0.0.1:8080")}
	}
	f, err := o.repository.open(ctx, log)
	if err != nil {
		return err
	}
	handler, err := server.New(server.Config{
		Forge:    func(*http.Request) (forge.Forge, error) { return f, nil },
		Assets:   web.Dist(),
		BuiltIn:  templates.FS(),
		Lexers:   lexers.Source(),
		LexerXML: definition,
		Clock:    time.Now,
		Logger:   log,
		Version:  version(),
		Hosts:    o.hosts,
	})
	if err != nil {
		return err
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", o.addr)
	if err != nil {
		return listenError(o.addr, err)
	}
	fmt.Fprintf(stdout, "Galley is at %s (Ctrl+C stops it)\n", address(l.Addr()))
	if !local {
		fmt.Fprintf(stderr, "Everybody who can reach this address can read the site and open pull requests as you.\n")
	}
	// The second Ctrl+C does not wait.
	context.AfterFunc(ctx, func() { signal.Reset(os.Interrupt, syscall.SIGTERM) })
	if err := server.Serve(ctx, l, handler, server.Timeouts{}, log); err != nil {
		return fmt.Errorf("the server ended: %w", err)
	}
	return nil
}

// definition is a language's lexer as data; nil when there is none.
func definition(language string) ([]byte, error) {
	xml, err := lexers.Definition(language)
	if errors.Is(err, lexers.ErrUnknown) {
		return nil, nil
	}
	return xml, err
}

// newLogger makes the log that goes to standard error.
func newLogger(w io.Writer, level string, asJSON bool) (*slog.Logger, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		return nil, usageError{fmt.Errorf("there is no log level %q; use debug, info, warn or error", level)}
	}
	options := &slog.HandlerOptions{Level: l}
	if asJSON {
		return slog.New(slog.NewJSONHandler(w, options)), nil
	}
	return slog.New(slog.NewTextHandler(w, options)), nil
}

// checkAddress tells whether an address to listen on is this machine's alone.
func checkAddress(addr string) (local bool, err error) {
	host, port, err := net.SplitHostPort(addr)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return false, usageError{fmt.Errorf("%q is not an address to listen on; write it as 127.0.0.1:8080", addr)}
	}
	if host == "localhost" {
		return true, nil
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback(), nil
}

// address is where to open what listens on an address.
func address(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if err != nil {
		return "http://" + a.String()
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.IsUnspecified() {
		host = "127.0.0.1" // where all addresses listen, this one does
	}
	return "http://" + net.JoinHostPort(host, port)
}

// listenError says what to do about an address that cannot be listened on.
func listenError(addr string, err error) error {
	host, port, _ := net.SplitHostPort(addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		next := "8081"
		if n, err := strconv.Atoi(port); err == nil && n < 65535 {
			next = strconv.Itoa(n + 1)
		}
		return fmt.Errorf("port %s is in use by another program, or by another Galley; stop it, or take another port with --addr %s", port, net.JoinHostPort(host, next))
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("this system does not let you listen on port %s; take one above 1023 with --addr", port)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fmt.Errorf("%s is not an address of this machine; use an --addr such as 127.0.0.1:8080", host)
	}
	return fmt.Errorf("listening on %s: %w", addr, err)
}

// version is Galley's version, as the Go toolchain recorded it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "development"
	}
	return info.Main.Version
}
