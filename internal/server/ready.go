package server

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	nethtml "golang.org/x/net/html"

	"galley/internal/diag"
	"galley/internal/forge"
	"galley/internal/lint"
	"galley/internal/post"
	"galley/internal/preview"
	"galley/internal/site"
	"galley/internal/social"
	"galley/internal/translate"
)

// ready is what an editor wants to know of a post before it is published.
type ready struct {
	Path   string `json:"path"`
	Branch string `json:"branch"`
	Blob   string `json:"blob"`
	// Text is the post's, and Stamped the same with the present as its date.
	Text    string `json:"text"`
	Stamped string `json:"stamped"`
	Title   string `json:"title"`
	// Date is what the post has, as RFC 3339 in the site's zone; empty for none.
	Date string `json:"date"`
	// URL is the address that it has, and StampedURL that which it has when it is
	// published now.
	URL        string `json:"url"`
	StampedURL string `json:"stampedUrl"`
	// Taken says which other text has its address; empty for none, or where the
	// others are not compared.
	Taken string `json:"taken"`
	// Hidden says why the site would not publish it as it is: "its date is to come";
	// and StampedHidden why it would not, published now: "it is a draft".
	Hidden        string `json:"hidden"`
	StampedHidden string `json:"stampedHidden"`
	// Published: the default branch has it, at PublishedURL.
	Published    bool   `json:"published"`
	PublishedURL string `json:"publishedUrl"`
	Words        int    `json:"words"`
	Minutes      int    `json:"minutes"`
	// MaxMinutes is the settings' limit; 0 for none.
	MaxMinutes int `json:"maxMinutes"`
	// Links tells whether links and pictures within the site were looked at.
	Links       bool                 `json:"links"`
	Diagnostics []preview.Diagnostic `json:"diagnostics"`
	// Told are what is wrong with the settings for all this, a sentence each.
	Told   []string       `json:"told"`
	Mail   *readyMail     `json:"mail"`
	Social []announcement `json:"social"`
}

// announcement is a text for a network.
type announcement struct {
	Name   string        `json:"name"`
	Label  string        `json:"label"`
	Limit  int           `json:"limit"`
	Counts social.Counts `json:"counts"`
	Text   string        `json:"text"`
}

// publishing is a post on its way to be published.
type publishing struct {
	branch string
	at     *branchSite
	file   forge.File
	tree   forge.Tree
	info   forge.Info
	forge  forge.Forge
}

// noDate is what a person is told whose post has a date that cannot be set alone.
func noDate() string {
	return "Galley cannot date this post: its front matter is written in a way that the date cannot be set alone. Write the date in the text."
}

// stamp dates a post with the present.
func (s *Server) stamp(p publishing) ([]byte, error) {
	out, err := post.Stamp(p.file.Data, s.cfg.Clock(), p.at.site.Config().Location)
	if errors.Is(err, post.ErrKeyTooComplex) {
		return nil, refuse(http.StatusUnprocessableEntity, kindInvalid, "The date of this post cannot be set alone, as its front matter is written. Write it in the text, and try again.")
	}
	return out, err
}

// getReady answers GET /api/ready: a post's checks, its mail and its
// announcements. With stamp=1 mail and announcements are those of the post as it
// is when it is published now.
func (s *Server) getReady(r *http.Request) (any, error) {
	p, err := s.publishing(r, r.URL.Query().Get("branch"), r.URL.Query().Get("path"))
	if err != nil {
		return nil, err
	}
	ctx := r.Context()
	rules, told, err := p.at.rules.of(ctx, p.forge, p.at.site)
	if err != nil {
		return nil, err
	}
	out := ready{
		Path: p.file.Path, Branch: p.branch, Blob: p.file.Blob, Text: string(p.file.Data),
		Told: []string{}, Social: []announcement{},
	}
	stamped, err := s.stamp(p)
	if err != nil {
		stamped = p.file.Data
		out.Told = append(out.Told, noDate())
	}
	out.Stamped = string(stamped)
	if err := s.fillPublished(ctx, p, &out); err != nil {
		return nil, err
	}
	config := p.at.site.Config()
	announced := p.file.Data
	if r.URL.Query().Get("stamp") == "1" {
		announced = stamped
	}
	var found []diag.Diagnostic
	over := p.at.ending.Err // what ends the site's rendering ends all of this
	err = s.renders.run(ctx, &p.at.ending, func() {
		page := p.at.site.RenderPost(p.file.Path, p.file.Data)
		if over() != nil {
			return
		}
		out.Title, out.URL, out.Hidden = page.Title, page.URL, page.Hidden
		if !page.Date.IsZero() {
			out.Date = page.Date.Format(time.RFC3339)
		}
		now := p.at.site.Head(p.file.Path, post.Parse(stamped))
		out.StampedURL, out.StampedHidden = now.URL, now.Hidden
		out.Words = words(page.Document.HTML())
		settings := lint.SettingsOf(config, p.file.Path, s.cfg.Clock())
		settings.Stop = over
		found = append(rules.Check(post.Parse(p.file.Data), settings), told...)
		found = append(found, page.Diagnostics...)
		if over() != nil {
			return
		}
		parsed := post.Parse(announced)
		m, problems := p.mail(parsed)
		out.Told = append(out.Told, problems...)
		if m != nil {
			out.Mail = newReadyMail(*m)
		}
		list, problems := social.ReadSettings(config.Galley)
		out.Told = append(out.Told, problems...)
		for _, a := range list {
			text, wrong := site.Fill(p.at.site, p.file.Path, parsed, a.Pattern)
			out.Told = append(out.Told, sentences("galley.social."+a.Name, wrong)...)
			out.Social = append(out.Social, announcement{a.Name, a.Label, a.Limit, a.Counts, strings.TrimSpace(text)})
		}
	})
	if err != nil {
		return nil, err
	}
	if out.Mail != nil && s.cfg.Mail != nil && p.info.CanPush {
		out.Mail.Service = s.cfg.Mail.Name()
	}
	if out.Taken, err = s.taken(ctx, p, rules, stamped); err != nil {
		return nil, err
	}
	perMinute := 0
	perMinute, out.MaxMinutes = reading(config.Galley)
	out.Minutes = int(math.Ceil(float64(out.Words) / float64(perMinute)))
	if p.info.Kind == "local" || s.ahead(ctx, p.forge, p.tree) {
		links, err := s.deadLinks(ctx, p)
		if err != nil {
			return nil, err
		}
		out.Links = true
		found = append(found, links...)
	}
	out.Diagnostics = s.findings(r, p.file.Data, found)
	out.say(s.assets.pages.of(r).findings)
	return out, nil
}

// say has what Galley says of a post said in a language.
func (r *ready) say(words *translate.Catalogue) {
	r.Taken, r.Hidden, r.StampedHidden = words.Say(r.Taken), words.Say(r.Hidden), words.Say(r.StampedHidden)
	for i := range r.Told {
		r.Told[i] = words.Say(r.Told[i])
	}
	if r.Mail != nil {
		for i := range r.Mail.Found {
			r.Mail.Found[i].Message = words.Say(r.Mail.Found[i].Message)
		}
	}
}

// taken tells which other text has the address of a post, as it is or, where it has
// one of its own so, as it is published now.
func (s *Server) taken(ctx context.Context, p publishing, rules *lint.Checker, stamped []byte) (sentence string, err error) {
	config := p.at.site.Config()
	looks, err := s.looksAtPosts(ctx, p.forge, rules, config)
	if err != nil || !looks {
		return "", err
	}
	index, err := s.indexAt(ctx, p.forge, p.branch, config, readyWait)
	if err != nil || index == nil {
		if err != nil {
			s.log.WarnContext(ctx, "the posts cannot be compared", "error", err)
		}
		return "", ctx.Err()
	}
	err = s.renders.run(ctx, &p.at.ending, func() {
		for _, src := range [][]byte{p.file.Data, stamped} {
			if sentence == "" {
				sentence = index.taken(p.at.site, p.file.Path, p.at.site.Head(p.file.Path, post.Parse(src)).Permalink)
			}
		}
	})
	return sentence, err
}

// readyWait is how long it is waited for the other posts, which are read but once.
const readyWait = 3 * time.Second

// publishing reads a post and the site that it is in.
func (s *Server) publishing(r *http.Request, branch, path string) (p publishing, err error) {
	if p.forge, err = s.forge(r); err != nil {
		return p, err
	}
	ctx := r.Context()
	if p.info, err = p.forge.Info(ctx); err != nil {
		return p, err
	}
	if p.branch = branch; branch == "" {
		p.branch = p.info.DefaultBranch
	}
	if err = forge.CheckReadBranch(p.branch); err != nil {
		return p, err
	}
	if err = s.readable(ctx, p.forge, p.branch, path); err != nil {
		return p, err
	}
	if err = noPage(path); err != nil {
		return p, err
	}
	if p.file, err = p.forge.Read(ctx, p.branch, path); err != nil {
		return p, s.notThere(ctx, p.forge, p.branch, path, err)
	}
	if len(p.file.Data) > maxPost || !utf8.Valid(p.file.Data) {
		return p, refuse(http.StatusUnprocessableEntity, kindUnsupported, "%s is too large, or no UTF-8 text, so that Galley cannot publish it.", path)
	}
	if p.at, err = s.siteWith(ctx, p.forge, p.branch, p.file); err != nil {
		return p, err
	}
	p.tree, err = s.trees.of(ctx, p.forge, p.branch)
	return p, err
}

// fillPublished tells whether the default branch has the post, and where.
func (s *Server) fillPublished(ctx context.Context, p publishing, out *ready) error {
	file, err := p.forge.Read(ctx, p.info.DefaultBranch, p.file.Path)
	if err != nil {
		if errors.Is(err, forge.ErrNotFound) {
			return nil
		}
		return err
	}
	at, err := s.siteWith(ctx, p.forge, p.info.DefaultBranch, file)
	if err != nil {
		return err
	}
	out.Published = true
	return s.renders.run(ctx, &at.ending, func() {
		out.PublishedURL = at.site.Shell(file.Path, post.Parse(file.Data), site.Page{}.Document).URL
	})
}

// deadLinks finds the links and pictures of a post that lead nowhere in its site.
// It reads what a build would read.
func (s *Server) deadLinks(ctx context.Context, p publishing) ([]diag.Diagnostic, error) {
	files, err := forge.Snapshot(ctx, atTree{p.forge, p.tree}, "")
	if err != nil {
		return nil, err
	}
	var found []diag.Diagnostic
	var e ending
	running := s.renders.run(ctx, &e, func() {
		var whole *site.Site
		whole, _, err = site.Load(files, site.Options{Now: s.cfg.Clock(), BuiltIn: s.cfg.BuiltIn, Sass: s.cfg.Sass, Stop: e.Err})
		if err != nil {
			return
		}
		var check *site.PageCheck
		if check, err = site.NewPageCheck(ctx, whole); err != nil {
			return
		}
		page := whole.RenderPost(p.file.Path, p.file.Data)
		if err = e.Err(); err != nil {
			return
		}
		found = append(check.Pictures(p.file.Data, page), check.Links(p.file.Data, page)...)
	})
	if running != nil {
		return nil, running
	}
	return found, err
}

// words counts the words that a reader reads.
func words(html []byte) int {
	n := 0
	for z := nethtml.NewTokenizer(strings.NewReader(string(html))); ; {
		switch z.Next() {
		case nethtml.ErrorToken:
			return n
		case nethtml.TextToken:
			n += len(strings.Fields(string(z.Text())))
		}
	}
}

// defaultReading is how many words people read in a minute.
const defaultReading = 220

// reading is the settings' section galley.reading:
//
//	galley:
//	  reading: {minutes: 8, words: 220}
//
// the limit in minutes, and how many words are read in one.
func reading(galley map[string]any) (words, minutes int) {
	section, _ := galley["reading"].(map[string]any)
	words, _ = section["words"].(int)
	if words <= 0 {
		words = defaultReading
	}
	minutes, _ = section["minutes"].(int)
	return words, max(0, minutes)
}

// sentences tells what is wrong with a pattern of the settings.
func sentences(setting string, found []diag.Diagnostic) []string {
	var list []string
	for _, d := range found {
		list = append(list, fmt.Sprintf("The pattern %s in the settings: %v", setting, d.Message))
	}
	return list
}
