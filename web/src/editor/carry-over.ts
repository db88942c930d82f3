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
/// was changed there, `taken` are places of `base` that nothing is written to. Never throws.
export function carryOver(base: string, edited: string, now: string, taken: readonly Span[] = []): CarriedOver {
  const since = changesIn(base, now)
  const all = [...taken, ...since.map(({ fromA, toA }) => ({ from: fromA, to: toA }))]
  const left: Span[] = []
  let text = ""
  let done = 0
  let whole = true
  for (const { fromA, toA, fromB, toB } of changesIn(base, edited)) {
    if (all.some(({ from, to }) => fromA <= to && from <= toA)) {
      whole = false
      if (fromB < toB) left.push(linesAround(edited, fromB, toB))
      continue
    }
    const shift = since.findLast(change => change.toA < fromA)
    const moved = shift ? shift.toB - shift.toA : 0
    text += now.slice(done, fromA + moved) + edited.slice(fromB, toB)
    done = toA + moved
  }
  text += now.slice(done)
  const lines = joined(left).map(({ from, to }) => edited.slice(from, to))
  return { text, left: lines.filter(line => line.trim() !== "" && !text.includes(line)), whole }
}

/// The places of `base` that become others where `before`, another version of it, becomes
/// `after`.
export function placesOf(base: string, before: string, after: string): Span[] {
  const between = changesIn(base, before)
  const inBase = (at: number, end: boolean) => {
    const here = between.find(({ fromB, toB }) => fromB <= at && at <= toB)
    if (here) return end ? here.toA : here.fromA
    const last = between.findLast(({ toB }) => toB < at)
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
