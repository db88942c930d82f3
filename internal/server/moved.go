package server

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"galley/internal/diag"
	"galley/internal/forge"
	"galley/internal/post"
	"galley/internal/site"
)

// addressProblems tells what the address of a text brings about: another page that
// has it, and, where the published post has another one, who links to that.
func (s *Server) addressProblems(ctx context.Context, f forge.Forge, m typed, at *branchSite, index *postIndex) ([]diag.Diagnostic, error) {
	p := post.Parse([]byte(m.Text))
	var found []diag.Diagnostic
	tell := func(code, message string) {
		found = append(found, diag.Diagnostic{Range: addressRange(p), Severity: diag.Warning, Code: code, Message: message})
	}
	var address, taken string
	if err := s.renders.run(ctx, &at.ending, func() {
		address = at.site.Head(m.Path, p).Permalink
		taken = index.taken(at.site, m.Path, address)
	}); err != nil || address == "" {
		return nil, err
	}
	if taken != "" {
		tell("address-taken", taken)
	}
	info, err := f.Info(ctx)
	if err != nil {
		return nil, err
	}
	published, err := s.addressOn(ctx, f, info.DefaultBranch, m.Path)
	if err != nil || published == "" || published == address {
		return found, err
	}
	links := index.Naming(published)
	var places []string
	for _, l := range links[:min(len(links), 3)] {
		places = append(places, fmt.Sprintf("%s:%d", l.Path, l.Line))
	}
	if len(links) > len(places) {
		places = append(places, "…")
	}
	var message string
	switch where := strings.Join(places, ", "); len(links) {
	case 0:
		message = fmt.Sprintf("The published post moves from %s to %s. What was mailed or posted of it leads to the old address.", published, address)
	case 1:
		message = fmt.Sprintf("The published post moves from %s to %s. What was mailed or posted of it leads to the old address, and so does one link of the site: %s.", published, address, where)
	default:
		message = fmt.Sprintf("The published post moves from %s to %s. What was mailed or posted of it leads to the old address, and so do %d links of the site: %s.", published, address, len(links), where)
	}
	tell("address-moved", message)
	return found, nil
}

// addressRange is where a post says what decides its address.
func addressRange(p post.Post) diag.Range {
	for _, name := range []string{"permalink", "date", "slug"} {
		for _, k := range p.Keys {
			if k.Name == name {
				return k.Value
			}
		}
	}
	return diag.Range{}
}

// addressOn is the address of a file as a branch has it; empty where it has none.
func (s *Server) addressOn(ctx context.Context, f forge.Forge, branch, path string) (string, error) {
	tree, err := s.trees.of(ctx, f, branch)
	if err != nil {
		return "", err
	}
	e, ok := find(tree, path)
	if !ok || e.Size > maxPost {
		return "", nil
	}
	src, err := f.Blob(ctx, e.Blob)
	if errors.Is(err, forge.ErrNotFound) {
		return "", nil
	} else if err != nil {
		return "", err
	}
	at, err := s.siteOf(ctx, f, tree)
	if err != nil {
		return "", err
	}
	var address string
	err = s.renders.run(ctx, &at.ending, func() { address = at.site.Head(path, post.Parse(src)).Permalink })
	return address, err
}

// taken tells, in a sentence, which other texts have an address; empty where none has it.
func (p *postIndex) taken(s *site.Site, path, address string) string {
	others := p.sharing(s, path, address)
	switch {
	case address == "" || len(others) == 0:
		return ""
	case len(others) == 1:
		return fmt.Sprintf("%s has the address %s, too. The site keeps one page of the two: change the date, the slug or the permalink.", others[0], address)
	}
	return fmt.Sprintf("The address %s is also that of %s. The site keeps one page of them all: change the date, the slug or the permalink.", address, strings.Join(others, ", "))
}

// sharing gives the other texts that have an address. The addresses are worked out once
// for a site.
func (p *postIndex) sharing(s *site.Site, path, address string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.by != s {
		p.by, p.addresses = s, map[string][]string{}
		for n, one := range p.Posts() {
			if a := s.Head(one.Path, post.Parse([]byte(p.Source(n)))).Permalink; a != "" {
				p.addresses[a] = append(p.addresses[a], one.Path)
			}
		}
	}
	var others []string
	for _, other := range p.addresses[address] {
		if other != path {
			others = append(others, other)
		}
	}
	return others
}
