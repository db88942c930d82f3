// Kept choice is the text that somebody writes where theirs is compared with another: it
// is theirs at first, is kept as words beside the text are, and is there again when both
// are compared once more, with what was written into either meanwhile. What was written
// at a place that is another by now is not thrown away, but offered.
import { carryOver, placesOf } from "../editor/carry-over"
import type { DraftKey } from "./drafts"
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
  /// All of it as it is now, also where the browser does not keep it.
  state(): ChoiceState
}

/// What was compared, what was written of it, and what is offered.
export interface ChoiceState {
  mine: string
  theirs: string
  text: string
  left: readonly string[]
}

/// The text in which `mine` is compared with `theirs` at a place. `before` is the comparison
/// in whose place this one comes while it is on the screen; absent for none. Never throws.
export function keptChoice(place: WordsPlace, mine: string, theirs: string, before?: ChoiceState): KeptChoice {
  const words = wordsAt(place)
  const kept = before ?? read(words.text) ?? { mine, theirs, text: mine, left: [] }
  const carried = carryOver(kept.mine, kept.text, mine, placesOf(kept.mine, kept.theirs, theirs))
  let left = [...new Set([...kept.left, ...carried.left])]
  let text = carried.text
  const state = (): ChoiceState => ({ mine, theirs, text, left })
  const keep = () => void words.keep(text === mine && left.length === 0 ? "" : JSON.stringify(state()))
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
    state,
  }
}

/// Where it is kept what was written when a post's text was compared with the draft that is
/// where it was to be taken.
export function comparedThere({ site, person, branch, path }: DraftKey): WordsPlace {
  return { site, person, at: ["post", branch, path, "there"] }
}

/// Forgets the text that is kept at a place, as it was used. What is offered stays. Never
/// throws.
export function forgetChoice(place: WordsPlace): void {
  const kept = read(wordsAt(place).text)
  if (kept) keptChoice(place, kept.mine, kept.theirs).forget()
}

function read(kept: string): ChoiceState | null {
  try {
    const found = JSON.parse(kept || "null") as Partial<ChoiceState> | null
    if (typeof found?.mine !== "string" || typeof found.theirs !== "string" || typeof found.text !== "string") return null
    const { mine, theirs, text, left } = found
    return { mine, theirs, text, left: Array.isArray(left) ? left.filter(lines => typeof lines === "string") : [] }
  } catch {
    return null
  }
}
