// Spelling is what of a text is not in the dictionary. A worker of its own looks the
// words up, and nobody waits for it; the server says where there is prose, and the editor
// does where the server does not answer.
import { Text } from "@codemirror/state"
import { noteWritten, stands } from "../editor/fixes"
import { matterEnd } from "../editor/places"
import type { Fix, Span } from "../protocol/preview"
import type { FromSpeller, Misspelling, ToSpeller } from "../protocol/spelling"
import type { Problem } from "./problem"
import { t } from "../base/words"

/// The part of a Worker that is used here.
export interface SpellerLike {
  postMessage(message: ToSpeller): void
  terminate(): void
  onmessage: ((event: MessageEvent<FromSpeller>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

export interface SpellingOptions {
  worker: SpellerLike
  /// The site's own words.
  words: () => Promise<string[]>
  /// Those of the writer.
  own: readonly string[]
  /// Where a text has prose; asked of the server.
  prose: (text: string, signal: AbortSignal) => Promise<Span[]>
  /// The same where the server does not answer, of the text as it is.
  plainProse: () => Promise<Span[]>
  /// The text as it is now.
  text: () => string
  /// Called when there is an answer about the text as it is.
  onFound: () => void
  /// Called when the worker failed, and nothing more is found.
  onFailed: () => void
}

export interface Spelling {
  /// Checks the text as it is, unless that was done.
  look(): void
  /// What was found, as far as the text still says it. Whoever shows it moves it along
  /// with what is typed.
  found(): Problem[]
  /// Takes a word for right.
  add(word: string): void
  destroy(): void
}

/// How many words are told at once, as of each of the house rules: nobody reads more, and
/// each of them is drawn with each letter.
const most = 500

/// Follows what is not in the dictionary.
export function createSpelling({ worker, words, own, prose, plainProse, text, onFound, onFailed }: SpellingOptions): Spelling {
  const right = new Set(own)
  const suggested = new Map<string, Promise<string[]>>()
  const waiting = new Map<number, (answer: FromSpeller) => void>()
  let known: string[] = []
  let wordsAt: Promise<void> | null = null
  let misspelt: Problem[] = []
  let asked: string | null = null
  let abort = new AbortController()
  let last = 0

  worker.onmessage = ({ data: answer }) => {
    const take = waiting.get(answer.id)
    waiting.delete(answer.id)
    take?.(answer)
  }
  worker.onerror = event => {
    event.preventDefault()
    onFailed()
  }

  const check = (texts: string[]) => new Promise<Misspelling[]>(resolve => {
    const id = ++last
    waiting.set(id, answer => answer.type === "checked" && resolve(answer.found))
    worker.postMessage({ type: "check", id, texts })
  })

  function suggestions(word: string): Promise<string[]> {
    let answer = suggested.get(word)
    if (!answer) {
      answer = new Promise(resolve => {
        const id = ++last
        waiting.set(id, answer => answer.type === "suggested" && resolve(answer.words))
        worker.postMessage({ type: "suggest", id, word })
      })
      suggested.set(word, answer)
    }
    return answer
  }

  function tellWords(): void {
    suggested.clear()
    worker.postMessage({ type: "words", words: [...known, ...right] })
  }

  /// Gets the site's words once. Without an answer they are asked for with the next text.
  async function learn(): Promise<void> {
    try {
      known = await words()
    } catch {
      wordsAt = null
    }
    tellWords()
  }

  async function ask(about: string): Promise<void> {
    const own = (abort = new AbortController())
    const [answer] = await Promise.all([prose(about, own.signal).catch(() => null), (wordsAt ??= learn())])
    if (own.signal.aborted) return
    const spans = answer ?? (await plainProse())
    if (!answer) asked = null // asked again when next something is typed
    if (text() !== about) return
    const found = await check(spans.map(({ from, to }) => about.slice(from, to)))
    if (own.signal.aborted || text() !== about) return
    tell(about, spans, found)
  }

  function tell(of: string, spans: readonly Span[], found: readonly Misspelling[]): void {
    const matter = matterEnd(Text.of(of.split("\n")))
    misspelt = found.slice(0, most).map(({ text, from: begin, to: end, word }) => {
      const [from, to] = [spans[text]!.from + begin, spans[text]!.from + end]
      const written = of.slice(from, to)
      return {
        from, to, word, severity: "warning", code: "spelling", message: t("“{written}” is not in the dictionary.", { written }),
        suggest: async () => (await suggestions(word)).map(better => fix(written, better, from < matter)),
      }
    })
    noteWritten(misspelt, of)
    onFound()
  }

  return {
    look() {
      const now = text()
      if (now === asked) return
      abort.abort()
      asked = now
      void ask(now)
    },
    found() {
      const now = text()
      misspelt = misspelt.filter(problem => stands(problem, now))
      return misspelt
    },
    add(word) {
      right.add(word)
      tellWords()
      misspelt = misspelt.filter(problem => problem.word !== word)
      onFound()
    },
    destroy() {
      abort.abort()
      worker.terminate()
    },
  }
}

/// What puts a word in the place of another, with the same apostrophes. In front matter a
/// straight one may end the value, which is in quotes there.
function fix(written: string, better: string, inMatter: boolean): Fix {
  const insert = written.includes("’") || (inMatter && !written.includes("'")) ? better.replaceAll("'", "’") : better
  return { name: t("Write “{word}”", { word: insert }), from: 0, to: written.length, insert }
}
