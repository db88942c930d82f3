package tray

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
)

// Item is one thing to report. Its texts are as they were read.
type Item struct {
	Title, URL      string
	Summary, Author string
	Source          string
	Date            time.Time // zero where nobody says
	Number          int
	Version         string
	Labels          []string
	// Content is an article's HTML as it was read, where a feed has it.
	Content string
	// Fields are what a form has, by name.
	Fields [][2]string
}

// Key names an item for ever, however its address is written: an editor who
// dismissed it says so by that. It is short, and no address, of which forges make
// links back.
func (i Item) Key(normalize func(address string) string) string {
	name := normalize(i.URL)
	if name == "" {
		name = i.Source + "\n" + i.Title + "\n" + i.Version
	}
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:KeyLength/2])
}

// KeyLength is how long a key is, in hexadecimal digits.
const KeyLength = 12

// what an item's texts may have, in bytes.
const (
	maxTitle   = 400
	maxSummary = 1000
	maxURL     = 2048
	maxLabels  = 30
	maxContent = 256 << 10
)

// cut bounds an item's texts.
func (i Item) cut() Item {
	i.Title, i.Author, i.Source, i.Version = oneLine(i.Title, maxTitle), oneLine(i.Author, maxTitle), oneLine(i.Source, maxTitle), oneLine(i.Version, maxTitle)
	i.Summary = oneLine(i.Summary, maxSummary)
	if len(i.Content) > maxContent {
		i.Content = "" // half of it would be another text
	}
	if len(i.URL) > maxURL {
		i.URL = ""
	}
	i.Labels = i.Labels[:min(len(i.Labels), maxLabels)]
	return i
}

// Arrange puts a tray's items in order, newest first, each once, none older than
// the tray wants and not more than it wants.
func (t Tray) Arrange(items []Item, now time.Time, normalize func(address string) string) []Item {
	slices.SortStableFunc(items, func(a, b Item) int { return b.Date.Compare(a.Date) })
	seen := map[string]bool{}
	var list []Item
	for _, i := range items {
		i = i.cut()
		key := i.Key(normalize)
		if i.Title == "" && i.URL == "" || seen[key] || t.Days > 0 && !i.Date.IsZero() && now.Sub(i.Date) > time.Duration(t.Days)*24*time.Hour {
			continue
		}
		if len(list) == t.Limit {
			break
		}
		seen[key] = true
		list = append(list, i)
	}
	return list
}

// oneLine makes a text one line of at most limit bytes, without signs that
// nobody sees.
func oneLine(text string, limit int) string {
	if len(text) > 4*limit {
		text = text[:4*limit]
	}
	text = strings.Map(func(r rune) rune {
		if hidden(r) {
			return -1
		}
		if r < 0x20 || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029 {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	text = strings.Join(strings.Fields(text), " ")
	if len(text) <= limit {
		return text
	}
	end := limit
	for end > 0 && text[end]&0xC0 == 0x80 {
		end--
	}
	return strings.TrimSpace(text[:end]) + "…"
}

// hidden tells whether a sign is not seen and changes how others are: those that
// turn the direction of a text, and those of no width.
func hidden(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200b || r == 0x200e || r == 0x200f || r == 0x2060 || r == 0xfeff || r == 0x061c
}

// since is the newer of two times.
func newer(a, b *time.Time) time.Time {
	var x, y time.Time
	if a != nil {
		x = *a
	}
	if b != nil {
		y = *b
	}
	return cmp.Or(x, y).UTC()
}
