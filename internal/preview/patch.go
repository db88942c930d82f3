package preview

import (
	"bytes"

	"galley/internal/markdown"
	"galley/internal/site"
)

// Patch leads from one page to the next.
type Patch struct {
	// Kind is "page" for the whole page, "blocks" for some of its blocks.
	Kind string `json:"kind"`

	// HTML is the whole page.
	HTML string `json:"html,omitempty"`
	// Slot is the page around its blocks; nil when they cannot be patched
	// alone: a block is not whole HTML, or the template changed the content.
	// In a patch of blocks it is what the page around them became, nil when
	// that is as it was.
	Slot *Slot `json:"slot,omitempty"`
	// Blocks are the blocks' HTML; joined they are the content.
	Blocks []string `json:"blocks,omitempty"`

	// At, Remove and Insert replace blocks: Remove of them from number At on,
	// by those with the HTML in Insert.
	At     int      `json:"at"`
	Remove int      `json:"remove"`
	Insert []string `json:"insert,omitempty"`
}

// Slot is the page around its content.
type Slot struct {
	Before string `json:"before"`
	After  string `json:"after"`
}

// wholePage is the patch that needs no page before it.
func (v *view) wholePage() *Patch {
	if v.live == nil {
		return wholePage(v.page)
	}
	content := v.live.Document()
	slot := v.slot()
	p := &Patch{Kind: "page", HTML: slot.Before + string(content.HTML()) + slot.After}
	if v.live.Balanced() {
		p.Slot = slot
		for _, b := range content.Blocks {
			p.Blocks = append(p.Blocks, string(b.HTML))
		}
	}
	return p
}

// slot is the page around the blocks, of a page in parts.
func (v *view) slot() *Slot {
	at := v.page.ContentStart
	return &Slot{string(v.page.HTML[:at]), string(v.page.HTML[at:])}
}

// blocks is the patch for a change of blocks.
func (v *view) blocks(c markdown.Change) *Patch {
	p := &Patch{Kind: "blocks", At: c.At, Remove: c.Removed}
	for _, b := range v.live.Blocks(c.At, c.At+c.Inserted) {
		p.Insert = append(p.Insert, string(b.HTML))
	}
	return p
}

// wholePage is the patch that needs no page before it, for a page that is
// rendered as a whole.
func wholePage(page site.Page) *Patch {
	p := &Patch{Kind: "page", HTML: string(page.HTML)}
	if patchable(page) {
		p.Slot = &Slot{string(page.HTML[:page.ContentStart]), string(page.HTML[page.ContentEnd:])}
		for _, b := range page.Document.Blocks {
			p.Blocks = append(p.Blocks, string(b.HTML))
		}
	}
	return p
}

// patch is the smallest patch from one page to the next, both rendered as a
// whole; nil when they are the same.
func patch(from, to site.Page) *Patch {
	equal := bytes.Equal(from.HTML, to.HTML)
	if !patchable(from) && !patchable(to) && equal {
		return nil
	}
	if !patchable(from) || !patchable(to) ||
		!bytes.Equal(from.HTML[:from.ContentStart], to.HTML[:to.ContentStart]) ||
		!bytes.Equal(from.HTML[from.ContentEnd:], to.HTML[to.ContentEnd:]) {
		return wholePage(to)
	}
	was, is := from.Document.Blocks, to.Document.Blocks
	at := 0
	for at < len(was) && at < len(is) && same(was[at], is[at]) {
		at++
	}
	tail := 0
	for tail < len(was)-at && tail < len(is)-at && same(was[len(was)-1-tail], is[len(is)-1-tail]) {
		tail++
	}
	if equal && at+tail == len(was) && at+tail == len(is) {
		return nil
	}
	p := &Patch{Kind: "blocks", At: at, Remove: len(was) - at - tail}
	for _, b := range is[at : len(is)-tail] {
		p.Insert = append(p.Insert, string(b.HTML))
	}
	return p
}

func same(a, b markdown.Block) bool { return bytes.Equal(a.HTML, b.HTML) }

// patchable tells whether the content stands in the page as it is, and each of
// its blocks can be parsed alone.
func patchable(page site.Page) bool {
	if page.ContentStart < 0 {
		return false
	}
	for _, b := range page.Document.Blocks {
		if !b.Balanced {
			return false
		}
	}
	return true
}
