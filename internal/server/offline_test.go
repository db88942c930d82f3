package server_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"galley/internal/server"
)

// What the browser keeps for when it cannot reach the server.
func TestOffline(t *testing.T) {
	built := assets()
	built["manifest.json"].Data = []byte(strings.Replace(string(built["manifest.json"].Data), "{", `{"service-worker.js":"service-worker-9999.js",`, 1))
	built["service-worker-9999.js"] = &fstest.MapFile{Data: []byte("self.kept = 1")}
	built["frame-AAAAAAAA.js"].Data = []byte(`say("</script><!--")`)
	b := newBench(t, func(c *server.Config) { c.Assets = fs.FS(built) })

	res := b.do("GET", "/service-worker.js", "")
	if got := text(t, res); got != "self.kept = 1" || res.Header.Get("Cache-Control") != "no-cache" ||
		!strings.HasPrefix(res.Header.Get("Content-Type"), "text/javascript") {
		t.Errorf("the service worker: %s %v", got, res.Header)
	}
	if name := b.do("GET", "/", "").Header.Get("Galley-Page"); name != "index-CCCC.html" {
		t.Errorf("the page calls itself %q", name)
	}

	const address = "/empty-frame?script=/app/frame-AAAAAAAA.js"
	res = b.do("GET", address, "")
	if got := text(t, res); got != "<!DOCTYPE html>\n<html><head><script>say(\"<\\/script><\\!--\")</script></head><body></body></html>\n" {
		t.Errorf("the empty frame: %s", got)
	}
	policy := res.Header.Values("Content-Security-Policy")
	if len(policy) != 1 || !strings.HasPrefix(policy[0], "sandbox allow-scripts;") || !strings.Contains(policy[0], "; script-src 'sha256-") || strings.Contains(policy[0], "allow-same-origin") {
		t.Errorf("its policy: %q", policy)
	}
	whole := b.do("GET", "/frame", "").Header.Values("Content-Security-Policy")[0]
	// Without the server, nor is anybody else asked.
	whole = strings.NewReplacer("frame-src https://tidewatch.example", "frame-src 'none'", " https://tidewatch.example", "").Replace(whole)
	scripts := func(policy string) string {
		_, rest, _ := strings.Cut(policy, "script-src ")
		own, _, _ := strings.Cut(rest, ";")
		return strings.Replace(policy, own, "", 1)
	}
	if scripts(whole) != scripts(policy[0]) {
		t.Errorf("but for scripts, the two frames have policies of their own:\n%s\n%s", whole, policy[0])
	}
	for _, address := range []string{"/empty-frame", "/empty-frame?script=/app/frame-OLDOLDOL.js"} {
		if res := b.do("GET", address, ""); res.StatusCode != 404 {
			t.Errorf("%s: %d", address, res.StatusCode)
		}
	}
}

// A server without a service worker says so, for browsers to give up theirs.
func TestNoServiceWorker(t *testing.T) {
	if res := newBench(t).do("GET", "/service-worker.js", ""); res.StatusCode != 404 {
		t.Errorf("%d", res.StatusCode)
	}
}
