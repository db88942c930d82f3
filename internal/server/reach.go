package server

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

// A preview asks only those for anything whom the site asks, or the writer: a
// post that has a picture from somewhere tells its author otherwise who looks at
// it and when, before anybody decided to publish it.

// maxReach is how many hosts the site may name, and how many the writer.
const maxReach = 60

// settingsFile is a site's, and its theme's.
const settingsFile = "_config.yml"

// namedHosts are the hosts that a site's settings, layouts, includes and
// templates name: its fonts, its style sheets, where its pictures are. Posts and
// data are not asked, whatever their folders are called; folders are those of the
// layouts and the like, and theme that of a theme with the same ones, empty for none.
func namedHosts(folders []string, theme string, files map[string]string) []string {
	var hosts []string
	for name, text := range files {
		if !namesHosts(folders, theme, name) {
			continue
		}
		for _, m := range hostAddress.FindAllStringSubmatch(text, -1) {
			hosts = append(hosts, m[1])
		}
		if strings.HasSuffix(name, settingsFile) && (strings.Contains(text, "jekyll-avatar") || strings.Contains(text, "jemoji")) {
			hosts = append(hosts, pluginHosts...)
		}
	}
	if slices.Contains(hosts, "fonts.googleapis.com") {
		hosts = append(hosts, "fonts.gstatic.com") // its style sheets have the fonts from there
	}
	return reachable(hosts)
}

// namesHosts tells whether a file says what a site's pages are made with.
func namesHosts(folders []string, theme, name string) bool {
	if theme != "" {
		name = strings.TrimPrefix(name, theme+"/")
	}
	return name == settingsFile || slices.ContainsFunc(folders, func(dir string) bool { return strings.HasPrefix(name, dir+"/") })
}

// pluginHosts are where Jekyll's plugins have pictures from.
var pluginHosts = []string{"avatars0.githubusercontent.com", "avatars1.githubusercontent.com", "avatars2.githubusercontent.com",
	"avatars3.githubusercontent.com", "github.githubassets.com"}

var (
	hostAddress = regexp.MustCompile(`(?:https:)?//([A-Za-z0-9.-]+\.[A-Za-z]{2,})`)
	reachedHost = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$`)
)

// reachable are those among hosts that a policy can name, each once, sorted.
func reachable(hosts []string) []string {
	var out []string
	for _, host := range hosts {
		host = plainName(host)
		if _, err := netip.ParseAddr(host); err != nil && len(host) <= 253 && reachedHost.MatchString(host) {
			out = append(out, host)
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), maxReach)]
}

// sources are hosts as a policy has them, with a space before each.
func sources(hosts []string) string {
	var b strings.Builder
	for _, host := range hosts {
		b.WriteString(" https://" + host)
	}
	return b.String()
}
