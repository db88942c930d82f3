// Package planet makes the data of a page that gathers articles of many feeds by
// day, as aggregators do. The settings name them:
//
//	galley:
//	  fetch:
//	    - name: planet         # the file _data/planet.json
//	      where: [https://blog.example.org/feed.xml, _material/*.xml]
//	      days: 60             # how old an article may be; any age without it
//	      limit: 40            # how many, the newest; 100 without it
//
// and a page shows site.data.planet.days, each with day and articles, each of these
// with title, url, author, source, date, summary and content.
//
// content is HTML that a page may show: bluemonday, which knows what browsers do with
// HTML, takes out all that could act, and code has its colours. What it is made of is
// anybody's.
package planet

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"time"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"galley/internal/formatting"
	"galley/internal/tray"
)

// Planet is what gathers articles: a tray of feeds, named as its file.
type Planet struct{ tray.Tray }

var fileName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

// Read reads the settings' section galley, and tells in sentences what is wrong.
func Read(galley map[string]any) (planets []Planet, wrong []string) {
	if galley["fetch"] == nil {
		return nil, nil
	}
	list, ok := galley["fetch"].([]any)
	if !ok {
		return nil, []string{"fetch in the section galley should be a list."}
	}
	all := make([]any, len(list))
	for i, entry := range list {
		all[i] = entry
		if settings, ok := entry.(map[string]any); ok {
			with := map[string]any{"kind": string(tray.Feed)}
			for key, value := range settings {
				with[key] = value
			}
			all[i] = with
		}
	}
	trays, wrong := tray.Read(map[string]any{"trays": all})
	for _, t := range trays {
		switch {
		case t.Kind != tray.Feed:
			wrong = append(wrong, "“"+t.Name+"” under fetch in the section galley is left out: only feeds have articles.")
		case !fileName.MatchString(t.Name):
			wrong = append(wrong, "“"+t.Name+"” under fetch in the section galley is left out: its name should be that of a file, in letters, digits, - and _.")
		default:
			planets = append(planets, Planet{t})
		}
	}
	return planets, wrong
}

// File is where the data goes, in the site's data folder.
func (p Planet) File(folder string) string { return folder + "/" + p.Name + ".json" }

type day struct {
	Day      string    `json:"day"`
	Articles []article `json:"articles"`
}

type article struct {
	Title   string `json:"title"`
	URL     string `json:"url"`
	Author  string `json:"author"`
	Source  string `json:"source"`
	Date    string `json:"date"`
	Summary string `json:"summary"`
	Content string `json:"content"`
}

// Data is the file that a page is made of. highlight colours code in a language, as
// HTML. The same articles make the same bytes.
func (p Planet) Data(items []tray.Item, zone *time.Location, highlight func(code, language string) string) ([]byte, error) {
	days := []day{}
	clean := newCleaner(highlight)
	for _, i := range items {
		a := article{Title: i.Title, URL: i.URL, Author: i.Author, Source: i.Source, Summary: i.Summary, Content: clean.html(i.Content)}
		name := ""
		if !i.Date.IsZero() {
			date := i.Date.In(zone)
			name, a.Date = date.Format(time.DateOnly), date.Format(time.RFC3339)
		}
		if n := len(days); n == 0 || days[n-1].Day != name {
			days = append(days, day{Day: name})
		}
		last := &days[len(days)-1]
		last.Articles = append(last.Articles, a)
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(map[string]any{"days": days})
	return out.Bytes(), err
}

// cleaner makes HTML of others harmless.
type cleaner struct {
	policy    *bluemonday.Policy
	highlight func(code, language string) string
}

var language = regexp.MustCompile(`^(?:language|lang|highlight-source|brush:)-?([A-Za-z0-9+#_-]+)$`)

func newCleaner(highlight func(code, language string) string) cleaner {
	p := bluemonday.UGCPolicy()
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^[A-Za-z0-9 +#_:-]{1,100}$`)).OnElements("code", "pre")
	p.RequireNoFollowOnLinks(true)
	p.AllowURLSchemes("http", "https")
	return cleaner{p, highlight}
}

// html gives what may be shown. Headings go two levels down, below those of the
// page, and ids are taken out, of which the page has its own.
func (c cleaner) html(text string) string {
	safe := c.policy.Sanitize(text)
	nodes, err := formatting.ParseFragment([]byte(safe), &html.Node{Type: html.ElementNode, DataAtom: atom.Div, Data: "div"})
	if err != nil {
		return html.EscapeString(safe)
	}
	var out bytes.Buffer
	for _, n := range nodes {
		c.walk(n, 0)
		if html.Render(&out, n) != nil {
			return ""
		}
	}
	return out.String()
}

const maxDepth = 200

func (c cleaner) walk(n *html.Node, depth int) {
	if depth > maxDepth {
		n.FirstChild, n.LastChild = nil, nil
		return
	}
	if n.Type == html.ElementNode {
		var kept []html.Attribute
		for _, a := range n.Attr {
			if a.Key != "id" {
				kept = append(kept, a)
			}
		}
		n.Attr = kept
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4:
			level := n.Data[1] + 2
			n.Data = "h" + string(level)
			n.DataAtom = atom.Lookup([]byte(n.Data))
		case atom.Pre:
			c.colour(n)
			return
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.walk(child, depth+1)
	}
}

// colour colours a block of code whose language its class names.
func (c cleaner) colour(pre *html.Node) {
	code, name := textOf(pre, 0), ""
	look := func(n *html.Node) {
		for _, a := range n.Attr {
			for class := range strings.FieldsSeq(a.Val) {
				if m := language.FindStringSubmatch(class); m != nil && a.Key == "class" && name == "" {
					name = m[1]
				}
			}
		}
	}
	look(pre)
	for child := pre.FirstChild; child != nil; child = child.NextSibling {
		look(child)
	}
	inner := html.EscapeString(code)
	if name != "" && c.highlight != nil {
		inner = c.highlight(code, name)
	}
	pre.Attr = []html.Attribute{{Key: "class", Val: "highlight"}}
	pre.FirstChild, pre.LastChild = nil, nil
	pre.AppendChild(&html.Node{Type: html.RawNode, Data: "<code>" + inner + "</code>"})
}

func textOf(n *html.Node, depth int) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	if n.DataAtom == atom.Br {
		b.WriteString("\n")
	}
	for child := n.FirstChild; child != nil && depth < maxDepth; child = child.NextSibling {
		b.WriteString(textOf(child, depth+1))
	}
	return b.String()
}
