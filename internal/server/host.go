package server

import (
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
)

// hosts are what the server is asked for by.
type hosts struct {
	names     map[string]bool // in small letters; addresses as netip writes them
	addresses bool            // any IP address besides
}

func newHosts(names []string) hosts {
	h := hosts{map[string]bool{"localhost": true}, len(names) == 0}
	for _, name := range names {
		if addr, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
			name = addr.Unmap().String()
		}
		h.names[plainName(name)] = true
	}
	return h
}

func plainName(name string) string { return strings.ToLower(strings.TrimSuffix(name, ".")) }

// allow tells whether a request's Host is one of the server's. A page of
// another site can make its own name point to this machine (DNS rebinding),
// and would then be of one origin with Galley; but its name would still be in
// the request. An IP address cannot be made to point elsewhere; where the server
// has a name, nobody has business with its address but those on its machine.
func (h hosts) allow(hostport string) bool {
	name := hostport
	if host, port, err := net.SplitHostPort(hostport); err == nil {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return false
		}
		name = host
	} else if strings.Count(name, ":") > 1 && !strings.HasPrefix(name, "[") {
		return false // an IPv6 address stands in brackets
	} else if strings.HasPrefix(name, "[") && strings.HasSuffix(name, "]") {
		name = name[1 : len(name)-1]
	}
	if addr, err := netip.ParseAddr(name); err == nil {
		return addr.Zone() == "" && (h.addresses || addr.Unmap().IsLoopback() || h.names[addr.Unmap().String()])
	}
	name = plainName(name)
	return h.names[name] || strings.HasSuffix(name, ".localhost") && hostName.MatchString(name)
}

// hostName matches what can be written into a policy as it is.
var hostName = regexp.MustCompile(`^[a-z0-9.-]+$`)

// hostChecked answers only to the server's own names. Whoever watches over it
// asks by its address.
func (s *Server) hostChecked(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/healthz" && !s.hosts.allow(r.Host) {
			s.fail(w, r, refuse(http.StatusMisdirectedRequest, kindForbidden,
				"Galley does not answer under this name. Whoever runs it can add the name with --host."))
			return
		}
		next.ServeHTTP(w, r)
	})
}
