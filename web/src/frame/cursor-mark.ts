// Cursor mark draws a line beside the block that the editor's cursor is in. It
// is a pseudo-element of the root, placed by a style sheet that the document
// adopts: no node, no attribute and no layout of the page is touched by it.

import { boxOf as rectangleOf, rootOf, setSheets, sheetsOf } from "./dom"

export interface Box {
  top: number
  bottom: number
  left: number
}

export interface CursorMark {
  /// Marks a block, wherever it is now; -1 takes the mark away.
  set(block: number): void
}

/// `boxOf` tells where a block is in the window; null where it is not to be
/// seen.
export function createCursorMark(document: Document, boxOf: (block: number) => Box | null): CursorMark {
  const root = rootOf(document)
  let rule: CSSStyleRule | null = null
  let block = -1
  let shown = ""

  /// The rule that draws the mark; null where the page uses both of the root's
  /// pseudo-elements itself.
  function adopt(): CSSStyleRule | null {
    const free = ["::after", "::before"].find(name => /^(none|normal)$/.test(getComputedStyle(root, name).content))
    if (!free) return null
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`html${free} {}`)
    setSheets(document, [...sheetsOf(document), sheet])
    return sheet.cssRules[0] as CSSStyleRule
  }

  function place(): void {
    const box = block < 0 ? null : boxOf(block)
    let style = ""
    if (box) {
      // Offsets count from the page's corner, or from the root's where that is
      // positioned.
      const { position, transform } = getComputedStyle(root)
      const from = position === "static" && transform === "none" ? { left: -scrollX, top: -scrollY } : rectangleOf(root)
      const left = Math.max(2, box.left - 16) - from.left
      style = `content:"";position:absolute;z-index:2147483647;pointer-events:none;margin:0;width:3px;border-radius:2px;` +
        `background:rgb(47 150 136 / 65%);left:${left}px;top:${box.top - from.top}px;height:${box.bottom - box.top}px`
    }
    if (style === shown) return
    rule ??= adopt()
    if (rule) rule.style.cssText = shown = style
  }

  // Pictures arrive, details open, the window changes.
  new ResizeObserver(() => {
    if (block >= 0) place()
  }).observe(root)

  return {
    set(next) {
      block = next
      place()
    },
  }
}
