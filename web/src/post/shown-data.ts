// Shown data is what a data file has in place of a page: what the server reads in its
// text, a moment after something was typed.
import type { Editor } from "../editor/editor"
import { problemOf } from "../forge/api"
import { inTime } from "../base/in-time"
import type { Store } from "../base/store"
import { t } from "../base/words"
import { moveSpans } from "../text/changes"
import type { EditState } from "./edit-state"
import { createOutsideLinks } from "./outside-links"
import type { PostContext } from "./post-context"
import type { ShownPage } from "./shown-page"

export interface ShownDataOptions {
  app: Pick<PostContext, "api" | "settled">
  store: Pick<Store<EditState>, "get" | "set">
  /// The branch whose settings say how it is read.
  branch: string
  path: string
  editor: () => Pick<Editor, "problems"> | null
  text: () => string
  /// How long after a change it is read, in milliseconds. Defaults to 300.
  pause?: number
  /// How long after a failure it is tried again. Defaults to 5,000.
  again?: number
}

/// How long an answer may take, in milliseconds.
const limit = 30_000

/// It has the shape of a page, and nothing of what only a page can be asked for.
export function createShownData({ app, store, branch, path, editor, text, pause = 300, again = 5_000 }: ShownDataOptions): ShownPage {
  let timer: ReturnType<typeof setTimeout> | undefined
  let abort = new AbortController()
  let destroyed = false

  async function look(): Promise<void> {
    abort.abort()
    clearTimeout(timer)
    const own = (abort = new AbortController())
    const about = text()
    try {
      const { value, name, diagnostics } = await inTime(app.api.data(branch, path, about, own.signal), limit)
      if (own.signal.aborted || text() !== about) return
      const before = store.get().data
      editor()?.problems(diagnostics, null)
      store.set({
        problems: diagnostics, known: true, preview: "live", trouble: "",
        data: { name, value: value ?? before?.value ?? null, broken: value === null },
      })
    } catch (error) {
      if (own.signal.aborted) return
      const { kind, sentence } = problemOf(error)
      store.set({ known: true, preview: "live", trouble: kind === "unavailable" ? t("Galley's server does not answer, so that nobody knows what the file says now. You can go on writing.") : sentence })
      timer = setTimeout(() => void look(), again)
    }
    app.settled()
  }

  return {
    follow: { cursor() {}, scrolled() {}, apart: () => null, lead() {} },
    frame: () => null,
    address: () => location.origin + "/",
    open() {},
    fallBack() {},
    start: () => void look(),
    changed(changes) {
      moveSpans(store.get().problems, changes)
      abort.abort()
      clearTimeout(timer)
      if (!destroyed) timer = setTimeout(() => void look(), pause)
    },
    setKey: null,
    outside: createOutsideLinks({ check: async () => ({ found: [], links: 0, silent: 0, unasked: 0 }), text, onFound() {} }),
    problems() {},
    async check() {},
    spell() {},
    addWord() {},
    reach() {},
    destroy() {
      destroyed = true
      clearTimeout(timer)
      abort.abort()
    },
  }
}
