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
	message := fmt.Sprintf("The published post moves from %s to %s. What was mailed or posted of it leads to the old address", published, address)
	if links := index.Naming(published); len(links) > 0 {
		message += ", and so " + doLinks(len(links)) + " of the site: "
		for i, l := range links {
			if i == 3 {
				message += " and more"
				break
			}
			if i > 0 {
				message += ", "
			}
			message += fmt.Sprintf("%s line %d", l.Path, l.Line)
		}
	}
	tell("address-moved", message+".")
	return found, nil
}

// doLinks is "does one link" or "do 12 links".
func doLinks(n int) string {
	if n == 1 {
		return "does one link"
	}
	return fmt.Sprintf("do %d links", n)
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
	if address == "" || len(others) == 0 {
		return ""
	}
	return fmt.Sprintf("%s has the address %s, too. The site keeps one page of the two: change the date, the slug or the permalink.", strings.Join(others, " and "), address)
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
