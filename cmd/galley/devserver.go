package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
)

// devServer shows a built site the way that hosts of static sites do: an
// address without an ending finds its .html file, and what there is not gets
// 404.html. It is for looking at one's own work, not for the open network.
type devServer struct {
	files   fs.FS
	baseURL string
	reload  *reloader
}

// reloadPath is where pages hear that the site has changed.
const reloadPath = "/.galley/reload"

// reloadScript is put at the end of each page that is shown, and stands in no
// built file.
const reloadScript = `<script>new EventSource("` + reloadPath + `").onmessage = () => location.reload()</script>` + "\n"

// ServeHTTP implements http.Handler.
func (d *devServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "Only GET is answered here.", http.StatusMethodNotAllowed)
		return
	}
	if r.URL.Path == reloadPath {
		d.reload.serve(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if d.baseURL != "" && r.URL.Path == "/" {
		http.Redirect(w, r, d.baseURL+"/", http.StatusFound)
		return
	}
	rest, inSite := strings.CutPrefix(r.URL.Path, d.baseURL)
	name := strings.TrimPrefix(path.Clean("/"+rest), "/")
	if inSite && (rest == "" || rest[0] == '/') {
		for _, candidate := range []string{name, name + ".html", path.Join(name, "index.html")} {
			if d.file(w, r, candidate, http.StatusOK, rest) {
				return
			}
		}
	}
	if !d.file(w, r, "404.html", http.StatusNotFound, "/") {
		http.NotFound(w, r)
	}
}

// file sends a file, if it is there.
func (d *devServer) file(w http.ResponseWriter, r *http.Request, name string, status int, asked string) bool {
	if !fs.ValidPath(name) || name == "." || strings.HasPrefix(path.Base(name), ".galley") {
		return false
	}
	data, err := fs.ReadFile(d.files, name)
	if err != nil {
		return false
	}
	if path.Base(name) == "index.html" && path.Base(asked) != "index.html" && !strings.HasSuffix(asked, "/") {
		http.Redirect(w, r, d.baseURL+asked+"/", http.StatusFound)
		return true
	}
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = http.DetectContentType(data)
	}
	if strings.HasPrefix(kind, "text/html") {
		if at := bytes.LastIndex(data, []byte("</body>")); at >= 0 {
			data = append(append(append([]byte{}, data[:at]...), reloadScript...), data[at:]...)
		} else {
			data = append(data, reloadScript...)
		}
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	if r.Method == http.MethodGet {
		_, _ = w.Write(data)
	}
	return true
}

// reloader tells the browsers that look at the site to load it again.
type reloader struct {
	mu        sync.Mutex
	listening map[chan struct{}]bool
}

func newReloader() *reloader { return &reloader{listening: map[chan struct{}]bool{}} }

// all tells everyone who listens.
func (r *reloader) all() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for c := range r.listening {
		select {
		case c <- struct{}{}:
		default: // it has been told and has not gone yet
		}
	}
}

// serve is one browser's listening, as server-sent events.
func (r *reloader) serve(w http.ResponseWriter, request *http.Request) {
	c := make(chan struct{}, 1)
	r.mu.Lock()
	r.listening[c] = true
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		delete(r.listening, c)
		r.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	flush := http.NewResponseController(w)
	if _, err := fmt.Fprint(w, ": listening\n\n"); err != nil || errors.Is(flush.Flush(), http.ErrNotSupported) {
		return
	}
	for {
		select {
		case <-request.Context().Done():
			return
		case <-c:
			if _, err := fmt.Fprint(w, "data: reload\n\n"); err != nil {
				return
			}
			_ = flush.Flush()
		}
	}
}
