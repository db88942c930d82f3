// Package github is the forge of a repository on GitHub, or on a GitHub
// Enterprise server.
//
// # Reading
//
// A branch's head is asked for each time; everything below a head is named by
// its content (trees and blobs by id) and is asked for once. Other answers are
// kept with their ETag and asked for conditionally, which GitHub does not count
// against the rate limit (see cache.go). Files are read as raw blobs, so that
// neither the contents API's limit of 1 MB nor Base64 matters, and what was
// read is checked against its id.
//
// # Writing
//
// Nothing is ever forced. A submission looks at what is there, does the next
// step that is missing, and after any answer that leaves the outcome open (a
// time-out, a 5xx, a conflict with somebody else's step or with one's own from
// a moment ago) looks again (see submit.go). So a double click, two servers or
// a lost answer make one branch, one commit and one pull request.
//
// One file is committed by PUT contents with the blob id that it replaces.
// Several are committed by the Git data API, because one PUT a file would show
// readers a post without its pictures, and a failure half-way would stay: blobs,
// a tree, a commit on the head that was looked at, and a branch that only moves
// forward, which refuses if anything at all happened on the branch meanwhile.
//
// Whoever may not push works from a fork of theirs, which a submission makes and
// waits for (see fork.go). Its branch begins at the base's head, however stale
// the fork's own branches are, and the pull request goes across.
//
// A submission into which the base was merged is a merge commit, made by the
// Git data API from the base's tree and the pull request's own changes (see
// merge.go).
//
// Merging pull requests is left to GitHub's own page, with its reviews and checks.
//
// The token is added to requests in one place, for the configured host alone,
// and taken out of every error text.
package github

import (
	"context"
	"encoding/base64"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"sort"
	"strings"
	"sync"
	"time"

	"github.com/google/go-github/v75/github"
	"golang.org/x/oauth2"

	"galley/internal/forge"
)

// Config says which repository, and as whom.
type Config struct {
	// Owner and Repo name the repository: github.com/Owner/Repo.
	Owner, Repo string
	// Token is the person's token. It is not used where TokenSource is set.
	Token string
	// TokenSource gives the token for each request; for tokens that expire.
	TokenSource oauth2.TokenSource
	// Anonymous asks as nobody, for what everybody may see; there is no person
	// then. ClientID and ClientSecret, where they are given, tell GitHub which
	// program asks, which it lets ask more often.
	Anonymous              bool
	ClientID, ClientSecret string
	// BaseURL is the API's address. Empty: https://api.github.com/. It has to be
	// https, except on this machine.
	BaseURL string
	// HTTPClient sends the requests; its Transport, CheckRedirect and Timeout are
	// used. nil: one with time-outs.
	HTTPClient *http.Client
	// Logger is told of each request at level debug, and of retries as warnings.
	// nil: nobody is told.
	Logger *slog.Logger
	// Clock tells the time. nil: time.Now.
	Clock func() time.Time
	// ForkTime is how long to wait for GitHub to make a fork. 0: a minute.
	ForkTime time.Duration
	// Cache keeps answers and listings. Forges may share one: answers are kept apart
	// by token, and the listing of a commit is shared by all who were shown a branch
	// with that commit. nil: one of its own.
	Cache *Cache
}

var (
	ownerName = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?$`)
	repoName  = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)
)

// Forge is a repository on GitHub. Its methods may be called concurrently.
type Forge struct {
	up       place // as it is configured
	client   *github.Client
	tokens   *tokens
	trees    *trees
	log      *slog.Logger
	clock    func() time.Time
	forkTime time.Duration
	pause    time.Duration // the first one before a submission looks again

	mu     sync.Mutex
	person *forge.Person // once it is known
}

var _ forge.Forge = (*Forge)(nil)

// New makes a forge; it sends nothing yet.
func New(c Config) (*Forge, error) {
	if !ownerName.MatchString(c.Owner) || !repoName.MatchString(c.Repo) || strings.Trim(c.Repo, ".") == "" {
		return nil, forge.Errorf(forge.ErrInvalid, nil, "%q is not a repository's name; it is written OWNER/NAME.", c.Owner+"/"+c.Repo)
	}
	if c.BaseURL == "" {
		c.BaseURL = "https://api.github.com/"
	}
	base, err := url.Parse(strings.TrimSuffix(c.BaseURL, "/") + "/")
	if err != nil || base.Host == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "" || !safeScheme(base) {
		return nil, forge.Errorf(forge.ErrInvalid, nil, "The address of GitHub's API must begin with https://, as the token is sent there.")
	}
	source := c.TokenSource
	if source == nil && c.Anonymous {
		source = oauth2.StaticTokenSource(programToken(c.ClientID, c.ClientSecret))
	}
	if source == nil {
		if c.Token == "" {
			return nil, forge.Errorf(forge.ErrUnauthorized, nil, "There is no token for GitHub.")
		}
		source = oauth2.StaticTokenSource(&oauth2.Token{AccessToken: c.Token})
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.ForkTime <= 0 {
		c.ForkTime = time.Minute
	}
	if c.Cache == nil {
		c.Cache = NewCache(0)
	}
	client := http.Client{Timeout: totalTime}
	if c.HTTPClient != nil {
		client = *c.HTTPClient
	}
	next := client.Transport
	if next == nil {
		next = &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
			ForceAttemptHTTP2:     true,
			TLSHandshakeTimeout:   10 * time.Second,
			ResponseHeaderTimeout: attemptTime,
			IdleConnTimeout:       90 * time.Second,
			MaxIdleConnsPerHost:   8,
		}
	}
	tokens := &tokens{source: source}
	client.Transport = &transport{
		base: base, next: next, tokens: tokens, cache: c.Cache, log: c.Logger, clock: c.Clock, limit: maxAnswer,
	}
	f := &Forge{up: place{c.Owner, c.Repo}, tokens: tokens, trees: c.Cache.trees, log: c.Logger, clock: c.Clock, forkTime: c.ForkTime, pause: firstPause}
	if c.Anonymous {
		f.person = &forge.Person{}
	}
	f.client = github.NewClient(&client)
	f.client.BaseURL = base
	f.client.UserAgent = "galley"
	return f, nil
}

// programToken says which program asks; empty, nobody is said to ask.
func programToken(id, secret string) *oauth2.Token {
	if id == "" {
		return &oauth2.Token{}
	}
	return &oauth2.Token{TokenType: "Basic", AccessToken: base64.StdEncoding.EncodeToString([]byte(id + ":" + secret))}
}

// safeScheme lets plain HTTP through only to this machine, where tests and
// tunnels are.
func safeScheme(u *url.URL) bool {
	if u.Scheme == "https" {
		return true
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

// String names the repository, and holds no secret.
func (f *Forge) String() string { return fmt.Sprintf("github(%s)", f.up) }

// GoString keeps the token out of %#v.
func (f *Forge) GoString() string { return f.String() }

// Info implements forge.Forge.
func (f *Forge) Info(ctx context.Context) (forge.Info, error) {
	person, err := f.whoami(ctx)
	if err != nil {
		return forge.Info{}, err
	}
	repo, err := f.repository(ctx)
	if err != nil {
		return forge.Info{}, err
	}
	return forge.Info{
		Name: repo.GetFullName(), ID: f.identity(repo), Kind: "github", DefaultBranch: repo.GetDefaultBranch(), Person: person,
		CanPush: person.Login != "" && mayPush(repo),
	}, nil
}

// identity is what a repository keeps when it is renamed or given to somebody else:
// its number, which is one on its GitHub.
func (f *Forge) identity(repo *github.Repository) string {
	if repo.GetID() == 0 {
		return ""
	}
	return fmt.Sprintf("%s/%d", f.client.BaseURL.Host, repo.GetID())
}

func (f *Forge) noRepository() string {
	return fmt.Sprintf("GitHub shows no repository %s to you. Check its name, and that you may see it.", f.up)
}

// whoami is the person whose token it is, whom GitHub writes into commits. A
// forge acts for one person, so it is asked once.
func (f *Forge) whoami(ctx context.Context) (forge.Person, error) {
	f.mu.Lock()
	known := f.person
	f.mu.Unlock()
	if known != nil {
		return *known, nil
	}
	user, _, err := f.client.Users.Get(ctx, "")
	if err != nil {
		return forge.Person{}, f.fault(err, "GitHub does not say whose token this is.")
	}
	person := identity(user)
	f.mu.Lock()
	f.person = &person
	f.mu.Unlock()
	return person, nil
}

// identity is somebody as commits name them.
func identity(user *github.User) forge.Person {
	person := forge.Person{Login: user.GetLogin(), Name: user.GetName(), Email: user.GetEmail()}
	if person.Name == "" {
		person.Name = person.Login
	}
	if person.Email == "" { // GitHub's own stand-in for an address that is kept private
		person.Email = fmt.Sprintf("%d+%s@users.noreply.github.com", user.GetID(), person.Login)
	}
	return person
}

// Branches implements forge.Forge.
func (f *Forge) Branches(ctx context.Context) ([]forge.Branch, error) {
	repo, err := f.repository(ctx)
	if err != nil {
		return nil, err
	}
	var list []forge.Branch
	opts := &github.BranchListOptions{ListOptions: github.ListOptions{PerPage: 100}}
	for {
		page, resp, err := f.client.Repositories.ListBranches(ctx, f.up.owner, f.up.repo, opts)
		if err != nil {
			return nil, f.fault(err, f.noRepository())
		}
		for _, b := range page {
			name := b.GetName()
			list = append(list, forge.Branch{Name: name, Head: b.GetCommit().GetSHA(), Default: name == repo.GetDefaultBranch()})
		}
		if resp.NextPage == 0 {
			break
		}
		opts.Page = resp.NextPage
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].Default != list[j].Default {
			return list[i].Default
		}
		return list[i].Name < list[j].Name
	})
	return list, nil
}
