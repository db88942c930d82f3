// What breaks the site's house rules in a text. The server says it: the rules are
// not in the browser's module, and nobody waits for them with each letter.
import type { Diagnostic } from "../protocol/preview"

export interface HouseRulesOptions {
  /// Asks the server about a text.
  /// `pending`: it has more to say in a moment.
  check: (text: string, signal: AbortSignal) => Promise<{ found: Diagnostic[]; pending: boolean }>
  /// The text as it is now.
  text: () => string
  /// Called when there is an answer about the text as it is.
  onFound: () => void
  /// How long to wait for what is pending, in milliseconds. Defaults to 2,000.
  again?: number
}

export interface HouseRules {
  /// Asks about the text as it is, unless that was asked. What was asked before
  /// is given up. Without an answer what was found before stays.
  look(): void
  /// What was found in the last text that was answered for. Whoever shows it moves
  /// it along with what is typed.
  found(): readonly Diagnostic[]
  destroy(): void
}

/// Follows what breaks the house rules.
export function createHouseRules({ check, text, onFound, again = 2_000 }: HouseRulesOptions): HouseRules {
  let found: Diagnostic[] = []
  let answered: { about: string; found: Diagnostic[] } | null = null // as it was answered
  let asked: string | null = null
  let abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(about: string): Promise<void> {
    const own = (abort = new AbortController())
    const answer = await check(about, own.signal).catch(() => null)
    if (own.signal.aborted) return
    if (!answer) asked = null // asked again when next something is typed
    else if (text() === about) {
      answered = { about, found: answer.found }
      show(answer.found)
      if (answer.pending) timer = setTimeout(() => void ask(about), again)
    }
  }

  function show(list: readonly Diagnostic[]): void {
    found = list.map(one => ({ ...one }))
    onFound()
  }

  return {
    look() {
      const now = text()
      if (now === asked) {
        // Changed and taken back, the text has them again where they were.
        if (answered?.about === now && answered.found.some(({ from, to }, i) => from !== found[i]!.from || to !== found[i]!.to)) show(answered.found)
        return
      }
      abort.abort()
      clearTimeout(timer)
      asked = now
      void ask(now)
    },
    found: () => found,
    destroy() {
      abort.abort()
      clearTimeout(timer)
    },
  }
}
