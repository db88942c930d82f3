package main

import (
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
)

// reload stands between a browser and Galley while one works on it: the app's
// script hears from it when it is to load the page anew.
type reload struct {
	mu    sync.Mutex
	again chan struct{} // closed at the next change
}

func newReload() *reload { return &reload{again: make(chan struct{})} }

// tell has every page that is open load anew.
func (r *reload) tell() {
	r.mu.Lock()
	defer r.mu.Unlock()
	close(r.again)
	r.again = make(chan struct{})
}

// reloadPath is where pages listen.
const reloadPath = "/dev/reload"

// listening is put at the end of the app's script, which the page's policy lets
// run, and stands in no built file.
const listening = "\nnew EventSource(\"" + reloadPath + "\").onmessage = () => location.reload()\n"

// before answers for Galley, which listens at an address that only this knows.
func (r *reload) before(inner string) http.Handler {
	proxy := &httputil.ReverseProxy{
		Rewrite: func(p *httputil.ProxyRequest) {
			p.SetURL(&url.URL{Scheme: "http", Host: inner})
			p.Out.Host = p.In.Host // it checks where requests come from
			if isApp(p.In) {
				p.Out.Header.Del("Accept-Encoding")
				p.Out.Header.Del("If-None-Match")
			}
		},
		FlushInterval: -1,
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) {
			http.Error(w, "Galley is being started again.", http.StatusServiceUnavailable)
		},
		ModifyResponse: func(answer *http.Response) error {
			if isApp(answer.Request) && answer.StatusCode == http.StatusOK {
				answer.Body = struct {
					io.Reader
					io.Closer
				}{io.MultiReader(answer.Body, strings.NewReader(listening)), answer.Body}
				answer.Header.Del("Content-Length")
				answer.ContentLength = -1
			}
			return nil
		},
	}
	mux := http.NewServeMux()
	mux.Handle("/", proxy)
	mux.HandleFunc("GET "+reloadPath, func(w http.ResponseWriter, request *http.Request) {
		r.mu.Lock()
		again := r.again
		r.mu.Unlock()
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = io.WriteString(w, ": hello\n\n") // a page that left hears nothing
		_ = http.NewResponseController(w).Flush()
		select {
		case <-again:
			_, _ = io.WriteString(w, "data: changed\n\n")
		case <-request.Context().Done():
		}
	})
	return mux
}

func isApp(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/app/main-") }
