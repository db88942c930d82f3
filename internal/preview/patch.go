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
	// that is as it was; a patch may then have no ranges at all.
	Slot *Slot `json:"slot,omitempty"`
	// Blocks are the blocks' HTML; joined they are the content.
	Blocks []string `json:"blocks,omitempty"`

	// Ranges are the blocks that give way to others, ascending and not
	// overlapping.
	Ranges []Range `json:"ranges,omitempty"`
}

// Range replaces blocks: Remove of them from number At on, in the list before
// the patch, by those with the HTML in Insert.
type Range struct {
	At     int      `json:"at"`
	Remove int      `json:"remove"`
	Insert []string `json:"insert"`
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
	return blocksPatch(c.Ranges, v.live.Blocks)
}

// blocksPatch makes the patch for ranges of blocks; is gives the new list's
// blocks from one number to another.
func blocksPatch(ranges []markdown.Range, is func(from, to int) []markdown.Block) *Patch {
	p := &Patch{Kind: "blocks"}
	moved := 0
	for _, r := range ranges {
		one := Range{At: r.At, Remove: r.Removed, Insert: make([]string, 0, r.Inserted)}
		for _, b := range is(r.At+moved, r.At+moved+r.Inserted) {
			one.Insert = append(one.Insert, string(b.HTML))
		}
		p.Ranges = append(p.Ranges, one)
		moved += r.Inserted - r.Removed
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
	if !patchable(from) || !patchable(to) {
		return wholePage(to)
	}
	is := to.Document.Blocks
	p := blocksPatch(markdown.Ranges(from.Document.Blocks, is), func(a, b int) []markdown.Block { return is[a:b] })
	before, after := to.HTML[:to.ContentStart], to.HTML[to.ContentEnd:]
	if !bytes.Equal(from.HTML[:from.ContentStart], before) || !bytes.Equal(from.HTML[from.ContentEnd:], after) {
		p.Slot = &Slot{string(before), string(after)}
	}
	if len(p.Ranges) == 0 && p.Slot == nil {
		return nil
	}
	return p
}

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
