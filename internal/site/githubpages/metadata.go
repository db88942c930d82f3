package githubpages

import "strings"

// Metadata is a site's repository as templates see it, as site.github. It
// holds what follows from the repository's name; all else GitHub alone knows,
// and is empty, as it is in a build by Jekyll without a network.
type Metadata struct {
	// Owner and Name are the parts of "owner/name".
	Owner, Name string
	// Published is true for a site that GitHub Pages itself builds. For
	// another, the plugin has no address of a site to tell, and tells one
	// below github.com.
	Published bool
	// Domain is the site's own domain, from a file CNAME; empty for none.
	Domain string
	// Branch is the branch that the site is built from; empty for the one
	// that the plugin takes it to be.
	Branch string
}

// Repository reads a name such as "owner/name"; ok is false where it is none.
func Repository(name string) (m Metadata, ok bool) {
	owner, rest, ok := strings.Cut(strings.TrimSpace(name), "/")
	if !ok || owner == "" || rest == "" || strings.Contains(rest, "/") {
		return Metadata{}, false
	}
	return Metadata{Owner: owner, Name: rest}, true
}

// UserPage says whether the repository is the one of a user's own site.
func (m Metadata) UserPage() bool {
	name, owner := strings.ToLower(m.Name), strings.ToLower(m.Owner)
	return name == owner+".github.io" || name == owner+".github.com"
}

// URL is the scheme and host of the site, and BaseURL its folder there.
func (m Metadata) URL() string {
	switch {
	case !m.Published:
		return "https://github.com"
	case m.Domain != "":
		return "https://" + m.Domain
	}
	return "https://" + strings.ToLower(m.Owner) + ".github.io"
}

// BaseURL is the site's folder on its host, without a slash at its end.
func (m Metadata) BaseURL() string {
	switch {
	case !m.Published && m.UserPage():
		return "/pages/" + m.Owner
	case !m.Published:
		return "/pages/" + m.Owner + "/" + m.Name
	case m.Domain != "" || m.UserPage():
		return ""
	}
	return "/" + m.Name
}

// Title is the site's title where its settings have none.
func (m Metadata) Title() string {
	if m.UserPage() {
		return m.Owner
	}
	return m.Name
}

// Source is the branch that the site is built from.
func (m Metadata) Source() string {
	switch {
	case m.Branch != "":
		return m.Branch
	case m.UserPage():
		return "master"
	}
	return "gh-pages"
}

// Value is one key and its value.
type Value struct {
	Key   string
	Value any
}

// Values are what templates see, sorted by key.
func (m Metadata) Values() []Value {
	owner := "https://github.com/" + m.Owner
	repository := owner + "/" + m.Name
	environment := "production"
	if m.Published {
		environment = "dotcom"
	}
	return []Value{
		{"api_url", "https://api.github.com"},
		{"archived", nil},
		{"baseurl", m.BaseURL()},
		{"build_revision", ""},
		{"clone_url", repository + ".git"},
		{"contributors", false},
		{"disabled", nil},
		{"environment", environment},
		{"help_url", "https://help.github.com"},
		{"hostname", "github.com"},
		{"is_project_page", !m.UserPage()},
		{"is_user_page", m.UserPage()},
		{"issues_url", nil},
		{"language", nil},
		{"latest_release", false},
		{"license", nil},
		{"organization_members", nil},
		{"owner", map[string]any{"html_url": nil, "login": nil, "name": nil}},
		{"owner_display_name", nil},
		{"owner_gravatar_url", owner + ".png"},
		{"owner_name", m.Owner},
		{"owner_url", owner},
		{"pages_env", environment},
		{"pages_hostname", "github.io"},
		{"private", nil},
		{"project_tagline", nil},
		{"project_title", m.Name},
		{"public_repositories", []any{}},
		{"releases", false},
		{"releases_url", repository + "/releases"},
		{"repository_name", m.Name},
		{"repository_nwo", m.Owner + "/" + m.Name},
		{"repository_url", repository},
		{"show_downloads", nil},
		{"source", map[string]any{"branch": m.Source(), "path": "/"}},
		{"tar_url", repository + "/tarball/" + m.Source()},
		{"url", m.URL() + m.BaseURL()},
		{"versions", map[string]any{}},
		{"wiki_url", nil},
		{"zip_url", repository + "/zipball/" + m.Source()},
	}
}

// EditURL is where GitHub lets one edit a file of the site.
func (m Metadata) EditURL(file string) string {
	return "https://github.com/" + m.Owner + "/" + m.Name + "/edit/" + m.Source() + "/" + strings.TrimPrefix(file, "/")
}
