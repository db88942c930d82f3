package main

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"
)

// lookEvery is how often the sources are looked at. That is cheap, and works on
// every file system.
const lookEvery = 200 * time.Millisecond

// developer keeps what one looks at in a browser up with the sources: it builds
// what a change concerns, starts Galley again, which then takes the app from
// web/dist, and has the browser load the page anew.
type developer struct {
	addr     string   // where the browser finds it
	args     []string // for `galley serve`
	inner    string   // where Galley itself listens
	manifest map[string]string
	server   *exec.Cmd
	reload   *reload
}

// develop does that until it is interrupted.
func develop(addr string, args []string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	inner, err := freeAddress()
	if err != nil {
		return err
	}
	d := &developer{addr: addr, args: args, inner: inner, manifest: map[string]string{}, reload: newReload()}
	defer d.end()
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("the editor cannot be shown at %s: %w", addr, err)
	}
	front := &http.Server{Handler: d.reload.before(inner), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = front.Serve(listener) }()
	defer front.Close()

	before := look()
	d.build(ctx, change{app: true, program: true})
	fmt.Printf("Galley is at http://%s/ and reloads when a source changes.\n", addr)
	for tick := time.NewTicker(lookEvery); ; {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		now := look()
		if c := differ(before, now); c != (change{}) {
			before = now
			d.build(ctx, c)
		}
	}
}

// change is what has to be built anew.
type change struct {
	app     bool // what is in TypeScript, CSS and HTML
	program bool // what is in Go: the server, and the module for the browser
}

// build does that, says what went wrong, and leaves what ran before running
// then.
func (d *developer) build(ctx context.Context, c change) {
	start := time.Now()
	manifest := maps.Clone(d.manifest)
	if err := d.remake(ctx, manifest, c); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	d.manifest = manifest
	if err := d.start(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	fmt.Printf("Built in %.1f s\n", time.Since(start).Seconds())
	d.reload.tell()
}

func (d *developer) remake(ctx context.Context, manifest map[string]string, c change) error {
	if err := os.MkdirAll(dist, 0o777); err != nil {
		return err
	}
	if c.program {
		compile := exec.CommandContext(ctx, "go", "build", "-tags", "dev", "-o", devProgram, "./cmd/galley")
		compile.Stdout, compile.Stderr = os.Stderr, os.Stderr
		if err := compile.Run(); err != nil {
			return fmt.Errorf("compiling ./cmd/galley: %w", err)
		}
		if err := buildWASM(manifest); err != nil {
			return err
		}
	}
	// The page names them all.
	module := manifest["galley.wasm"]
	clear(manifest)
	manifest["galley.wasm"] = module
	for _, step := range []func(map[string]string) error{buildScripts, buildPage, buildServiceWorker} {
		if err := step(manifest); err != nil {
			return err
		}
	}
	if err := prune(manifest); err != nil {
		return err
	}
	return writeManifest(manifest)
}

// devProgram is Galley that takes the app from web/dist.
const devProgram = "bin/galley-dev"

// start starts Galley, in place of the one that runs, and waits until it answers.
func (d *developer) start(ctx context.Context) error {
	d.end()
	d.server = exec.CommandContext(ctx, devProgram, append([]string{"serve", "--addr", d.inner}, d.args...)...)
	d.server.Stderr = os.Stderr
	if err := d.server.Start(); err != nil {
		return fmt.Errorf("starting Galley: %w", err)
	}
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if conn, err := net.DialTimeout("tcp", d.inner, time.Second); err == nil {
			return conn.Close()
		}
	}
	return fmt.Errorf("galley does not answer at %s; what it said stands above", d.inner)
}

func (d *developer) end() {
	if d.server != nil && d.server.Process != nil {
		_ = d.server.Process.Signal(os.Interrupt)
		_ = d.server.Wait()
	}
	d.server = nil
}

// freeAddress is one at which nothing listens yet.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

// look notes when each source was written last.
func look() map[string]time.Time {
	seen := map[string]time.Time{}
	for _, root := range []string{"cmd", "internal", "templates", "wasm", "web/src", "web/words", "web/index.html", "web/embed.go", "go.mod"} {
		// What cannot be read is being written, and is seen the next time.
		_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil
			}
			if d.IsDir() {
				if d.Name() == "testdata" {
					return filepath.SkipDir
				}
				return nil
			}
			if info, err := d.Info(); err == nil && !strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, ".md") {
				seen[filepath.ToSlash(path)] = info.ModTime()
			}
			return nil
		})
	}
	return seen
}

// differ tells what two looks have to do with.
func differ(before, now map[string]time.Time) change {
	var c change
	note := func(path string) {
		if strings.HasPrefix(path, "web/") && !strings.HasSuffix(path, ".go") {
			c.app = true
		} else {
			c.program = true
		}
	}
	for path, at := range now {
		if !before[path].Equal(at) {
			note(path)
		}
	}
	for path := range before {
		if _, ok := now[path]; !ok {
			note(path)
		}
	}
	return c
}
