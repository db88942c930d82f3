// Section writers is the part of the editor's model that knows who writes which
// section, as the open pull requests tell, and that takes one.
import { problemOf, type Api } from "../forge/api"
import { chapterAt, sameChapter } from "../text/chapters"
import { isClaim } from "../forge/pulls"
import { giveSectionBack, takeSection } from "./taking"
import type { Editor } from "../editor/editor"
import { setWhose } from "../editor/section-labels"
import type { PostFile, Pull, Writer } from "../protocol/server"
import { createStore, type Store } from "../base/store"
import { personName } from "../forge/people"
import { t } from "../base/words"

export interface SectionWritersState {
  writers: Writer[]
  /// Whether the list is open.
  open: boolean
  /// The section that is being taken or given back; "" for none.
  taking: string
  /// The writer's open pull request that announces nothing and changes nothing, which
  /// taking a section goes on with; 0 for none.
  idle: number
  /// Why that failed, as a sentence.
  trouble: string
}

export interface SectionWriters {
  store: Store<SectionWritersState>
  /// Asks anew who writes what.
  look(): Promise<void>
  /// Opens the writer's pull request, or extends it, so that others see who
  /// writes the section.
  take(section: string): Promise<void>
  /// Gives a section back that the writer has taken and not changed yet.
  giveBack(section: string): Promise<void>
  /// What taking a section does, as a sentence for before.
  hint(): string
  /// Tells that something was typed; the first time in another's section that
  /// is said.
  typed(): void
  destroy(): void
}

export interface SectionWritersOptions {
  api: Api
  path: string
  /// The branch that pull requests are for.
  base: () => string
  editor: () => Editor | null
  /// The writer's open pull request for this post; 0 for none.
  pull: () => number
  /// The number of another's pull request that is continued; 0 for none.
  continued: () => number
  /// The post's title.
  title: () => string
  /// Whether a pull request is the writer's.
  own: (pull: Pull) => boolean
  /// Called with the pull request by which a section was taken, with what it
  /// holds, on its branch or, when it is new, on its base, and with what that
  /// was before the pull request.
  onTaken: (pull: Pull, holds: PostFile, before: string) => Promise<void>
  onNotice: (sentence: string) => void
}

/// How often it is looked anew, in milliseconds.
const every = 15_000

export function createSectionWriters(options: SectionWritersOptions): SectionWriters {
  const { api, path } = options
  const store = createStore<SectionWritersState>({ writers: [], open: false, taking: "", idle: 0, trouble: "" })
  const told = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let destroyed = false
  let asked = false // whether it was looked for an idle one

  async function look(): Promise<void> {
    const writers = await api.writers(options.base(), path).catch(() => null)
    if (destroyed || writers === null) return
    store.set({ writers })
    if (asked && !store.get().open) return show(writers)
    asked = true
    const idle = writers.some(writer => writer.own) || options.pull() ? undefined
      : (await api.pulls().catch(() => [])).find(pull => pull.base === options.base() && options.own(pull) && isClaim(pull, path))
    if (destroyed) return
    store.set({ idle: idle?.number ?? 0 })
    show(writers)
  }

  function show(writers: readonly Writer[]): void {
    const others = writers.filter(writer => !writer.own)
    options.editor()?.view.dispatch({
      effects: setWhose.of(others.map(writer => ({ section: writer.section, label: t("{person} writes this", { person: personName(writer.person, t("Somebody")) }) }))),
    })
  }

  const lookIfSeen = () => {
    if (document.visibilityState === "visible") void look()
  }
  const again = setInterval(lookIfSeen, every)
  document.addEventListener("visibilitychange", lookIfSeen)

  /// Does something about a section, one thing at a time, and looks anew.
  async function about(section: string, act: () => Promise<void>): Promise<void> {
    if (store.get().taking) return
    store.set({ taking: section, trouble: "" })
    try {
      await act()
      if (!destroyed) await look()
    } catch (error) {
      if (!destroyed) store.set({ trouble: problemOf(error).sentence, open: true })
    } finally {
      if (!destroyed) store.set({ taking: "" })
    }
  }

  return {
    store, look,
    hint() {
      const number = options.pull() || store.get().writers.find(writer => writer.own)?.number
      const { idle } = store.get()
      if (!number && idle) return t("“I am writing this” goes on with your pull request #{number}, which changes nothing yet: its description tells others.", { number: idle })
      return number ? t("“I am writing this” adds the section to the description of pull request #{number}, where others see it.", { number }) : t("“I am writing this” makes a branch with an empty commit and opens a pull request from it, whose description tells others.")
    },
    take: section => about(section, async () => {
      const other = store.get().writers.find(writer => !writer.own && sameChapter(writer.section, section))
      const { pull, holds, before } = await takeSection(api, {
        path, base: options.base(), title: options.title(), own: options.own, pull: options.pull(), continued: options.continued(),
      }, section)
      if (destroyed) return
      options.onNotice(t("Others see now that you are writing {section}.", { section }) +
        (other ? " " + t("{person} has it too, in pull request #{number}, and can give it back.", { person: personName(other.person, t("Somebody")), number: other.number }) : ""))
      await options.onTaken(pull, holds, before)
    }),
    giveBack: section => about(section, async () => {
      const own = store.get().writers.find(writer => writer.own && writer.state === "announced" && sameChapter(writer.section, section))
      if (!own) return
      await giveSectionBack(api, path, own)
      asked = false
      if (!destroyed) options.onNotice(t("Others see now that {section} is free. Pull request #{number} stays open.", { section, number: own.number }))
    }),
    typed() {
      if (!store.get().writers.some(writer => !writer.own)) return
      timer ??= setTimeout(() => {
        timer = undefined
        const editor = options.editor()
        const here = editor && chapterAt(editor.doc(), editor.head())
        if (!here || destroyed) return
        const { writers } = store.get()
        const mine = writers.some(writer => writer.own && sameChapter(writer.section, here.name))
        const other = writers.find(writer => !writer.own && sameChapter(writer.section, here.name))
        if (!other || mine || told.has(here.name)) return
        told.add(here.name)
        options.onNotice(t("{person} is writing {section}, in pull request #{number}. You can go on: what you both write is merged, and you are asked where it collides.", { person: personName(other.person, t("Somebody")), section: other.section, number: other.number }))
      }, 800)
    },
    destroy() {
      destroyed = true
      clearInterval(again)
      document.removeEventListener("visibilitychange", lookIfSeen)
      clearTimeout(timer)
    },
  }
}
