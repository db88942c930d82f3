// Package server is Galley over HTTP: the app and its assets, the API that
// docs/protocol.md tells, the preview frame's document, and the site's own
// pictures and style sheets.
//
// It keeps nothing that another copy of it would miss. What it remembers
// (contents by blob id, sites by commit) is bounded, and only saves work.
//
// # Who may ask
//
// Every request goes through these, in this order:
//
//	request id, log, recovery   log.go      one line for each request, no queries, no bodies
//	host                        host.go     names that the configuration knows, loopback; IP addresses where it knows none
//	headers                     headers.go  the strictest policy; handlers that need less strict ones say so
//	https                       client.go   where a proxy in front says that the browser came without, it is sent there
//	cross-origin                origin.go   writes from other sites, and reads of the API by them
//	arrival                     receive.go  a body is there before work on it begins; few are awaited at once
//	how many                    limit.go    requests at once, renderings and merges at once, time for each
//	content type, size          body.go     JSON alone, of bounded size
//
// Where people sign in (auth.go), the forge of a request is that of the person
// whose cookie it brings. Contents that are remembered by their ids are only
// reached by ids that this forge has listed for the very request, so that
// nobody is shown what another person may see. What the preview frame loads
// comes without a cookie and is what everybody may see (Config.Public).
//
// # Three kinds of document
//
// The app's page may run the app's scripts and WebAssembly, and never holds
// HTML of a post. The frame's document holds a post's page, in an origin of its
// own (`sandbox` without `allow-same-origin`), and may run the patcher alone.
// Files of the site are served sandboxed, and only those that carry no scripts.
//
// # Failures
//
// Handlers return errors. What the writer reads is the sentence of a
// forge.Error or of a *refusal; everything else is told as "internal" with the
// request's id, under which the log has the rest.
package server
