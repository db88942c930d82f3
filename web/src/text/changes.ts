// Changes are what an editor's ChangeSet is to those who do not hold its text:
// the worker takes them as a list, and ranges of the text move along with them.
import type { ChangeSet } from "@codemirror/state"
import type { Change, Span } from "../protocol/preview"

/// A change set as a list against the old text, ascending.
export function listChanges(changes: ChangeSet): Change[] {
  const list: Change[] = []
  changes.iterChanges((from, to, _fromB, _toB, inserted) => {
    list.push({ from, to, insert: inserted.toString() })
  })
  return list
}

/// Moves ranges, in place, to where they are after a change: as mapPos does it,
/// their starts forwards and their ends backwards, so that what is inserted at a
/// border stays out. For thousands of ranges it costs microseconds.
export function moveSpans(spans: readonly Span[], changes: ChangeSet): void {
  const list: { from: number; to: number; begin: number; end: number }[] = []
  changes.iterChanges((from, to, begin, end) => list.push({ from, to, begin, end }))
  const first = list[0]?.from
  if (first === undefined) return
  const move = (at: number, back: boolean): number => {
    if (at < first) return at
    let low = 0
    let high = list.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (list[middle]!.from <= at) low = middle
      else high = middle - 1
    }
    const { from, to, begin, end } = list[low]!
    if (at === from) return from === to && !back ? end : begin
    if (at < to) return back ? begin : end
    return at - to + end
  }
  for (const span of spans) {
    if (span.to < first) continue
    const from = move(span.from, false)
    span.to = Math.max(from, move(span.to, true))
    span.from = from
  }
}
