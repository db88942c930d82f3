// Written is what comes into the text from elsewhere than the writer's hands: what others
// wrote, or another tab, or an earlier version.
import { isolateHistory } from "@codemirror/commands"
import { Transaction, type EditorState, type TransactionSpec } from "@codemirror/state"
import type { Change } from "../protocol/preview"
import { fromFileChange, textIn } from "../text/file-text"
import type { Origin } from "../text/origin"
import { setOrigin } from "./origin"

/// One undo brings back the text and what it was made from. Where there is no text, that
/// alone is another, and is not to be undone.
export type Written = { text: string; origin?: Origin | undefined } | { text?: undefined; origin: Origin }

/// The transaction that writes it; empty where that changes nothing.
export function writing(state: EditorState, { text, origin }: Written): TransactionSpec[] {
  const effects = origin ? [setOrigin.of(origin)] : []
  if (text === undefined) return [{ effects, annotations: Transaction.addToHistory.of(false) }]
  const now = textIn(state)
  if (now === text && !origin) return []
  return [now === text ? {} : fromFileChange(state, difference(now, text)), { effects, annotations: isolateHistory.of("full") }]
}

/// The one range in which two texts differ. It never begins or ends inside a
/// surrogate pair.
export function difference(a: string, b: string): Change {
  const limit = Math.min(a.length, b.length)
  let from = 0
  while (from < limit && a.charCodeAt(from) === b.charCodeAt(from)) from++
  let tail = 0
  while (tail < limit - from && a.charCodeAt(a.length - 1 - tail) === b.charCodeAt(b.length - 1 - tail)) tail++
  if (from > 0 && isHigh(a.charCodeAt(from - 1))) from--
  if (tail > 0 && isLow(a.charCodeAt(a.length - tail))) tail--
  return { from, to: a.length - tail, insert: b.slice(from, b.length - tail) }
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}
