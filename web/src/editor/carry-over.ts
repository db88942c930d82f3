// Carry over brings what was changed in one version of a text into another, place by
// place: a letter elsewhere is in the way of none of it.
import { presentableDiff } from "@codemirror/merge"
import type { Span } from "../protocol/preview"
import { comparison } from "./compare"

export interface CarriedOver {
  text: string
  /// The lines that were written where the other version was changed, too, so that they
  /// are not in the text. Lines that were only taken out are none.
  left: string[]
  /// Whether all that was changed is in the text.
  whole: boolean
}

/// A text with what `edited` changed in `base`, from which both were made. Besides what
/// was changed there, `taken` are places of `base` that nothing is written to, ascending.
/// Never throws.
export function carryOver(base: string, edited: string, now: string, taken: readonly Span[] = []): CarriedOver {
  const since = changesIn(base, now)
  const left: Span[] = []
  let text = ""
  let done = 0
  let whole = true
  let [next, nextTaken] = [0, 0] // the first that does not end before the place
  for (const { fromA, toA, fromB, toB } of changesIn(base, edited)) {
    while (next < since.length && since[next]!.toA < fromA) next++
    while (nextTaken < taken.length && taken[nextTaken]!.to < fromA) nextTaken++
    const before = since[next - 1]
    const moved = before ? before.toB - before.toA : 0
    let end = next
    while (end < since.length && since[end]!.fromA <= toA) end++
    if (end > next || (nextTaken < taken.length && taken[nextTaken]!.from <= toA)) {
      whole = false
      const [first, last] = end > next ? [since[next]!, since[end - 1]!] : []
      const there = linesAround(now, first ? first.fromB - Math.max(0, first.fromA - fromA) : fromA + moved, last ? last.toB + Math.max(0, toA - last.toA) : toA + moved)
      const mine = linesAround(edited, fromB, toB)
      if (fromB < toB && !has(now.slice(there.from, there.to), edited.slice(mine.from, mine.to))) left.push(mine)
      continue
    }
    text += now.slice(done, fromA + moved) + edited.slice(fromB, toB)
    done = toA + moved
  }
  return { text: text + now.slice(done), left: joined(left).map(({ from, to }) => edited.slice(from, to)), whole }
}

/// Whether a text has all lines of another that say something. Elsewhere in the whole
/// text, or within a line, the same words may say something else.
function has(text: string, lines: string): boolean {
  const there = new Set(text.split("\n").map(line => line.trimEnd()))
  return lines.split("\n").every(line => line.trim() === "" || there.has(line.trimEnd()))
}

/// The places of `base` that become others where `before`, another version of it, becomes
/// `after`, ascending.
export function placesOf(base: string, before: string, after: string): Span[] {
  const between = changesIn(base, before)
  let next = 0
  const inBase = (at: number, end: boolean) => {
    while (next < between.length && between[next]!.toB < at) next++
    const here = between[next]
    if (here && here.fromB <= at) return end ? here.toA : here.fromA
    const last = between[next - 1]
    return at + (last ? last.toA - last.toB : 0)
  }
  return changesIn(before, after).map(({ fromA, toA }) => ({ from: inBase(fromA, false), to: inBase(toA, true) }))
}

/// Changes of whole words, ascending.
function changesIn(a: string, b: string) {
  return presentableDiff(a, b, comparison)
}

function linesAround(text: string, from: number, to: number): Span {
  const end = text.indexOf("\n", to)
  return { from: text.lastIndexOf("\n", from - 1) + 1, to: text[to - 1] === "\n" ? to : end < 0 ? text.length : end + 1 }
}

/// Ranges of lines, of which none begins before another ends.
function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = []
  for (const { from, to } of spans) {
    const last = all.at(-1)
    if (last && from < last.to) last.to = Math.max(last.to, to)
    else all.push({ from, to })
  }
  return all
}
