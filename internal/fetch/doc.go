// Package fetch asks for addresses that a site's settings or its posts name:
// feeds, and links that are to be checked. Who wrote them is anybody, and where
// they lead may change, so that each step is held to a rule:
//
//   - Only http and https, without a user's name, on the ports of the web.
//   - Only addresses of the public Internet. That is decided by the number that
//     is dialled, after the name was looked up and at each redirect, so that
//     neither odd spellings of a number nor a name that changes its answer lead
//     to this machine or its network. Networks that are one's own can be allowed
//     by whoever starts Galley, never by a site.
//   - Bounded: redirects, bytes (as they are once unpacked), headers, the time of
//     each step, connections at once.
//   - Polite: one request at a time to a host, with a pause between, and none
//     while it asks for a longer one (Retry-After). What was fetched is kept and
//     asked about by its ETag or date.
//   - No proxy of the environment's is used, since it would dial for us.
//
// Which networks are public is told by code.dny.dev/ssrf, which has the lists of
// IANA.
package fetch
