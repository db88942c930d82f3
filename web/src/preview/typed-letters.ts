// Typed letters are followed one by one, so that those behind an edit that the
// frame shows can be shown ahead of their rendering (frame/letters-ahead.ts).
import type { ChangeSet } from "@codemirror/state"
import type { Change } from "../protocol/preview"

export interface Typing {
  /// Takes a change of the text. Answers the letters that were typed right
  /// behind a shown edit, all of them since; null where it is not such.
  typed(changes: ChangeSet): { seq: number; letters: string } | null
  /// Tells that the changes were sent as edit number `seq`.
  sent(seq: number, changes: readonly Change[]): void
  /// Tells that the frame shows edit number `seq`.
  painted(seq: number): void
  /// Forgets it all: the next letter is not behind another.
  forget(): void
}

export function createTyping(): Typing {
  /// Letters and spaces that were typed one behind the other.
  let letters = ""
  /// Where they end in the text, in UTF-16 units; -1 where there are none.
  let end = -1
  /// The edit that the frame shows, and those that it was sent since: how many
  /// letters come up to their end.
  let shown: Mark | null = null
  let sent: Mark[] = []

  function forget(): void {
    letters = ""
    end = -1
    shown = null
    sent = []
  }

  return {
    typed(changes) {
      const insert = insertion(changes)
      if (!insert) {
        forget()
        return null
      }
      if (insert.at !== end) forget()
      letters += insert.text
      end = insert.at + insert.text.length
      return shown && { seq: shown.seq, letters: letters.slice(shown.count) }
    },
    sent(seq, changes) {
      const [change] = changes
      if (end < 0) return
      if (changes.length === 1 && change!.from === change!.to && change!.from + change!.insert.length === end) sent.push({ seq, count: letters.length })
      else forget()
    },
    painted(seq) {
      const mark = sent.find(mark => mark.seq === seq)
      if (!mark) return
      letters = letters.slice(mark.count)
      sent = sent.filter(one => one.seq > seq).map(one => ({ ...one, count: one.count - mark.count }))
      shown = { seq, count: 0 }
    },
    forget,
  }
}

interface Mark {
  seq: number
  count: number
}

/// The one run of letters that a change inserts; null where it does more.
function insertion(changes: ChangeSet): { at: number; text: string } | null {
  let found: { at: number; text: string } | null = null
  let count = 0
  changes.iterChanges((fromA, toA, _fromB, _toB, inserted) => {
    count++
    const text = inserted.toString()
    if (fromA === toA && /^[\p{L} ]+$/u.test(text)) found = { at: fromA, text }
  })
  return count === 1 ? found : null
}
