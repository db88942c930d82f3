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
	"net/url"
	"os"
	"strings"
	"time"

	"galley/internal/forge"
	"galley/internal/forge/github"
	"galley/internal/server"
	"galley/internal/signin"
)

// hosting is what a Galley needs that people sign in to. Secrets come from the
// environment or from files alone: flags are seen by everybody on a machine.
type hosting struct {
	url      string // where browsers have it
	app      string // "github-app" or "oauth-app"; empty: told by the client id
	clientID string
	private  bool
	proxies  []string
	secret   secret // GALLEY_CLIENT_SECRET
	keys     secret // GALLEY_KEYS
}

// secret is what is only taken from the environment, or why it could not be.
type secret struct {
	text string
	err  error
}

func (s secret) given() bool { return s.text != "" || s.err != nil }

// readSecret reads a secret from an environment variable, or from the file that
// the variable of that name with _FILE behind it names.
func readSecret(name string) secret {
	value, file := strings.TrimSpace(os.Getenv(name)), os.Getenv(name+"_FILE")
	if file == "" {
		return secret{text: value}
	}
	if value != "" {
		return secret{err: fmt.Errorf("%s and %s_FILE are both set; set one", name, name)}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return secret{err: fmt.Errorf("%s_FILE cannot be read: %w", name, err)}
	}
	return secret{text: strings.TrimSpace(string(data))}
}

// wanted tells whether anything about signing in is configured. An address is:
// whoever names one has others in mind, and would serve the example to them.
func (h hosting) wanted() bool {
	return h.url != "" || h.clientID != "" || h.secret.given() || h.keys.given() || h.app != "" || h.private
}

// faults are everything that is wrong with a configuration, a sentence each.
type faults []string

func (f *faults) add(format string, args ...any) { *f = append(*f, fmt.Sprintf(format, args...)) }

// err gives them as one mistake of whoever started the program; nil for none.
func (f faults) err() error {
	switch len(f) {
	case 0:
		return nil
	case 1:
		return usageError{errors.New(f[0])}
	}
	return usageError{errors.New("the configuration has faults:\n  - " + strings.Join(f, "\n  - "))}
}

// config makes the sign-in of the settings, and adds all that is wrong with
// them.
func (h hosting) config(o serveOptions, log *slog.Logger, wrong *faults) signin.Config {
	if o.repo == "" {
		wrong.add("signing in is for a repository on GitHub; name it with --repo OWNER/NAME (GALLEY_REPO)")
	} else if _, _, ok := cutRepository(o.repo); !ok {
		wrong.add("%v", notRepository(o.repo))
	}
	if o.token != "" {
		wrong.add("GITHUB_TOKEN is set beside settings for signing in: either everybody writes as one person, or everybody signs in; unset one")
	}
	if h.clientID == "" {
		wrong.add("--client-id (GALLEY_CLIENT_ID) is missing; it stands on the page of your GitHub App or OAuth App")
	}
	if !h.secret.given() {
		wrong.add("GALLEY_CLIENT_SECRET (or GALLEY_CLIENT_SECRET_FILE) is missing; make a client secret on the page of your GitHub App or OAuth App")
	}
	c := signin.Config{ClientID: h.clientID, ClientSecret: h.secret.text, Repository: o.repo, Private: h.private, Logger: log}
	switch c.Kind = signin.Kind(h.app); {
	case h.app == "" && strings.HasPrefix(h.clientID, "Iv"):
		c.Kind = signin.GitHubApp
	case h.app == "":
		c.Kind = signin.OAuthApp
	case c.Kind != signin.GitHubApp && c.Kind != signin.OAuthApp:
		wrong.add("--app is %q and has to be github-app or oauth-app", h.app)
	}
	if h.private && c.Kind == signin.GitHubApp {
		wrong.add("--private is for OAuth Apps; a GitHub App may touch what it is installed on")
	}
	var err error
	if h.keys.err == nil {
		if c.Keys, err = signin.ParseKeys(h.keys.text); err != nil {
			wrong.add("GALLEY_KEYS (or GALLEY_KEYS_FILE): %v", err)
		}
	}
	if c.URL, err = h.address(o); err != nil {
		wrong.add("%v", err)
	}
	if c.API, c.Web, err = githubAddresses(o.api); err != nil {
		wrong.add("%v", err)
	}
	return c
}

// address is where browsers have Galley.
func (h hosting) address(o serveOptions) (*url.URL, error) {
	text := h.url
	if text == "" {
		host, port, _ := net.SplitHostPort(o.addr)
		if local, err := checkAddress(o.addr); err != nil || !local || port == "0" {
			return nil, errors.New("--url (GALLEY_URL) is missing: the address at which browsers have Galley, such as https://galley.example.org")
		}
		text = "http://" + net.JoinHostPort(host, port)
	}
	u, err := url.Parse(strings.TrimSuffix(text, "/"))
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return nil, fmt.Errorf("--url is %q and has to be an address such as https://galley.example.org", text)
	case u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return nil, fmt.Errorf("--url is %q and has to be a host alone, such as https://galley.example.org: Galley cannot live in a folder of a site", text)
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return nil, fmt.Errorf("--url is %q and has to begin with https://, as what people sign in with is sent there", text)
	}
	return u, nil
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// githubAddresses are GitHub's API and its pages: GitHub's own, those of an
// Enterprise server (API below /api/v3/), of an Enterprise cloud (api.NAME), or
// of one host for both.
func githubAddresses(api string) (apiURL, web *url.URL, err error) {
	if api == "" {
		api = "https://api.github.com/"
	}
	a, err := url.Parse(strings.TrimSuffix(api, "/") + "/")
	if err != nil || a.Host == "" || a.Scheme != "https" && !(a.Scheme == "http" && loopback(a.Hostname())) {
		return nil, nil, fmt.Errorf("--github-api is %q and has to be an address that begins with https://", api)
	}
	w := *a
	w.Path = strings.TrimSuffix(a.Path, "api/v3/")
	w.Host = strings.TrimPrefix(a.Host, "api.")
	return a, &w, nil
}

// trusted reads the networks of the proxies that are believed, and adds what
// is wrong with them.
func (h hosting) trusted(wrong *faults) []netip.Prefix {
	var list []netip.Prefix
	for _, text := range h.proxies {
		if ip, err := netip.ParseAddr(text); err == nil {
			list = append(list, netip.PrefixFrom(ip.Unmap(), ip.Unmap().BitLen()))
			continue
		}
		network, err := netip.ParsePrefix(text)
		if err != nil {
			wrong.add("--trusted-proxy is %q and has to be an address or a network, such as 127.0.0.1 or 10.0.0.0/8", text)
			continue
		}
		list = append(list, network.Masked())
	}
	return list
}

// open makes what the server needs to let people sign in to a repository on
// GitHub, and asks GitHub whether it can be had. The settings are without
// faults.
func (h hosting) open(ctx context.Context, o serveOptions, in signin.Config, log *slog.Logger, notes io.Writer) (server.Config, error) {
	owner, name, _ := cutRepository(o.repo)
	signIn, err := signin.New(in)
	if err != nil {
		return server.Config{}, err
	}
	config := github.Config{
		Owner: owner, Repo: name, BaseURL: in.API.String(), Logger: log, Cache: github.NewCache(0),
		// One client for all, so that they share their connections.
		HTTPClient: &http.Client{Timeout: time.Minute, Transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 64, IdleConnTimeout: 90 * time.Second,
			TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: 20 * time.Second,
			DialContext: (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		}},
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := signIn.Check(ctx); err != nil {
		if !errors.Is(err, forge.ErrUnavailable) {
			return server.Config{}, said(err, "signing in at GitHub will not work")
		}
		log.Warn("GitHub does not answer at the moment; going on without having asked it", "error", err.Error())
	}
	public, err := openPublic(ctx, config, in, log)
	if err != nil {
		return server.Config{}, err
	}
	folder, err := cleanFolder(o.folder)
	if err == nil && public != nil { // of a private one nothing is known before somebody signs in
		folder, err = siteFolder(ctx, public, folder, notes)
	}
	if err != nil {
		return server.Config{}, err
	}
	return server.Config{
		Forge: newPeople(signIn, config, time.Now).forge, SignIn: signIn, Public: public, Folder: folder,
		Hosts: append([]string{in.URL.Hostname()}, o.hosts...),
	}, nil
}

// openPublic gives the repository as everybody may see it, nil where nobody
// may without signing in.
func openPublic(ctx context.Context, config github.Config, in signin.Config, log *slog.Logger) (forge.Forge, error) {
	config.Anonymous = true
	config.ClientID, config.ClientSecret = in.ClientID, in.ClientSecret
	for {
		f, err := github.New(config)
		if err != nil {
			return nil, said(err, in.Repository+" cannot be opened")
		}
		_, err = f.Info(ctx)
		switch {
		case err == nil && in.Private:
			log.Warn("the repository is public, so that --private makes people agree to more than is needed", "repository", in.Repository)
			return f, nil
		case err == nil || errors.Is(err, forge.ErrUnavailable) || errors.Is(err, forge.ErrRateLimited):
			return f, nil
		case errors.Is(err, forge.ErrUnauthorized) && config.ClientID != "":
			config.ClientID = "" // as nobody, then
			continue
		case in.Kind == signin.OAuthApp && !in.Private:
			return nil, fmt.Errorf("GitHub shows no public repository %s; check its name, and if it is private, say so with --private", in.Repository)
		}
		return nil, nil
	}
}

func cutRepository(repo string) (owner, name string, ok bool) {
	owner, name, ok = strings.Cut(repo, "/")
	return owner, name, ok && owner != "" && name != "" && !strings.Contains(name, "/")
}

func notRepository(repo string) error {
	return usageError{fmt.Errorf("%q is not a repository; write it as OWNER/NAME", repo)}
}
