// Kept choice is the text that somebody writes where theirs is compared with another: it
// is theirs at first, is kept as words beside the text are, and is there again when both
// are compared once more, with what was written into theirs meanwhile.
import { difference } from "../editor/editor"
import { wordsAt, type WordsPlace } from "./kept-words"

export interface KeptChoice {
  /// What the comparison begins with.
  begin: string
  /// The text as it is now.
  text(): string
  /// Takes and keeps the text as it is now.
  put(text: string): void
  /// Forgets what is kept.
  forget(): void
}

interface Kept {
  mine: string
  theirs: string
  text: string
}

/// The text in which `mine` is compared with `theirs` at a place. Never throws.
export function keptChoice(place: WordsPlace, mine: string, theirs: string): KeptChoice {
  const words = wordsAt(place)
  const kept = read(words.text)
  const begin = kept && kept.theirs === theirs ? onto(kept, mine) : mine
  let text = begin
  return {
    begin,
    text: () => text,
    put(now) {
      text = now
      words.keep(text === mine ? "" : JSON.stringify({ mine, theirs, text } satisfies Kept))
    },
    forget: () => void words.keep(""),
  }
}

/// What was written into a comparison, in a text that was written on since. Where both
/// touch the same place the latter stays.
function onto({ mine, text }: Kept, now: string): string {
  const [edit, since] = [difference(mine, text), difference(mine, now)]
  if (mine === now) return text
  if (edit.from <= since.to && since.from <= edit.to) return now
  const shift = edit.from > since.to ? now.length - mine.length : 0
  return now.slice(0, edit.from + shift) + edit.insert + now.slice(edit.to + shift)
}

function read(kept: string): Kept | null {
  try {
    const found = JSON.parse(kept || "null") as Partial<Kept> | null
    return typeof found?.mine === "string" && typeof found.theirs === "string" && typeof found.text === "string" ? (found as Kept) : null
  } catch {
    return null
  }
}
