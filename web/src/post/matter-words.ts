// Matter words are what was typed into the front matter's form and is not in the text
// yet. The renderer finds the change that sets a key without touching any other byte, and
// may still be on its way, starting again or not to be had. So each key that is typed is
// kept in local storage at once, goes into the text within a moment, however fast somebody
// types, and stays in its field for as long as it cannot. What had to wait is met with the
// text before it is written: what somebody put there meanwhile is newer, and is not
// written over without a question.
import { t } from "../base/words"
import type { Store } from "../base/store"
import type { PreviewState } from "../preview/worker-client-types"
import type { FrontMatterKey } from "../protocol/preview"
import { wordsAt, type KeptWords, type WordsPlace } from "./kept-words"

/// What a field has that the text has not, or was not said to have yet.
export interface TypedField {
  text: string
  /// It is in the text, and the keys are those from before.
  written: boolean
  /// Why it is not in the text, in a sentence; "" where it is about to be.
  trouble: string
}

export interface MatterWords {
  /// Takes what a field has now.
  put(name: string, text: string): void
  /// Takes back what a field has that the text has not.
  giveUp(name: string): void
  /// Puts into the text what is not there yet and can be: a promise of that, which does
  /// not reject, or null where all is there.
  settle(): Promise<void> | null
  /// Tells whether this tab writes the post. One that begins to do so goes on with what
  /// was typed and never written, in whatever tab.
  writes(now: boolean): void
  destroy(): void
}

/// What of the screen's state it reads, and `typed`, which it sets.
export interface MatterState {
  keys: FrontMatterKey[]
  preview: PreviewState
  /// Whether the keys are the text's.
  known: boolean
  typed: Readonly<Record<string, TypedField>>
}

export interface MatterWordsOptions {
  /// Where they are kept.
  place: WordsPlace
  store: Store<MatterState>
  /// Finds the change that sets a key, and answers what makes it, which is of use only at
  /// once: the change is one of the text as it is then. Rejects with a sentence.
  find: (name: string, text: string) => Promise<() => void>
  /// How long after a letter it is written, in milliseconds. Defaults to 150.
  delay?: number
}

interface Words {
  text: string
  /// What the text had there, of which these words are another version.
  over: readonly string[]
  /// They could not be written at once, so that the text may be another by now.
  waited: boolean
  /// The text is not known to be one over which they were typed: they are of an earlier
  /// visit, or somebody changed it meanwhile.
  unmet: boolean
  /// What the text has there, as the writer was told with the question about these words;
  /// null for no question.
  asked: string | null
  due: boolean
  /// They are in the text. The keys may still be those of the text from before, which
  /// whoever goes on typing must not go on from.
  written: boolean
  /// How often it was tried since they were typed.
  tries: number
  trouble: string
}

/// Of words that were typed just now.
const fresh = { unmet: false, asked: null, due: true, written: false, tries: 0, trouble: "" }

/// How a field is kept in storage.
type KeptField = Pick<Words, "text" | "over"> & { name: string }

/// How long what is in the text is shown though the keys do not say so, in milliseconds.
const lag = 2_000

/// How often words are tried that end the renderer.
const mostTries = 2

/// How many values of a key are remembered: the draft may be some letters behind when a
/// page goes away.
const mostValues = 8

export function createMatterWords({ place, store, find, delay = 150 }: MatterWordsOptions): MatterWords {
  const typed = new Map<string, Words>()
  const values = new Map<string, readonly string[]>()
  let kept: KeptWords | null = null // while this tab writes
  let inStorage = true
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<void> | null = null
  let settling = false // somebody has left a field, or wants all of it in the text
  let destroyed = false
  let { preview, keys } = store.get()

  const may = () => !destroyed && kept !== null && store.get().known && store.get().preview === "live"
  const next = () => (may() ? [...typed].find(([, words]) => words.due) : undefined)

  /// What the text has for a key; null where nobody knows, and for a list, a map or several
  /// lines, which a field cannot have shown.
  function valueOf(name: string): string | null {
    const { keys, known } = store.get()
    const key = keys.filter(key => key.name === name).at(-1)
    if (!known || key?.scalar === false) return null
    return key?.value ?? ""
  }

  /// Keeps and shows what is typed now.
  function tell(): void {
    const list = [...typed].filter(([, { written }]) => !written).map(([name, { text, over }]) => ({ name, text, over }))
    if (kept) inStorage = kept.keep(list.length > 0 ? JSON.stringify(list) : "")
    show()
  }

  function show(): void {
    const fields: Record<string, TypedField> = {}
    for (const [name, { text, trouble, due, written }] of typed) fields[name] = { text, written, trouble: trouble || (due ? whyNot(store.get().preview) : "") }
    store.set({ typed: fields })
  }

  /// Remembers that the text had a value, and answers all that it had.
  function had(name: string, value: string | null): readonly string[] {
    const all = [...(values.get(name) ?? []).filter(other => other !== value), ...(value === null ? [] : [value])].slice(-mostValues)
    values.set(name, all)
    return all
  }

  function soon(): void {
    timer ??= setTimeout(() => void write(), delay)
  }

  /// One write at a time; what is typed meanwhile is the next.
  function write(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    return (writing ??= run().finally(() => {
      writing = null
      settling = false
    }))
  }

  async function run(): Promise<void> {
    for (let due = next(); due; due = next()) await writeOne(...due)
  }

  async function writeOne(name: string, words: Words): Promise<void> {
    // A blank at the end needs quotation marks, which the value would keep for good: while
    // somebody types, a word is to follow.
    const whole = words.text
    const text = settling ? whole : whole.trimEnd()
    words.due = false
    if (text !== whole && valueOf(name) === text) return tell()
    if (!meet(name, words)) return tell()
    words.tries++
    try {
      const make = await find(name, text)
      // Whoever has left the post finds them where they are kept.
      if (destroyed) return
      // It may have been taken back meanwhile, or the text be another.
      if (typed.get(name) !== words || !meet(name, words)) return tell()
      make()
      wrote(name, words, text)
    } catch (error) {
      if (words.text === whole) Object.assign(words, { waited: true, trouble: error instanceof Error ? error.message : String(error) })
    }
    tell()
  }

  /// A text of these words went into the text.
  function wrote(name: string, words: Words, text: string): void {
    words.waited = !may()
    if (words.text !== text) words.over = had(name, text)
    else if (valueOf(name) === text) typed.delete(name)
    else {
      Object.assign(words, { written: true, trouble: "" })
      // Should the keys never say so: it may have been undone meanwhile.
      setTimeout(() => {
        if (destroyed || typed.get(name) !== words || !words.written) return
        typed.delete(name)
        tell()
      }, lag)
    }
  }

  /// Decides whether words are written: those that waited are where the text is as it was
  /// then, and are asked about where somebody has changed it.
  function meet(name: string, words: Words): boolean {
    const value = valueOf(name)
    words.unmet = value === null || (words.waited && value !== words.text && !words.over.includes(value))
    words.asked = words.unmet ? value : null
    words.trouble = !words.unmet ? "" : value === null
      ? t("This was typed here before and did not get into the text, which by now has a list, a map or several lines there. Change it in the text, or press Escape to take this back.")
      : t("This was typed here before and did not get into the text, which by now says “{value}”. Press Enter to put it there, or Escape to take it back.", { value })
    return !words.unmet
  }

  /// Looks what can be done once the renderer or the text is another.
  function look(): void {
    const lives = preview !== "live" && store.get().preview === "live"
    ;({ preview, keys } = store.get())
    for (const [name, words] of typed) {
      if (!may()) words.waited = true
      const value = valueOf(name)
      const said = store.get().known && (words.text === value || (words.written && (value === null || !words.over.includes(value))))
      if ((!words.due || !may()) && said) {
        typed.delete(name)
        had(name, words.text)
      } else if (words.unmet && may()) words.due = meet(name, words)
      else if (lives && !words.unmet && words.trouble && words.tries < mostTries) Object.assign(words, { due: true, trouble: "" })
    }
    tell()
    if (next()) soon()
  }

  const unsubscribe = store.subscribe(() => {
    const now = store.get()
    if (typed.size > 0 && (now.preview !== preview || now.keys !== keys)) look()
    else ({ preview, keys } = now)
  })

  return {
    put(name, text) {
      const words: Words = typed.get(name) ?? { ...fresh, waited: false, text, over: had(name, valueOf(name)) }
      if (words.written) words.over = had(name, words.text)
      // Whoever goes on was told what stands there.
      if (words.asked !== null) words.over = had(name, words.asked)
      typed.set(name, Object.assign(words, fresh, { text, waited: words.waited || !may() }))
      tell()
      soon()
    },
    giveUp(name) {
      typed.delete(name)
      tell()
    },
    settle() {
      if (typed.size === 0) return null
      for (const words of typed.values()) words.due ||= !words.unmet && !words.written
      settling = true
      return write()
    },
    writes(now) {
      if (now === (kept !== null)) return
      kept = now ? wordsAt(place) : null
      // Another tab goes on with what is in storage.
      if (!now && inStorage) typed.clear()
      for (const { name, text, over } of readWords(kept?.text ?? "")) typed.set(name, { ...fresh, text, over, waited: true, unmet: true, due: false })
      if (typed.size > 0) look()
      else show()
    },
    destroy() {
      destroyed = true
      clearTimeout(timer)
      unsubscribe()
    },
  }
}

function whyNot(preview: PreviewState): string {
  if (preview === "live") return ""
  if (preview === "starting" || preview === "restarting") return t("The preview is still starting. What you typed is kept here, and goes into the text once it runs.")
  return t("The preview is not running, so this cannot go into the text. It is kept here: change it in the text, or press Escape to take it back.")
}

function readWords(kept: string): KeptField[] {
  try {
    const found: unknown = JSON.parse(kept || "[]")
    return Array.isArray(found) ? found.filter(isKept) : []
  } catch {
    return []
  }
}

function isKept(value: unknown): value is KeptField {
  const one = value as Partial<KeptField> | null
  return typeof one?.name === "string" && typeof one.text === "string" && Array.isArray(one.over)
}
