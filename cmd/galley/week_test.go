package main

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"galley/internal/forge/github/githubtest"
	"galley/internal/sharedtest"
)

// weekSection is what a week brought for a section of an edition, and how a writer
// writes it.
type weekSection struct {
	Name string `json:"name"`
	// Deadline is what goes into the template's label, without it.
	Deadline string `json:"deadline"`
	// Text is what a writer types below the heading.
	Text string `json:"text"`
	// Items come from a tray, one after the other.
	Items []weekItem `json:"items"`
	// Bullets are typed: there is no item for them.
	Bullets []string `json:"bullets"`
}

// weekItem is one thing that is reported.
type weekItem struct {
	Title string `json:"title"` // as the tray shows it
	URL   string `json:"url"`
	// Rest is what the writer types behind it.
	Rest    string `json:"rest"`
	heading bool
}

var (
	weekLink     = regexp.MustCompile(`\[([^\[\]]+)\]\((https?://[^\s()]+)\)`)
	weekHeading  = regexp.MustCompile(`^### \[(.+)\]\((https?://[^\s()]+)\)$`)
	weekDeadline = regexp.MustCompile(`^\*\*Next Deadline: *(.+)\*\*$`)
	weekPull     = regexp.MustCompile(`^https://[^/]+/(.+)/pull/(\d+)$`)
	weekVersion  = regexp.MustCompile(`^(\S.*?) (v?\d+\.\d+\S*)$`)
	weekNumber   = regexp.MustCompile(`^\d+: `)
)

// readWeek takes an edition apart into what a week's writers had.
func readWeek(text string) (list []weekSection) {
	for i, part := range regexp.MustCompile(`(?m)^## `).Split(text, -1) {
		name, body, _ := strings.Cut(part, "\n")
		if i == 0 || strings.TrimSpace(body) == "" {
			continue
		}
		s := weekSection{Name: strings.TrimSpace(name), Items: []weekItem{}, Bullets: []string{}}
		for block := range strings.SplitSeq(body, "\n\n") {
			s.take(strings.TrimSpace(block))
		}
		list = append(list, s)
	}
	return list
}

func (s *weekSection) take(block string) {
	if block == "" {
		return
	}
	if m := weekDeadline.FindStringSubmatch(block); m != nil {
		s.Deadline = m[1]
		return
	}
	if m := weekHeading.FindStringSubmatch(block); m != nil {
		s.Items = append(s.Items, weekItem{Title: weekNumber.ReplaceAllString(m[1], ""), URL: m[2], heading: true})
		return
	}
	if !strings.HasPrefix(block, "* ") {
		if n := len(s.Items); n > 0 && s.Items[n-1].heading {
			s.Items[n-1].Rest += "\n\n" + block
		} else {
			s.Text += "\n\n" + block
		}
		return
	}
	for line := range strings.Lines(block) {
		line = strings.TrimPrefix(strings.TrimSpace(line), "* ")
		if m := weekLink.FindStringSubmatchIndex(line); m != nil {
			title := strings.ReplaceAll(line[m[2]:m[3]], "`", "")
			s.Items = append(s.Items, weekItem{Title: title, URL: line[m[4]:m[5]], Rest: line[m[1]:]})
		} else {
			s.Bullets = append(s.Bullets, line)
		}
	}
}

// weekTemplate is the file that an edition of these sections begins as.
func weekTemplate(list []weekSection) string {
	text := "---\nlayout: post\ntitle: Week Ending Month DD, YYYY\ndate: POST_DATE\nslug: POST_SLUG\n---\n"
	for _, s := range list {
		text += "\n## " + s.Name + "\n"
		if s.Deadline != "" {
			text += "\n**Next Deadline:**\n"
		}
		if len(s.Bullets) > 0 || slices.ContainsFunc(s.Items, func(i weekItem) bool { return !i.heading }) {
			text += "\n*\n"
		}
	}
	return text
}

// weekTrays gives the settings of the trays with a week's items, the files that they
// read, by section, and what a search finds.
func weekTrays(list []weekSection, feeds string, now time.Time) (settings string, files, served map[string]string, found []githubtest.Merged) {
	files, served = map[string]string{}, map[string]string{}
	for n := range list {
		s := &list[n]
		if len(s.Items) == 0 {
			continue
		}
		bullet := "[{{ item.title }}]({{ item.url }})"
		if s.Items[0].heading {
			bullet = "### " + bullet
		}
		all := func(is func(weekItem) bool) bool {
			return !slices.ContainsFunc(s.Items, func(i weekItem) bool { return !is(i) })
		}
		settings += fmt.Sprintf("    - {name: %q, section: %q, ", s.Name, s.Name)
		switch {
		case all(func(i weekItem) bool { return weekPull.MatchString(i.URL) }):
			label := fmt.Sprintf("section-%d", n)
			repo := ""
			for _, i := range s.Items {
				m := weekPull.FindStringSubmatch(i.URL)
				if repo = m[1]; !strings.Contains(repo, "/") {
					repo = "tidewatch/" + repo
				}
				number := 0
				_, _ = fmt.Sscan(m[2], &number)
				found = append(found, githubtest.Merged{Repo: repo, Number: number, Title: i.Title, URL: i.URL, Author: "somebody", Labels: []string{label}, Day: now})
			}
			// Another week's is not this one's.
			found = append(found, githubtest.Merged{Repo: repo, Number: 1, Title: "Of another week", Labels: []string{label}, Day: now.AddDate(0, 0, -30)})
			if s.Items[0].heading {
				bullet = "### [{{ item.number }}: {{ item.title }}]({{ item.url }})"
			}
			settings += fmt.Sprintf("kind: pulls, query: 'repo:%s is:pr label:%s merged:{since}..{until}', ", repo, label)
		case all(func(i weekItem) bool { return weekVersion.MatchString(i.Title) }):
			text := "# Releases\n"
			for k := range s.Items {
				m := weekVersion.FindStringSubmatch(s.Items[k].Title)
				text += fmt.Sprintf("\n## [%s %s](%s)\n\n* One fix\n", m[1], m[2], s.Items[k].URL)
			}
			files[fmt.Sprintf("_material/notes-%d.md", n)] = text
			settings += fmt.Sprintf("kind: notes, where: _material/notes-%d.md, ", n)
		default:
			text := `<rss version="2.0"><channel><title>News</title>`
			for k, i := range s.Items {
				text += fmt.Sprintf("<item><title>%s</title><link>%s</link><pubDate>%s</pubDate></item>", html.EscapeString(i.Title), html.EscapeString(i.URL), now.Add(-time.Duration(k)*time.Minute).Format(time.RFC1123Z))
			}
			name := fmt.Sprintf("/feed-%d.xml", n)
			served[name] = text + "</channel></rss>"
			settings += fmt.Sprintf("kind: feed, where: %q, ", feeds+name)
		}
		settings += fmt.Sprintf("bullet: %q}\n", bullet)
	}
	return settings, files, served, found
}

// weekEditions are the texts of two editions that followed each other, newest last,
// with their names: real ones where they are there.
func weekEditions(t *testing.T) (names []string, texts []string) {
	t.Helper()
	files := sharedtest.Files("corpus/posts/*.md")
	if len(files) < 2 {
		// The newest with nothing in it that the other has reported.
		files = []string{"../../internal/example/site/_posts/2026-02-08-update.md", "../../internal/example/site/_posts/2026-03-22-update.md"}
	}
	for _, file := range files[len(files)-2:] {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		names, texts = append(names, filepath.Base(file)), append(texts, string(data))
	}
	return names, texts
}
