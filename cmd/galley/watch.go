package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"
)

// watchInterval is how often the site's files are looked at. Looking is
// cheap, and works on every file system.
const watchInterval = 250 * time.Millisecond

// watch builds again whenever files are not what they were before, and serves
// the site where an address is given, until the context ends.
func (b *builder) watch(ctx context.Context, address string, before map[string]stamp) error {
	reload := newReloader()
	if address != "" {
		listener, err := net.Listen("tcp", address)
		if err != nil {
			return fmt.Errorf("the site cannot be shown at %s: %w", address, err)
		}
		root, err := os.OpenRoot(b.out)
		if err != nil {
			return fmt.Errorf("the built site cannot be opened: %w", err)
		}
		defer root.Close()
		server := &http.Server{
			Handler:           &devServer{files: root.FS(), baseURL: b.baseURL, reload: reload},
			ReadHeaderTimeout: 10 * time.Second,
			BaseContext:       func(net.Listener) context.Context { return ctx },
		}
		go func() { _ = server.Serve(listener) }()
		defer server.Close()
		fmt.Fprintf(b.report, "The site is at http://%s%s/ and reloads when a file changes.\n", listener.Addr(), b.baseURL)
	}
	skip := b.excluded()
	var failed []string // what changed since the last build that came to its end
	tick := time.NewTicker(watchInterval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		now := snapshot(b.dir, skip)
		changed := changes(before, now)
		if len(changed) == 0 {
			continue
		}
		before = now
		failed = append(failed, changed...)
		if _, err := b.build(ctx, failed); err != nil {
			if errors.Is(err, context.Canceled) {
				return nil
			}
			fmt.Fprintf(b.report, "galley: %v\n", err)
			continue
		}
		failed = nil
		reload.all()
	}
}

// stamp tells two states of a file apart.
type stamp struct {
	size int64
	time time.Time
}

// snapshot notes the state of every file of a site.
func snapshot(dir string, skip []string) map[string]stamp {
	files := map[string]stamp{}
	_ = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // it went away meanwhile
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return nil
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			for _, s := range skip {
				if rel == s {
					return filepath.SkipDir
				}
			}
			if rel == ".git" || rel == "node_modules" {
				return filepath.SkipDir
			}
			return nil
		}
		if info, err := d.Info(); err == nil && !strings.HasSuffix(rel, "~") {
			files[rel] = stamp{info.Size(), info.ModTime()}
		}
		return nil
	})
	return files
}

// changes names the files that are new, changed or gone.
func changes(before, now map[string]stamp) []string {
	var out []string
	for name, s := range now {
		if before[name] != s {
			out = append(out, name)
		}
	}
	for name := range before {
		if _, ok := now[name]; !ok {
			out = append(out, name)
		}
	}
	sort.Strings(out)
	return out
}
