// Scroll sync keeps source and page at the same place, block by block: the page
// scrolls with the source and the source with the page, what is typed is in
// sight on both, and the page marks the block that the cursor is in.
import type { ChangeSet } from "@codemirror/state"
import { createBlockMap } from "./block-map"
import type { Editor } from "../editor/editor"
import type { PreviewFrame } from "./preview-frame"
import type { EditAnswer, Span } from "../protocol/preview"

export interface FollowOptions {
  editor: () => Editor | null
  frame: () => PreviewFrame | null
  /// Whether the two are to scroll together.
  together: () => boolean
}

/// A block of the page, and what of it is scrolled away, from 0 to 1; -1 for the page's
/// beginning.
export interface PagePlace {
  block: number
  fraction: number
}

export interface Follow {
  /// Tells of a change of the text.
  changed(changes: ChangeSet): void
  /// Takes the blocks' source ranges, and the changes since.
  described(blocks: readonly Span[], since: ChangeSet | null): void
  /// Takes what an edit did to them.
  edited(answer: EditAnswer, since: ChangeSet | null): void
  /// Tells that the page shows the last edit.
  painted(): void
  /// Tells that the cursor moved, or that the editor got or lost the focus.
  cursor(): void
  /// Tells that the writer scrolled in the source.
  scrolled(): void
  /// Tells that the reader scrolled in the page: a block is at its top.
  shown(block: number, fraction: number): void
  /// Where the reader scrolled the page to apart from the source; null for nowhere.
  apart(): PagePlace | null
  /// Has the page go where the source is, or to a place of its own, as soon as it can.
  lead(place: PagePlace | null): void
  /// Where a block comes from.
  source(block: number): Span | undefined
  destroy(): void
}

export function createFollow(options: FollowOptions): Follow {
  const blocks = createBlockMap()
  let typed = false
  let marked = -1
  let asked = 0
  let read: PagePlace | null = null // where the reader scrolled last
  let led: { place: PagePlace | null } | null = null // what waits for blocks and a page

  /// Marks the block under the cursor in the page.
  function mark(anew: boolean): void {
    const editor = options.editor()
    const block = editor?.view.hasFocus ? blocks.at(editor.head()) : -1
    if (block === marked && !anew) return
    marked = block
    options.frame()?.mark(block)
  }

  function scrolled(): void {
    if (!options.together()) return
    // Once a frame.
    cancelAnimationFrame(asked)
    asked = requestAnimationFrame(() => {
      const editor = options.editor()
      if (!editor || !blocks.span(0)) return
      const at = editor.view.scrollDOM.scrollTop < 1 ? -1 : editor.top()
      const index = blocks.at(at)
      const block = blocks.span(index)
      if (!block) return options.frame()?.show(-1, 0)
      options.frame()?.show(index, block.to > block.from ? Math.min(1, (at - block.from) / (block.to - block.from)) : 0)
    })
  }

  /// Does what was asked for before there was a page.
  function goOn(): void {
    if (!led || !blocks.span(0)) return
    const { place } = led
    led = null
    if (options.together()) scrolled()
    else if (place) {
      read = place
      options.frame()?.show(place.block, place.fraction)
    }
  }

  return {
    changed(changes) {
      typed = true
      blocks.move(changes)
    },
    described(spans, since) {
      blocks.set(spans, since)
      mark(true)
    },
    edited(answer, since) {
      if (answer.blocks) blocks.splice(answer.blocks, since)
    },
    painted() {
      mark(true)
      const editor = options.editor()
      if (typed && editor && options.together()) options.frame()?.reveal(blocks.at(editor.head()))
      typed = false
      goOn()
    },
    cursor: () => mark(false),
    scrolled,
    apart: () => (options.together() ? null : read),
    lead(place) {
      led = { place }
    },
    shown(index, fraction) {
      read = { block: index, fraction }
      if (!options.together()) return
      const block = blocks.span(index)
      if (index < 0) options.editor()?.showTop(0, 0, 0)
      else if (block) options.editor()?.showTop(block.from, block.to, fraction)
    },
    source: index => blocks.span(index),
    destroy: () => cancelAnimationFrame(asked),
  }
}
