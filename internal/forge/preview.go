package forge

import (
	"net"
	"net/url"
	"strings"
)

// maxPreview is how long the address of a preview may be, in bytes.
const maxPreview = 2000

// PreviewURL is an address that others say a preview has, as people may follow it:
// over HTTPS, or over HTTP on the machine itself, and without a name and password in
// it. It is "" for every other one.
func PreviewURL(address string) string {
	address = strings.TrimSpace(address)
	if len(address) > maxPreview {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil {
		return ""
	}
	switch u.Scheme {
	case "https":
	case "http":
		if ip := net.ParseIP(u.Hostname()); u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return ""
		}
	default:
		return ""
	}
	return u.String()
}
