import { useState } from "preact/hooks"
import { wordsAt, type WordsPlace } from "../post/kept-words"

export interface Field {
  /// What stands in it.
  text: string
  /// Whether that is what somebody typed into it, now or before it was left.
  typed: boolean
  /// Takes what is typed, and keeps it at once; what is blank, or what stood in it at
  /// first, is not kept.
  put(text: string): void
  /// Forgets what was typed, since it was sent; it stands in the field still.
  sent(): void
}

/// A field whose words survive that it is closed, until they are sent. `begin` is what
/// stands in it where nothing was typed, and may change. The place does not.
export function useKeptWords(place: WordsPlace, begin = ""): Field {
  const [words] = useState(() => wordsAt(place))
  const [typed, setTyped] = useState<string | null>(words.text || null)
  return {
    text: typed ?? begin,
    typed: typed !== null,
    put(text) {
      setTyped(text)
      words.keep(text.trim() === "" || text === begin ? "" : text)
    },
    sent: () => void words.keep(""),
  }
}
