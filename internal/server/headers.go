package server

import (
	"net/http"
	"strings"
)

// headed gives every answer the strictest headers; handlers loosen those that
// their answer needs loose.
func (s *Server) headed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", permissions)
		next.ServeHTTP(w, r)
	})
}

// permissions are the abilities of a browser that Galley does without, and
// that what a post embeds shall not have through it.
const permissions = "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(self), " +
	"geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), " +
	"publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=(), browsing-topics=()"

// appPolicy is for the app's page: scripts and style sheets of the app, the
// script that stands in it (inline, by its hash), style elements with the nonce,
// which the editor makes, and nothing of anybody else's but the preview frame.
func appPolicy(h http.Header, nonce, inline string) {
	h.Set("Content-Security-Policy", strings.Join([]string{
		"default-src 'none'",
		"script-src 'self' 'wasm-unsafe-eval'" + inline,
		"worker-src 'self'",
		"connect-src 'self'",
		"style-src 'self' 'nonce-" + nonce + "'",
		"img-src 'self' data: blob:",
		"font-src 'self'",
		"manifest-src 'self'",
		"frame-src 'self'",
		"frame-ancestors 'none'",
		"base-uri 'none'",
		"form-action 'none'",
	}, "; "))
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
}

// assetPolicy is for the app's files. It is what the worker runs under: a
// worker has the policy of its own script.
func assetPolicy(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
}

// framePolicy is for the preview frame's document. Its origin is opaque, and
// 'self' in it is not understood alike by all browsers, so that the server's
// own addresses are written out; "http:" in a source stands for https, too. Of
// scripts it lets in the patcher alone, by two policies that both must allow
// it: with the nonce, which a post cannot know, and by its hash, so that a
// nonce that leaked would be worth nothing. Without a script hash is empty.
//
// from are the hosts that the page may load pictures, style sheets, fonts,
// sounds and films from and show in frames, besides the server itself.
func framePolicy(h http.Header, host, hash, nonce string, from []string) {
	scripts := strings.TrimSpace(hash)
	if scripts == "" {
		scripts = "'none'"
	}
	h.Set("Content-Security-Policy", frameSources(ownSource(host), scripts, from))
	h.Add("Content-Security-Policy", "script-src 'nonce-"+nonce+"'")
}

// emptyFramePolicy is the same for the document that browsers keep, whose one
// script stands in it and is let in by its hash.
func emptyFramePolicy(h http.Header, host, hash string) {
	h.Set("Content-Security-Policy", frameSources(ownSource(host), strings.TrimSpace(hash), nil))
}

// ownSource is the server as a source of a policy, whatever the document's
// origin is. A policy cannot name IPv6 addresses.
func ownSource(host string) string {
	if strings.HasPrefix(host, "[") {
		return "'self'"
	}
	return "http://" + host
}

// mailPolicy is for a mail in its frame: no script, and pictures from here alone,
// so that nobody elsewhere learns that a mail is being written.
func mailPolicy(h http.Header, host string) {
	h.Set("Content-Security-Policy", strings.Join([]string{
		"sandbox",
		"default-src 'none'",
		"style-src 'unsafe-inline'",
		"img-src " + ownSource(host) + " data:",
		"frame-ancestors " + ownSource(host),
		"base-uri 'none'",
		"form-action 'none'",
	}, "; "))
}

func frameSources(own, scripts string, from []string) string {
	others := sources(from)
	frames := "'none'"
	if others != "" {
		frames = strings.TrimSpace(others)
	}
	return strings.Join([]string{
		"sandbox allow-scripts",
		"default-src 'none'",
		"script-src " + scripts,
		"style-src 'unsafe-inline' " + own + others,
		"img-src " + own + others + " data: blob:",
		"font-src " + own + others + " data:",
		"media-src " + own + others + " data: blob:",
		"frame-src " + frames,
		"frame-ancestors " + own,
		"base-uri 'none'",
		"form-action 'none'",
	}, "; ")
}

// staticPolicy is for files of the site, which the frame loads from its opaque
// origin: another one than the server's. Opened alone, an SVG shows itself and
// runs nothing.
func staticPolicy(h http.Header) {
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
}
