// Wished spelling is the check of the spelling where the site or the writer wants it: it
// is loaded, with its dictionary, when it is switched on. The check itself is spelling.ts.
import type { Store } from "../base/store"
import type { Editor } from "../editor/editor"
import { createSpeller } from "../preview/assets"
import { addWord, readSpelling, readWords, writeSpelling } from "../protocol/settings"
import { languageOf, type Language } from "../protocol/spelling"
import type { EditState } from "./edit-state"
import type { PostContext } from "./post-context"
import type { Problem } from "./problem"
import type { Spelling } from "./spelling"
import { t } from "../base/words"

export interface WishedSpelling {
  /// Checks the text as it is, where that is wanted.
  look(): void
  /// What was found, as far as the text still says it. Whoever shows it moves it along
  /// with what is typed.
  found(): Problem[]
  /// Has it checked by a dictionary from now on, or no longer.
  spell(by: Language | "off"): void
  /// Takes a word for right from now on.
  addWord(word: string): void
  destroy(): void
}

export interface WishedSpellingOptions {
  app: Pick<PostContext, "api" | "assets" | "keepScript" | "site">
  /// Where it is told by which language's dictionary it is checked.
  store: Pick<Store<Pick<EditState, "spelling">>, "get" | "set">
  branch: string
  path: string
  editor: () => Editor | null
  text: () => string
  /// Called when something else was found about the text as it is.
  onFound: () => void
  /// Says that it failed, in a sentence.
  onNotice: (sentence: string) => void
}

export function createWishedSpelling({ app, store, branch, path, editor, text, onFound, onNotice }: WishedSpellingOptions): WishedSpelling {
  let spelling: Spelling | null = null
  let destroyed = false
  const wish = readSpelling()
  store.set({ spelling: wish === "off" ? "" : wish || languageOf(app.site.spelling) })

  async function begin(): Promise<void> {
    const language = store.get().spelling
    if (language === "") return
    try {
      const { createSpelling } = await import("./spelling")
      if (destroyed || spelling || store.get().spelling !== language) return
      const script = app.assets[language === "en-GB" ? "en-gb.js" : "en-us.js"]
      spelling = createSpelling({
        worker: createSpeller(script),
        words: () => app.api.words(branch), own: readWords(),
        prose: (text, signal) => app.api.prose(branch, path, text, signal),
        async plainProse() {
          const { proseIn } = await import("../editor/prose")
          const shown = editor()
          return shown ? proseIn(shown.view.state) : []
        },
        text, onFound, onFailed: fail,
      })
      app.keepScript(script)
      spelling.look()
    } catch (error) {
      console.error(error)
      fail()
    }
  }

  function end(): void {
    spelling?.destroy()
    spelling = null
  }

  function fail(): void {
    if (destroyed) return
    end()
    store.set({ spelling: "" })
    onFound()
    onNotice(t("The spelling cannot be checked now: its dictionary did not come. Switch it on again when you are connected."))
  }

  return {
    look() {
      if (spelling) spelling.look()
      else void begin()
    },
    found: () => spelling?.found() ?? [],
    spell(by) {
      writeSpelling(by)
      end()
      store.set({ spelling: by === "off" ? "" : by })
      onFound()
      void begin()
    },
    addWord(word) {
      addWord(word)
      spelling?.add(word)
    },
    destroy() {
      destroyed = true
      end()
    },
  }
}
