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
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"galley/internal/forge"
	"galley/internal/lexers"
	"galley/internal/sass/libsass"
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
	mail  mailing
	repository
	hosting
	fetching
}

func newServeCommand() *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the editor",
		Long:  serveHelp,
		Args:  arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			wrong := fromEnvironment(cmd.Flags())
			o.secret, o.keys = readSecret("GALLEY_CLIENT_SECRET"), readSecret("GALLEY_KEYS")
			token := readSecret("GITHUB_TOKEN")
			o.token = token.text
			o.mail.key = readSecret("GALLEY_BUTTONDOWN_KEY")
			for _, s := range []secret{token, o.secret, o.keys, o.mail.key} {
				if s.err != nil {
					wrong.add("%v", s.err)
				}
			}
			return serve(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr(), o, wrong)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.addr, "addr", "127.0.0.1:8080", "address to listen on")
	f.StringSliceVar(&o.hosts, "host", nil, "name under which browsers reach the server, when it is not this machine's; may be repeated")
	f.StringVar(&o.site, "site", "", "Git repository with a site, or the site's folder in one")
	f.StringVar(&o.repo, "repo", "", "repository on GitHub, as OWNER/NAME")
	f.StringVar(&o.folder, "folder", "", "folder of the repository that the site is in (default the repository itself, or the one folder with a _config.yml)")
	f.StringVar(&o.api, "github-api", "", "address of GitHub's API, for GitHub Enterprise (default https://api.github.com/)")
	f.StringVar(&o.data, "data", "galley-data", "folder for the example site")
	f.StringVar(&o.url, "url", "", "address at which browsers have Galley, such as https://galley.example.org")
	f.StringVar(&o.clientID, "client-id", "", "client id of the GitHub App or OAuth App that people sign in with")
	f.StringVar(&o.app, "app", "", "what the client id belongs to: github-app or oauth-app (default by its form)")
	f.BoolVar(&o.private, "private", false, "the repository is private, so that an OAuth App has to ask for private ones")
	f.StringSliceVar(&o.proxies, "trusted-proxy", nil, "address or network of a proxy whose X-Forwarded-For and -Proto are believed; may be repeated")
	f.StringVar(&o.mail.api, "mail-api", "", "address of the mailing service's API (default Buttondown's own)")
	o.fetching.flags(f)
	f.StringVar(&o.level, "log", "info", "least level of what is logged: debug, info, warn or error")
	f.BoolVar(&o.json, "log-json", false, "log as JSON")
	return cmd
}

// serve runs the server until the context ends. What is wrong with the settings
// is told together with what is known to be wrong already.
func serve(ctx context.Context, stdout, stderr io.Writer, o serveOptions, wrong faults) error {
	log, err := newLogger(stderr, o.level, o.json)
	if err != nil {
		wrong.add("%v", err)
	}
	local, err := checkAddress(o.addr)
	if err != nil {
		wrong.add("%v", err)
	}
	asks := o.fetching.client(&wrong)
	config, err := o.configure(ctx, log, local, wrong, stderr)
	if err != nil {
		return err
	}
	config.Assets, config.BuiltIn = web.Dist(), templates.FS()
	config.Lexers, config.LexerXML = lexers.Source(), definition
	if config.Sass, err = newSass(libsass.NewProcess); err != nil {
		return err
	}
	config.Clock, config.Logger, config.Version = time.Now, log, version
	config.Mail = o.mail.service()
	config.Fetch = asks
	handler, err := server.New(config)
	if err != nil {
		return err
	}
	var listen net.ListenConfig
	l, err := listen.Listen(ctx, "tcp", o.addr)
	if err != nil {
		return listenError(o.addr, err)
	}
	fmt.Fprintf(stdout, "Galley is at %s (Ctrl+C stops it)\n", address(l.Addr()))
	if !local && config.SignIn == nil {
		fmt.Fprintf(stderr, "Everybody who can reach this address can read the site and open pull requests as you.\n")
	}
	if err := server.Serve(ctx, l, handler, server.Timeouts{}, log); err != nil {
		return fmt.Errorf("the server ended: %w", err)
	}
	return nil
}

// serveHelp is the manual of `galley serve`.
const serveHelp = `Serve the editor for a site's posts, with preview and pull requests.

With --site it works on a Git repository on this machine, with --repo on one on
GitHub. With neither it makes an example site in the --data folder, to try
everything on. The site may be in a folder of the repository (--folder docs).

On GitHub it works as one person, whose token is in GITHUB_TOKEN, and then only
listens on this machine; or everybody signs in at GitHub and works as
themselves. For that it needs a GitHub App or an OAuth App (docs/hosting.md says
how to make one), and
  --url                  where browsers have it; it must be https
  --client-id            of the App
  GALLEY_CLIENT_SECRET   the App's client secret
  GALLEY_KEYS            random keys that seal the cookies, the first one seals
                         and all open; make one with: openssl rand -base64 32

With GALLEY_BUTTONDOWN_KEY, a key of Buttondown's API, whoever may push to the
repository makes drafts of its mails there.

Every flag can be given as an environment variable instead: --client-id is
GALLEY_CLIENT_ID. Secrets are taken from the environment alone, or from a file:
GALLEY_KEYS_FILE names one that holds the keys, and so on.

What is wrong with the configuration is said at the start.`

// fromEnvironment sets the flags that were not given from the environment, and
// gives what they do not take.
func fromEnvironment(flags *pflag.FlagSet) (wrong faults) {
	flags.VisitAll(func(f *pflag.Flag) {
		name := "GALLEY_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		if value, ok := os.LookupEnv(name); ok && !f.Changed && f.Name != "help" {
			if err := flags.Set(f.Name, value); err != nil {
				wrong.add("%s is %q, which --%s does not take", name, value, f.Name)
			}
		}
	})
	return wrong
}

// configure makes the part of the server's configuration that says where posts
// are and who may write them.
func (o serveOptions) configure(ctx context.Context, log *slog.Logger, local bool, wrong faults, notes io.Writer) (server.Config, error) {
	proxies := o.trusted(&wrong)
	if o.wanted() {
		in := o.hosting.config(o, log, &wrong)
		if err := wrong.err(); err != nil {
			return server.Config{}, err
		}
		config, err := o.hosting.open(ctx, o, in, log, notes)
		config.Proxies = proxies
		return config, err
	}
	if o.repo != "" && !local {
		wrong.add("GITHUB_TOKEN is one person's, and whoever reaches Galley would write as that person, so with --repo it only listens on this machine: use an --addr such as 127.0.0.1:8080, or let people sign in (see --client-id)")
	}
	if err := wrong.err(); err != nil {
		return server.Config{}, err
	}
	f, folder, err := o.repository.open(ctx, log, notes)
	if err != nil {
		return server.Config{}, err
	}
	return server.Config{
		Forge: func(*http.Request) (forge.Forge, error) { return f, nil }, Folder: folder, Hosts: o.hosts, Proxies: proxies,
	}, nil
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
