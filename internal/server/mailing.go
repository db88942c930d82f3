package server

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"strings"
	"time"

	"galley/internal/forge"
	"galley/internal/mail"
	"galley/internal/post"
	"galley/internal/site"
)

// draftTime is how long a mailing service may take.
const draftTime = 40 * time.Second

// readyMail is the post as a mail.
type readyMail struct {
	Subject string        `json:"subject"`
	Preview string        `json:"preview"`
	HTML    string        `json:"html"`
	Text    string        `json:"text"`
	Found   []mailFinding `json:"found"`
	// Service is the name of the mailing service in which this person may make a
	// draft; empty for none.
	Service string `json:"service"`
}

// mailFinding is what should be looked at before a mail is sent.
type mailFinding struct {
	Code    string `json:"code"`
	Error   bool   `json:"error"`
	Message string `json:"message"`
}

// drafted is the draft of a mail at a mailing service.
type drafted struct {
	Service string `json:"service"`
	URL     string `json:"url"`
	// Subject and Address are what the draft has.
	Subject string `json:"subject"`
	Address string `json:"address"`
	Updated bool   `json:"updated"`
	// Sent: a mail of the post was sent before.
	Sent bool `json:"sent"`
}

// postMail answers POST /api/mail: it makes the draft of a post's mail at the
// mailing service, for who may push to the repository itself. The mail is made
// here, of what the branch has: nobody sends another text by the newsletter's key.
// What somebody wrote at the service is in the way until the request names it.
func (s *Server) postMail(r *http.Request) (any, error) {
	var m struct {
		Branch string `json:"branch"`
		Path   string `json:"path"`
		// Blob is the post's as it was looked at: no draft is made of another text.
		Blob string `json:"blob"`
		// Stamp dates the post now, for a mail that is made before it is published.
		Stamp bool `json:"stamp"`
		// Seen is the mail in the way that a person wants replaced, or, with Beside,
		// left as it is.
		Seen   string `json:"seen"`
		Beside bool   `json:"beside"`
	}
	if err := readJSON(r, &m); err != nil {
		return nil, err
	}
	if s.cfg.Mail == nil {
		return nil, refuse(http.StatusUnprocessableEntity, kindUnsupported, "This Galley has no key of a mailing service. Copy the mail, or have whoever runs Galley give it one.")
	}
	p, err := s.publishing(r, m.Branch, m.Path)
	if err != nil {
		return nil, err
	}
	if !p.info.CanPush {
		return nil, refuse(http.StatusForbidden, kindForbidden, "Only who may push to %s makes drafts of its mails.", p.info.Name)
	}
	if m.Blob != p.file.Blob {
		return nil, forge.Errorf(forge.ErrStale, nil, "%s was changed since you looked at it. No draft was made; look at the mail again, then make it.", p.file.Path)
	}
	src := p.file.Data
	if m.Stamp {
		if src, err = s.stamp(p); err != nil {
			return nil, err
		}
	}
	var made *mail.Mail
	var told []string
	var address string
	err = s.renders.run(r.Context(), &p.at.ending, func() {
		parsed := post.Parse(src)
		made, told = p.mail(parsed)
		address = p.at.site.Head(p.file.Path, parsed).URL
	})
	if err != nil {
		return nil, err
	}
	if made == nil {
		return nil, refuse(http.StatusUnprocessableEntity, kindUnsupported, "%s", s.assets.pages.of(r).findings.Say(told[len(told)-1]))
	}
	// Once begun it is finished, whether somebody still waits for the answer or not.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), draftTime)
	defer cancel()
	d, err := s.cfg.Mail.Draft(ctx, mail.Draft{Key: p.file.Path, Address: address, Seen: m.Seen, Beside: m.Beside, Mail: *made})
	var way *mail.InTheWay
	if errors.As(err, &way) {
		return nil, inTheWay(s.cfg.Mail.Name(), way)
	} else if err != nil {
		return nil, mailProblem(err)
	}
	return drafted{s.cfg.Mail.Name(), d.URL, made.Subject, address, d.Updated, d.Sent}, nil
}

// mailPage answers GET /mail: the mail as its readers see it, for a frame that
// shares nothing with the app. It holds a post's HTML and is as hostile.
func (s *Server) mailPage(w http.ResponseWriter, r *http.Request) {
	page, status := "", http.StatusOK
	m, config, err := s.mailOf(r)
	if err != nil {
		p := s.tell(r, err)
		status = p.status
		page = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Mail</title></head><body><p>" + html.EscapeString(p.Sentence) + "</p></body></html>\n"
	} else {
		// What is not published yet has no picture at its address.
		page = strings.ReplaceAll(m.HTML, `src="`+config.URL+config.BaseURL+"/", `src="/`)
	}
	h := w.Header()
	mailPolicy(h, r.Host)
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, page)
}

// mailOf makes the mail that a request names.
func (s *Server) mailOf(r *http.Request) (*mail.Mail, site.Config, error) {
	p, err := s.publishing(r, r.URL.Query().Get("branch"), r.URL.Query().Get("path"))
	if err != nil {
		return nil, site.Config{}, err
	}
	src := p.file.Data
	if r.URL.Query().Get("stamp") == "1" {
		if src, err = s.stamp(p); err != nil {
			return nil, site.Config{}, err
		}
	}
	var m *mail.Mail
	var told []string
	if err := s.renders.run(r.Context(), &p.at.ending, func() { m, told = p.mail(post.Parse(src)) }); err != nil {
		return nil, site.Config{}, err
	}
	if m == nil {
		return nil, site.Config{}, refuse(http.StatusUnprocessableEntity, kindUnsupported, "%s", s.assets.pages.of(r).findings.Say(told[len(told)-1]))
	}
	return m, p.at.site.Config(), nil
}

// mailProblem is what the browser is told of a mailing service's error.
func mailProblem(err error) error {
	status, k := http.StatusBadGateway, kindUnavailable
	switch {
	case errors.Is(err, mail.ErrUnauthorized):
		// Not 401: it is not this person who has to sign in again.
		status, k = http.StatusUnprocessableEntity, kindUnsupported
	case errors.Is(err, mail.ErrRefused):
		status, k = http.StatusUnprocessableEntity, kindInvalid
	}
	return &refusal{problem: problem{Kind: k, Sentence: sentence(err), status: status}, cause: err}
}

// mailLayout is the layout of a site's mails, where it brings one.
const mailLayout = "mail"

// mail makes the post's mail; nil where that cannot be. What is wrong is told, a
// sentence each.
func (p publishing) mail(parsed post.Post) (*mail.Mail, []string) {
	s, path := p.at.site, p.file.Path
	config := s.Config()
	settings, told := mail.ReadSettings(config.Galley)
	subject, wrong := site.Fill(s, path, parsed, settings.Subject)
	told = append(told, sentences("galley.mail.subject", wrong)...)
	preview, wrong := site.Fill(s, path, parsed, settings.Preview)
	told = append(told, sentences("galley.mail.preview", wrong)...)
	in := mail.Post{Subject: subject, Preview: preview, Site: config.Title, Language: config.Lang, Room: settings.Room, PictureSize: p.pictureSize, Stop: p.at.ending.Err}
	layout := "none"
	own := site.HasLayout(s, mailLayout)
	if own {
		layout = mailLayout
	}
	src, err := post.SetKey(parsed.Source, "layout", layout)
	if err != nil {
		return nil, append(told, noMail(err))
	}
	page := s.RenderPost(path, src)
	in.Title, in.Address = page.Title, page.URL
	if own {
		in.HTML = page.HTML
	} else {
		in.Content = page.HTML
	}
	m, err := mail.Make(in)
	if err != nil {
		return nil, append(told, noMail(err))
	}
	return &m, told
}

// noMail tells why there is none.
func noMail(err error) string { return fmt.Sprintf("No mail can be made of this post: %v.", err) }

// pictureSize is how large a picture of the site is, by its address.
func (p publishing) pictureSize(address string) (int, bool) {
	config := p.at.site.Config()
	path, ok := strings.CutPrefix(address, config.URL+config.BaseURL+"/")
	if !ok || config.URL == "" {
		return 0, false
	}
	for _, e := range p.tree.Entries {
		if e.Path == path {
			return e.Size, true
		}
	}
	return 0, false
}

func newReadyMail(m mail.Mail) *readyMail {
	out := &readyMail{Subject: m.Subject, Preview: m.Preview, HTML: m.HTML, Text: m.Text, Found: []mailFinding{}}
	for _, f := range m.Found {
		out.Found = append(out.Found, mailFinding{f.Code, f.Error, f.Message})
	}
	return out
}
