package server

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/alecthomas/chroma/v2"

	"galley/internal/fetch"
	"galley/internal/forge"
	"galley/internal/lru"
	"galley/internal/mail"
	"galley/internal/outlinks"
	"galley/internal/sass"
	"galley/internal/signin"
)

// Config is what the server is given. Forge, Assets, BuiltIn and Clock are
// needed; the rest may be left out.
type Config struct {
	// Forge gives the repository, with the rights of whoever sends a request.
	// For a single user it gives the same one every time.
	Forge func(*http.Request) (forge.Forge, error)
	// Folder is the folder of the repository that the site is in, with slashes;
	// empty for the repository itself. Forge and Public give the repository.
	Folder string
	// Assets is the built app, as cmd/bundle writes it. Without a
	// manifest.json in it the app's page says how to build it.
	Assets fs.FS
	// Sass compiles the site's style sheets for the preview frame; nil answers
	// that they are not there.
	Sass sass.Compiler
	// BuiltIn holds Galley's own templates and their assets.
	BuiltIn fs.FS
	// Lexers colours code in what the server renders; nil: no colours.
	Lexers func(language string) chroma.Lexer
	// LexerXML gives a language's definition as chroma's XML, for the browser;
	// nil, or an answer of nil, when there is none.
	LexerXML func(language string) ([]byte, error)
	// Mail is the mailing service of the newsletter; nil where there is none.
	Mail mail.Service
	// Fetch asks for the addresses that settings name; nil asks nobody.
	Fetch *fetch.Client
	// Clock tells the time.
	Clock func() time.Time
	// Logger takes one line a request and every fault. Nil: none is kept.
	Logger *slog.Logger
	// Version is Galley's, as people see it.
	Version string
	// SignIn lets people sign in; nil where the server has one user, whose
	// rights Forge gives to every request.
	SignIn *signin.SignIn
	// Public is the repository as everybody may see it: what the preview frame
	// loads comes without cookies, its origin being of its own. Nil where
	// nothing is public, or without SignIn.
	Public forge.Forge
	// Hosts are the names by which browsers reach the server, without port.
	// Loopback's names and addresses are answered besides, and other IP
	// addresses where no name is given: other names could be a hostile site's
	// that points to this machine.
	Hosts []string
	// Proxies are the networks of the proxies whose X-Forwarded-For and
	// X-Forwarded-Proto are believed; those of everybody else are not read.
	Proxies []netip.Prefix

	// Requests is how many requests are worked on at once; 512 when 0.
	Requests int
	// Renders is how many pages are rendered at once; when 0, as many as
	// there are processors, and two at least.
	Renders int
	// RenderTime is how long rendering a page may take; 10 s when 0.
	RenderTime time.Duration
	// SubmitTime is how long a submission may take, after its sender has
	// gone too; 2 min when 0.
	SubmitTime time.Duration
}

// Server answers Galley's requests. It is an http.Handler.
type Server struct {
	cfg        Config
	log        *slog.Logger
	mux        *http.ServeMux
	handler    http.Handler
	assets     *assets
	hosts      hosts
	site       atomic.Pointer[string] // its ID; nil until somebody asked
	renders    *renders
	readings   *renders // first readings of sites, which mostly wait for the forge
	pictures   *renders // the work on pictures, which takes much memory
	merges     *renders
	blobs      *lru.Cache[string, []byte]      // by blob id
	heads      *lru.Cache[string, head]        // by blob id
	sites      *lru.Cache[string, *branchSite] // by commit
	trees      *trees
	indexes    *indexes
	pullFiles  *pullFiles
	signIns    *turns
	sections   *lru.Cache[string, []string] // that pull requests change, by number, head and path
	readAheads readAheads
	outlinks   *outlinks.Checker            // nil where nobody is asked
	proposals  *lru.Cache[string, proposed] // what pull requests make of a post, by number, heads and path
	wasThere   *lru.Cache[string, bool]     // whether a commit's history has a text at a path
}

// New returns a server. It fails when the configuration lacks something or the
// app's assets do not fit together.
func New(cfg Config) (*Server, error) {
	switch {
	case cfg.Forge == nil:
		return nil, errors.New("server: no forge")
	case cfg.Assets == nil || cfg.BuiltIn == nil:
		return nil, errors.New("server: no assets or no built-in templates")
	case cfg.Clock == nil:
		return nil, errors.New("server: no clock")
	}
	if cfg.Requests <= 0 {
		cfg.Requests = 512
	}
	if cfg.Renders <= 0 {
		cfg.Renders = max(2, runtime.GOMAXPROCS(0))
	}
	if cfg.RenderTime <= 0 {
		cfg.RenderTime = 10 * time.Second
	}
	if cfg.SubmitTime <= 0 {
		cfg.SubmitTime = 2 * time.Minute
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	assets, err := newAssets(cfg.Assets)
	if err != nil {
		return nil, fmt.Errorf("server: %w", err)
	}
	s := &Server{
		cfg:    cfg,
		log:    cfg.Logger,
		mux:    http.NewServeMux(),
		assets: assets,
		hosts:  newHosts(cfg.Hosts),
		renders: newRenders(cfg.Renders, cfg.RenderTime, fmt.Sprintf(
			"Rendering this post took longer than %v and was given up. Something in it is very deeply nested or very often repeated.", cfg.RenderTime)),
		readings:  newRenders(2*cfg.Renders, readTime, "Reading the site's files took too long and was given up. What was read is kept: try again in a minute."),
		pictures:  newRenders(picturesAtOnce, pictureTime, "Preparing the picture took too long and was given up. Scale it down and try again."),
		merges:    newRenders(mergesAtOnce, mergeTime, "Comparing the texts took too long and was given up. They are very long, or have very little in common."),
		blobs:     lru.New[string](maxBlobs, func(b []byte) int { return len(b) }),
		heads:     lru.New[string](maxHeads, head.size),
		sites:     lru.New[string](maxSites, func(b *branchSite) int { return b.size }),
		trees:     newTrees(cfg.Clock),
		indexes:   newIndexes(cfg.Clock),
		pullFiles: newPullFiles(cfg.Clock),
		signIns:   newTurns(cfg.Clock, signInTurns),
		sections:  lru.New[string](maxSections, sizeOfNames),
		proposals: lru.New[string](maxProposed, sizeOfProposed),
		wasThere:  lru.New[string](maxWasThere, func(bool) int { return 1 }),
	}
	s.indexes.seen = func(blob string, src []byte) { s.keepHead(blob, src) }
	s.readAheads.known = map[string]chan struct{}{}
	if cfg.Fetch != nil {
		s.outlinks = &outlinks.Checker{Look: cfg.Fetch.Look, Clock: cfg.Clock}
	}
	s.routes()
	s.handler = s.recovered(s.hostChecked(s.headed(s.encrypted(s.sameOrigin(s.received(s.limited(s.siteChecked(s.mux))))))))
	return s, nil
}

// What is remembered, in bytes.
const (
	maxBlobs = 64 << 20
	maxHeads = 16 << 20
	maxSites = 32 << 20
)

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// routes says which address is answered by what.
func (s *Server) routes() {
	s.mux.HandleFunc("GET /{$}", s.page)
	s.mux.HandleFunc("GET /edit", s.editPage)
	s.mux.HandleFunc("GET /pulls/{number}", s.page)
	s.mux.HandleFunc("GET /ready", s.page)
	s.mux.HandleFunc("GET /board", s.page)
	s.mux.HandleFunc("GET /app/{name...}", s.asset)
	s.mux.HandleFunc("GET /healthz", s.healthz)
	s.mux.HandleFunc("GET "+framePath, s.frame)
	s.mux.HandleFunc("GET "+framePath+"/{address...}", s.located)
	s.mux.HandleFunc("GET /mail", s.mailPage)
	s.mux.HandleFunc("GET /empty-frame", s.emptyFrame)
	s.mux.HandleFunc("GET /service-worker.js", s.serviceWorker)

	s.mux.HandleFunc("GET /api/site", s.json(s.getSite))
	s.mux.HandleFunc("GET /api/known", s.json(s.getKnown))
	s.mux.HandleFunc("GET /api/branches", s.json(s.getBranches))
	s.mux.HandleFunc("POST /api/branches", s.json(s.postBranch))
	s.mux.HandleFunc("GET /api/posts", s.json(s.getPosts))
	s.mux.HandleFunc("GET /api/post", s.json(s.getPost))
	s.mux.HandleFunc("GET /api/new", s.json(s.getNew))
	s.mux.HandleFunc("GET /api/move", s.json(s.getMove))
	s.mux.HandleFunc("GET /api/removed", s.json(s.getRemoved))
	s.mux.HandleFunc("GET /api/search", s.json(s.search))
	s.mux.HandleFunc("GET /api/link", s.json(s.getLink))
	s.mux.HandleFunc("GET /api/standing", s.json(s.getStanding))
	s.mux.HandleFunc("GET /api/bundle", s.json(s.getBundle))
	s.mux.HandleFunc("GET /api/lexer/{name...}", s.lexer)
	s.mux.HandleFunc("POST /api/preview", s.json(s.preview))
	s.mux.HandleFunc("POST /api/problems", s.json(s.problems))
	s.mux.HandleFunc("POST /api/data", s.json(s.readData))
	s.mux.HandleFunc("GET /api/words", s.json(s.getWords))
	s.mux.HandleFunc("POST /api/prose", s.json(s.prose))
	s.mux.HandleFunc("POST /api/page", s.json(s.pageParts))
	s.mux.HandleFunc("POST /api/outside", s.json(s.outside))
	s.mux.HandleFunc("POST /api/pictures", s.json(s.postPicture))
	s.mux.HandleFunc("GET /api/pictures", s.json(s.getPictures))
	s.mux.HandleFunc("GET /api/emoji", s.json(s.getEmoji))
	s.mux.HandleFunc("GET /api/snippets", s.json(s.getSnippets))
	s.mux.HandleFunc("GET /api/file", s.file)
	s.mux.HandleFunc("POST /api/merge", s.json(s.mergeTexts))
	s.mux.HandleFunc("GET /api/changes", s.json(s.getChanges))
	s.mux.HandleFunc("GET /api/versions", s.json(s.getVersions))
	s.mux.HandleFunc("GET /api/version", s.json(s.getVersion))
	s.mux.HandleFunc("GET /api/writers", s.json(s.getWriters))
	s.mux.HandleFunc("GET /api/trays", s.json(s.getTrays))
	s.mux.HandleFunc("GET /api/submissions", s.json(s.getSubmissions))
	s.mux.HandleFunc("POST /api/submissions", s.json(s.postSubmissions))
	s.mux.HandleFunc("POST /api/submit", s.submit)
	s.mux.HandleFunc("GET /api/ready", s.json(s.getReady))
	s.mux.HandleFunc("POST /api/mail", s.json(s.postMail))
	s.mux.HandleFunc("GET /api/live", s.json(s.getLive))
	s.mux.HandleFunc("GET /api/pulls", s.json(s.getPulls))
	s.mux.HandleFunc("POST /api/pulls", s.json(s.postPull))
	s.mux.HandleFunc("GET /api/pulls/{number}", s.json(s.getPull))
	s.mux.HandleFunc("POST /api/pulls/{number}/merge", s.json(s.merge))
	s.mux.HandleFunc("POST /api/pulls/{number}/close", s.json(s.closePull))
	s.mux.HandleFunc("GET /api/pulls/{number}/discussion", s.json(s.getDiscussion))
	s.mux.HandleFunc("POST /api/pulls/{number}/comments", s.json(s.postComment))
	s.mux.HandleFunc("POST /api/pulls/{number}/resolve", s.json(s.postResolve))
	s.mux.HandleFunc("POST /api/pulls/{number}/reviews", s.json(s.postReview))
	s.mux.HandleFunc("GET /api/pulls/{number}/reviewers", s.json(s.getReviewers))
	s.mux.HandleFunc("POST /api/pulls/{number}/reviewers", s.json(s.postReviewers))
	s.mux.HandleFunc("GET /auth/session", s.json(s.getSession))
	if s.cfg.SignIn != nil {
		s.mux.HandleFunc("GET /auth/start", s.inTurn(s.startSignIn))
		s.mux.HandleFunc("GET "+signin.CallbackPath, s.inTurn(s.finishSignIn))
		s.mux.HandleFunc("GET "+signedInPath, s.page)
		s.mux.HandleFunc("POST /auth/renew", s.inTurn(s.renewSignIn))
		s.mux.HandleFunc("POST /auth/sign-out", s.inTurn(s.signOut))
	}
	s.mux.HandleFunc("/{path...}", s.rest)
}

// rest answers for every other address: with the site's files, and for the
// API's own addresses and for writes with a failure.
func (s *Server) rest(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/api/") || strings.HasPrefix(r.URL.Path, "/auth/") || r.Method != http.MethodGet && r.Method != http.MethodHead {
		s.unknown(w, r)
		return
	}
	s.static(w, r)
}

// healthz is for whoever watches over the server.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte("ok\n"))
}

// unknown answers for addresses that there are not, and for methods that an
// address does not take.
func (s *Server) unknown(w http.ResponseWriter, r *http.Request) {
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := s.mux.Handler(other); pattern != r.Pattern && pattern != "" {
			w.Header().Set("Allow", method)
			s.fail(w, r, refuse(http.StatusMethodNotAllowed, kindInvalid, "This address only takes %s requests.", method))
			return
		}
	}
	s.fail(w, r, refuse(http.StatusNotFound, kindNotFound, "There is nothing at this address."))
}

// forge is the repository for a request, with what is remembered of it.
// Whatever is remembered is only reached through what this forge lists, so that
// nobody is shown what another person may see.
func (s *Server) forge(r *http.Request) (forge.Forge, error) {
	if err := s.samePerson(r); err != nil {
		return nil, err
	}
	f, err := s.cfg.Forge(r)
	if err != nil {
		return nil, err
	}
	return remembering{forge.Within(f, s.cfg.Folder), s.blobs}, nil
}
