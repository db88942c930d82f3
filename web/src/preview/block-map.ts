// Block map knows where in the source each block of the page comes from, while
// both change.
import type { ChangeSet } from "@codemirror/state"
import { moveSpans } from "../text/changes"
import type { EditAnswer, Span } from "../protocol/preview"

export interface BlockMap {
  /// Takes the ranges of all blocks. `since` are the changes that the text has
  /// seen since they were right, null for none.
  set(spans: readonly Span[], since: ChangeSet | null): void
  /// Takes an edit's account of the blocks that it changed.
  splice(ranges: NonNullable<EditAnswer["blocks"]>, since: ChangeSet | null): void
  /// Moves along with a change of the text.
  move(changes: ChangeSet): void
  /// Number of the block that an offset is in, or of the one before it; -1
  /// before all.
  at(offset: number): number
  /// Where a block comes from; undefined for a number that there is not.
  span(block: number): Span | undefined
}

export function createBlockMap(): BlockMap {
  let blocks: Span[] = []
  const moved = (spans: readonly Span[], since: ChangeSet | null): Span[] => {
    const own = spans.map(({ from, to }) => ({ from, to }))
    if (since) moveSpans(own, since)
    return own
  }
  return {
    set(spans, since) {
      blocks = moved(spans, since)
    },
    splice(ranges, since) {
      for (const { at, remove, insert } of [...ranges].reverse()) blocks.splice(at, remove, ...moved(insert, since))
    },
    move: changes => moveSpans(blocks, changes),
    at(offset) {
      let low = 0
      let high = blocks.length - 1
      let found = -1
      while (low <= high) {
        const middle = (low + high) >> 1
        if (blocks[middle]!.from <= offset) {
          found = middle
          low = middle + 1
        } else {
          high = middle - 1
        }
      }
      return found
    },
    span: block => blocks[block],
  }
}
