package tray

import (
	"bytes"
	"fmt"
	"net/url"

	"github.com/mmcdole/gofeed"

	"galley/internal/site/plaintext"
)

// readFeed reads an RSS, Atom or JSON feed. at is where it was read, for
// addresses that go from there.
func readFeed(data []byte, at string) (items []Item, err error) {
	defer func() {
		if r := recover(); r != nil { // another's parser, on anybody's bytes
			items, err = nil, fmt.Errorf("the feed cannot be read")
		}
	}()
	data = withoutControls(data)
	if err := bounded(data); err != nil {
		return nil, err
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	for _, entry := range feed.Items {
		if len(items) == maxRead {
			break
		}
		i := Item{
			Title:   plaintext.Words(entry.Title),
			URL:     resolve(at, entry.Link),
			Summary: plaintext.Words(within(entry.Description, 8*maxSummary)),
			Source:  plaintext.Words(feed.Title),
			Date:    newer(entry.PublishedParsed, entry.UpdatedParsed),
		}
		if i.Content = entry.Content; i.Content == "" {
			i.Content = entry.Description
		}
		if i.Summary == "" {
			i.Summary = plaintext.Words(within(entry.Content, 8*maxSummary))
		}
		if len(entry.Authors) > 0 && entry.Authors[0] != nil {
			i.Author = entry.Authors[0].Name
		}
		items = append(items, i)
	}
	return items, nil
}

// maxRead is how many items are read of one place.
const maxRead = 1000

// resolve makes an address of the web of one that may go from another; empty for
// every other.
func resolve(base, address string) string {
	u, err := url.Parse(address)
	if err != nil || address == "" {
		return ""
	}
	if from, err := url.Parse(base); err == nil && from.IsAbs() {
		u = from.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

func within(text string, limit int) string { return text[:min(len(text), limit)] }
