// Kept choice is the text that somebody writes where theirs is compared with another: it
// is theirs at first, is kept as words beside the text are, and is there again when both
// are compared once more, with what was written into either meanwhile. What was written
// at a place that is another by now is not thrown away, but offered.
import { carryOver, placesOf } from "../editor/carry-over"
import { wordsAt, type WordsPlace } from "./kept-words"

export interface KeptChoice {
  /// What the comparison begins with.
  begin: string
  /// The text as it is now.
  text(): string
  /// False where the browser did not keep the text as it is now: it goes with the
  /// comparison.
  readonly kept: boolean
  /// Takes and keeps the text as it is now.
  put(text: string): void
  /// The lines that were written here when the texts were others, and are not in it.
  left(): readonly string[]
  /// Forgets some of these.
  drop(lines: string): void
  /// Forgets the text that is kept, as it was used or another was. What is offered stays.
  forget(): void
}

interface Kept {
  mine: string
  theirs: string
  text: string
  left: readonly string[]
}

/// The text in which `mine` is compared with `theirs` at a place. Never throws.
export function keptChoice(place: WordsPlace, mine: string, theirs: string): KeptChoice {
  const words = wordsAt(place)
  const kept = read(words.text) ?? { mine, theirs, text: mine, left: [] }
  const carried = carryOver(kept.mine, kept.text, mine, placesOf(kept.mine, kept.theirs, theirs))
  let left = [...new Set([...kept.left, ...carried.left])]
  let text = carried.text
  const keep = () => void words.keep(text === mine && left.length === 0 ? "" : JSON.stringify({ mine, theirs, text, left } satisfies Kept))
  return {
    begin: text,
    text: () => text,
    get kept() {
      return words.kept
    },
    put(now) {
      text = now
      keep()
    },
    left: () => left,
    drop(lines) {
      left = left.filter(other => other !== lines)
      keep()
    },
    forget() {
      text = mine
      keep()
    },
  }
}

function read(kept: string): Kept | null {
  try {
    const found = JSON.parse(kept || "null") as Partial<Kept> | null
    if (typeof found?.mine !== "string" || typeof found.theirs !== "string" || typeof found.text !== "string") return null
    const { mine, theirs, text, left } = found
    return { mine, theirs, text, left: Array.isArray(left) ? left.filter(lines => typeof lines === "string") : [] }
  } catch {
    return null
  }
}
