import { useMemo, useReducer } from "preact/hooks"
import { wordsAt, type WordsPlace } from "../post/kept-words"

export interface Field {
  /// What stands in it.
  text: string
  /// Whether that is what somebody typed into it, now or before it was left.
  typed: boolean
  /// False where the browser did not keep what was typed last: it goes with the field.
  kept: boolean
  /// Takes what is typed, and keeps it at once; what is blank, or what stood in it at
  /// first, is not kept.
  put(text: string): void
  /// Forgets what was typed, since it was sent; it stands in the field still.
  sent(): void
}

/// A field whose words survive that it is closed, until they are sent. `begin` is what
/// stands in it where nothing was typed, and may change. Another place is another field.
export function useKeptWords(place: WordsPlace, begin = ""): Field {
  const field = useMemo(() => {
    const words = wordsAt(place)
    return { words, typed: words.text || null }
  }, [JSON.stringify(place)])
  const [, draw] = useReducer((n: number, _: void) => n + 1, 0)
  return {
    text: field.typed ?? begin,
    typed: field.typed !== null,
    kept: field.words.kept,
    put(text) {
      field.typed = text
      field.words.keep(text.trim() === "" || text === begin ? "" : text)
      draw()
    },
    sent() {
      field.words.keep("")
    },
  }
}
