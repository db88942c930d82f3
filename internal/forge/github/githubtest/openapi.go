package githubtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// used are the paths of GitHub's description that a forge may ask for. The
// whole description takes seconds to load, and a request beyond these is a
// surprise.
var used = []string{
	"/user",
	"/applications/{client_id}/token",
	"/repos/{owner}/{repo}",
	"/repos/{owner}/{repo}/branches",
	"/repos/{owner}/{repo}/git/ref/{ref}",
	"/repos/{owner}/{repo}/git/refs",
	"/repos/{owner}/{repo}/git/refs/{ref}",
	"/repos/{owner}/{repo}/git/trees",
	"/repos/{owner}/{repo}/git/trees/{tree_sha}",
	"/repos/{owner}/{repo}/git/blobs",
	"/repos/{owner}/{repo}/git/blobs/{file_sha}",
	"/repos/{owner}/{repo}/git/commits",
	"/repos/{owner}/{repo}/git/commits/{commit_sha}",
	"/repos/{owner}/{repo}/contents/{path}",
	"/repos/{owner}/{repo}/commits",
	"/repos/{owner}/{repo}/commits/{ref}",
	"/repos/{owner}/{repo}/compare/{basehead}",
	"/repos/{owner}/{repo}/commits/{ref}/status",
	"/repos/{owner}/{repo}/commits/{ref}/check-runs",
	"/repos/{owner}/{repo}/deployments",
	"/repos/{owner}/{repo}/deployments/{deployment_id}/statuses",
	"/repos/{owner}/{repo}/forks",
	"/repos/{owner}/{repo}/merge-upstream",
	"/repos/{owner}/{repo}/pulls",
	"/repos/{owner}/{repo}/pulls/{pull_number}",
	"/repos/{owner}/{repo}/issues/{issue_number}/comments",
	"/repos/{owner}/{repo}/pulls/{pull_number}/comments",
	"/repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies",
	"/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
	"/repos/{owner}/{repo}/pulls/{pull_number}/reviews",
	"/repos/{owner}/{repo}/releases",
	"/search/issues",
	"/users/{username}",
}

// description is the part of GitHub's OpenAPI description that is used.
type description struct {
	doc    *openapi3.T
	routes []route
}

type route struct {
	template string
	pattern  *regexp.Regexp
	names    []string
	item     *openapi3.PathItem
}

// loadDescription cuts the used paths out of the file before it is understood,
// with their parameters and bodies and without the answers, which make up most
// of it.
func loadDescription(file string) (*description, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var whole struct {
		OpenAPI    string
		Info       json.RawMessage
		Paths      map[string]map[string]map[string]json.RawMessage
		Components map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(text, &whole); err != nil {
		return nil, err
	}
	paths := map[string]any{}
	components := map[string]map[string]json.RawMessage{}
	var keep func(raw json.RawMessage)
	keep = func(raw json.RawMessage) {
		for _, m := range reference.FindAllSubmatch(raw, -1) {
			kind, name := string(m[1]), string(m[2])
			if components[kind][name] != nil {
				continue
			}
			if components[kind] == nil {
				components[kind] = map[string]json.RawMessage{}
			}
			components[kind][name] = whole.Components[kind][name]
			keep(whole.Components[kind][name])
		}
	}
	for _, path := range used {
		operations := map[string]any{}
		for method, operation := range whole.Paths[path] {
			kept := map[string]any{"responses": map[string]any{"default": map[string]any{"description": "left out"}}}
			for _, key := range []string{"operationId", "parameters", "requestBody"} {
				if raw := operation[key]; raw != nil {
					kept[key] = raw
					keep(raw)
				}
			}
			operations[method] = kept
		}
		if len(operations) == 0 {
			return nil, fmt.Errorf("GitHub's description has no path %s", path)
		}
		paths[path] = operations
	}
	part, err := json.Marshal(map[string]any{"openapi": whole.OpenAPI, "info": whole.Info, "paths": paths, "components": components})
	if err != nil {
		return nil, err
	}
	doc, err := openapi3.NewLoader().LoadFromData(part)
	if err != nil {
		return nil, err
	}
	d := &description{doc: doc}
	for _, path := range used {
		r := route{template: path, item: doc.Paths.Value(path)}
		pattern := "^"
		for i, piece := range strings.Split(path, "/") {
			if i > 0 {
				pattern += "/"
			}
			name, isName := strings.CutPrefix(piece, "{")
			if !isName {
				pattern += regexp.QuoteMeta(piece)
				continue
			}
			name = strings.TrimSuffix(name, "}")
			r.names = append(r.names, name)
			if slices.Contains([]string{"path", "ref", "basehead"}, name) { // these have several segments
				pattern += "(.+)"
			} else {
				pattern += "([^/]+)"
			}
		}
		r.pattern = regexp.MustCompile(pattern + "$")
		d.routes = append(d.routes, r)
	}
	return d, nil
}

var reference = regexp.MustCompile(`"\$ref":\s*"#/components/([^/"]+)/([^"]+)"`)

// check holds a request against the description: path, method, parameters and
// body, none of which may have anything that is not described.
func (d *description) check(r *http.Request, body []byte) error {
	for _, route := range d.routes {
		match := route.pattern.FindStringSubmatch(r.URL.EscapedPath())
		if match == nil {
			continue
		}
		operation := route.item.GetOperation(r.Method)
		if operation == nil {
			continue
		}
		params := map[string]string{}
		for i, name := range route.names {
			value, err := url.PathUnescape(match[i+1])
			if err != nil {
				return err
			}
			params[name] = value
		}
		for name := range r.URL.Query() {
			if !slices.ContainsFunc(operation.Parameters, func(p *openapi3.ParameterRef) bool { return p.Value.In == "query" && p.Value.Name == name }) {
				return fmt.Errorf("%s %s has no parameter %q", r.Method, route.template, name)
			}
		}
		if err := known(operation, body); err != nil {
			return fmt.Errorf("%s %s: %w", r.Method, route.template, err)
		}
		copied := r.Clone(r.Context())
		copied.Body = io.NopCloser(bytes.NewReader(body))
		if len(body) == 0 {
			copied.Body = http.NoBody
		}
		err := openapi3filter.ValidateRequest(r.Context(), &openapi3filter.RequestValidationInput{
			Request: copied, PathParams: params,
			Route:   &routers.Route{Spec: d.doc, Path: route.template, PathItem: route.item, Method: r.Method, Operation: operation},
			Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, SkipSettingDefaults: true},
		})
		if err != nil {
			return fmt.Errorf("%s %s: %w", r.Method, route.template, err)
		}
		return nil
	}
	return fmt.Errorf("%s %s is not described", r.Method, r.URL.EscapedPath())
}

// known refuses members of a body that the description does not have, which
// its schemas would let through.
func known(operation *openapi3.Operation, body []byte) error {
	if len(body) == 0 {
		return nil
	}
	if operation.RequestBody == nil {
		return fmt.Errorf("takes no body")
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(body, &members); err != nil {
		return err
	}
	media := operation.RequestBody.Value.Content.Get("application/json")
	for name := range members {
		if media.Schema.Value.Properties[name] == nil {
			return fmt.Errorf("the body has no member %q", name)
		}
	}
	return nil
}
