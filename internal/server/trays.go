package server

import (
	"context"
	"net/http"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"galley/internal/forge"
	"galley/internal/guard"
	"galley/internal/post"
	"galley/internal/postindex"
	"galley/internal/site"
	"galley/internal/tray"
)

// trayList is what lies beside the editor.
type trayList struct {
	Trays []trayAnswer `json:"trays"`
	// Dismissed is what somebody does not want reported, as the open pull requests
	// for the branch say.
	Dismissed []dismissal `json:"dismissed"`
	// Wrong is what is wrong with the settings.
	Wrong []string `json:"wrong"`
}

// trayAnswer is one tray.
type trayAnswer struct {
	Name    string     `json:"name"`
	Kind    string     `json:"kind"`
	Section string     `json:"section"`
	Items   []trayItem `json:"items"`
	// Trouble is what could not be read, in sentences.
	Trouble []string `json:"trouble"`
}

// dismissal is an item that somebody does not want reported.
type dismissal struct {
	Key    string `json:"key"`
	Person person `json:"person"`
	// Own: it is whoever asks.
	Own bool `json:"own"`
}

// trayItem is one thing to report.
type trayItem struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	URL   string `json:"url"`
	// Source is where it comes from, in a word or two.
	Source string `json:"source"`
	// Date is a day, or empty.
	Date string `json:"date"`
	// Bullet is the Markdown that reports it.
	Bullet string `json:"bullet"`
	// Reported is the other post that has reported it, and the section; empty for
	// none.
	Reported string `json:"reported"`
	// ReportedPath and ReportedLine are where; empty and 0 for nowhere.
	ReportedPath string `json:"reportedPath"`
	ReportedLine int    `json:"reportedLine"`
}

const (
	// trayLife is how old an answer of others may be, and freshTray when somebody
	// asks for a new one.
	trayLife  = 15 * time.Minute
	freshTray = 20 * time.Second
	// trayTime is how long somebody waits for all trays.
	trayTime = 40 * time.Second
	// reportedWait is how long for what posts have reported.
	reportedWait = 2 * time.Second
)

// getTrays answers GET /api/trays: the material for a post, as the settings of
// the default branch name it. Files are those of the post's branch. With fresh=1
// others are asked anew.
func (s *Server) getTrays(r *http.Request) (any, error) {
	f, branch, err := s.forgeAndBranch(r)
	if err != nil {
		return nil, err
	}
	p, err := s.published(r.Context(), f)
	if err != nil {
		return nil, err
	}
	trays, wrong := tray.Read(p.config.Galley)
	list := trayList{Trays: make([]trayAnswer, len(trays)), Dismissed: []dismissal{}, Wrong: append([]string{}, wrong...)}
	if len(trays) == 0 {
		return list, nil
	}
	if forge.IsForked(branch) {
		branch = p.name
	}
	within := trayLife
	if r.URL.Query().Get("fresh") != "" {
		within = freshTray
	}
	ctx, cancel := context.WithTimeout(r.Context(), trayTime)
	defer cancel()
	reader, err := s.trayReader(ctx, f, branch, within)
	if err != nil {
		return nil, err
	}
	if finder, err := s.finder(r); err != nil {
		return nil, err
	} else if finder != nil {
		reader.Search, reader.Releases = searches(finder), releases(finder)
	}
	reader.From, reader.Until = editionDays(p.config, r.URL.Query().Get("path"), reader.Now)
	file := r.URL.Query().Get("path")
	index, err := s.indexAt(ctx, f, branch, p.config, reportedWait)
	if err != nil {
		s.tell(r, err) // what was reported is not known then
		index = nil
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(6)
	for i, t := range trays {
		group.Go(guard.Work(func() error {
			items, trouble := reader.Items(ctx, t)
			a := trayAnswer{Name: t.Name, Kind: string(t.Kind), Section: t.Section, Items: []trayItem{}, Trouble: append([]string{}, trouble...)}
			for _, item := range items {
				bullet, err := t.Bullet(item, reader.Now)
				if err != nil {
					a.Trouble = append(a.Trouble, "The rule for bullets of this tray does not work: "+err.Error())
					break
				}
				shown := trayItem{Key: item.Key(reader.Normalize), Title: item.Title, URL: item.URL, Source: item.Source, Bullet: bullet}
				if index != nil {
					shown.Reported, shown.ReportedPath, shown.ReportedLine = reported(index.Index, item.URL, file)
				}
				if !item.Date.IsZero() {
					shown.Date = item.Date.In(p.config.Location).Format(time.DateOnly)
				}
				a.Items = append(a.Items, shown)
			}
			list.Trays[i] = a
			return nil
		}))
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	if list.Dismissed, err = dismissed(r.Context(), f, branch); err != nil {
		return nil, err
	}
	return list, nil
}

// reported names the newest other post that is about an address.
func reported(index *postindex.Index, address, file string) (name, path string, line int) {
	for _, m := range index.Lookup(address) {
		if m.Path == file || m.Kind == postindex.Passing {
			continue
		}
		if name = m.Title; m.Section != "" {
			name += ", " + m.Section
		}
		return name, m.Path, m.Line
	}
	return "", "", 0
}

// trayReader reads for the trays of one request.
func (s *Server) trayReader(ctx context.Context, f forge.Forge, branch string, within time.Duration) (tray.Reader, error) {
	files, err := forge.Snapshot(ctx, f, branch)
	if err != nil {
		return tray.Reader{}, err
	}
	reader := tray.Reader{Files: files, Normalize: postindex.Normalize, Now: s.cfg.Clock()}
	reader.Work = func(ctx context.Context, work func()) error {
		var e ending // it is short: what is unlike a feed is not parsed
		return s.renders.run(ctx, &e, work)
	}
	if s.cfg.Fetch != nil {
		reader.Get = func(ctx context.Context, address string) ([]byte, string, error) {
			a, err := s.cfg.Fetch.Get(ctx, address, within)
			if a == nil {
				return nil, "", err
			}
			if !a.OK() {
				return nil, "", refuse(http.StatusBadGateway, kindUnavailable, "%s answers with %d %s", address, a.Status, http.StatusText(a.Status))
			}
			return a.Body, a.At, err
		}
	}
	return reader, nil
}

// finder is what finds more than the repository has, where the forge does.
func (s *Server) finder(r *http.Request) (forge.Finder, error) {
	f, err := s.cfg.Forge(r) // without what is around it
	if err != nil {
		return nil, err
	}
	finder, _ := f.(forge.Finder)
	return finder, nil
}

// searches makes material of what a search finds.
func searches(finder forge.Finder) func(context.Context, string) ([]tray.Item, error) {
	return func(ctx context.Context, query string) ([]tray.Item, error) {
		list, err := finder.Find(ctx, query)
		items := make([]tray.Item, len(list))
		for i, f := range list {
			items[i] = tray.Item{
				Title: f.Title, URL: f.URL, Author: f.Author.Login, Source: f.Repository, Date: f.Date, Number: f.Number, Labels: f.Labels,
				Fields: tray.ReadForm(f.Body),
			}
		}
		return items, err
	}
}

// releases makes material of a repository's releases.
func releases(finder forge.Finder) func(context.Context, string) ([]tray.Item, error) {
	return func(ctx context.Context, repository string) ([]tray.Item, error) {
		list, err := finder.Releases(ctx, repository)
		items := make([]tray.Item, len(list))
		for i, r := range list {
			_, name, _ := strings.Cut(repository, "/")
			items[i] = tray.Item{Title: name + " " + r.Tag, URL: r.URL, Source: repository, Date: r.Date, Version: r.Tag, Summary: r.Name}
		}
		return items, err
	}
}

// editionDays are the days that a post is about: those since the edition before
// it, by the settings' rule; without one the seven days before.
func editionDays(c site.Config, file string, now time.Time) (from, until time.Time) {
	until = now.In(c.Location)
	if name, ok := post.ParseName(file); ok {
		if name.Year < 100 {
			name.Year += 2000
		}
		until = time.Date(name.Year, time.Month(name.Month), name.Day, 0, 0, 0, 0, c.Location)
	}
	from = until.AddDate(0, 0, -6)
	if rule, ok := c.EditionRule(); ok {
		for day := 1; day <= 31; day++ {
			if rule.On(until.AddDate(0, 0, -day)) {
				return until.AddDate(0, 0, 1-day), until
			}
		}
	}
	return from, until
}

// dismissed is what open pull requests for a branch, or from it, dismiss.
func dismissed(ctx context.Context, f forge.Forge, branch string) ([]dismissal, error) {
	info, err := f.Info(ctx)
	if err != nil {
		return nil, err
	}
	pulls, err := f.PullRequests(ctx)
	if err != nil {
		return nil, err
	}
	list := []dismissal{}
	for _, p := range pulls {
		if p.State != forge.Open || p.Base != branch && p.Branch != branch {
			continue
		}
		for _, key := range forge.Dismissed(p.Body) {
			list = append(list, dismissal{key, person{Login: p.Author.Login, Name: p.Author.Name}, isSame(p.Author, info.Person)})
		}
	}
	return list, nil
}
