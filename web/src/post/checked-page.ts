// Checked page is what the check of the rendered page found, as long as the text has it.
// The check itself is page-check.ts.
import type { ChangeSet } from "@codemirror/state"
import type { Store } from "../base/store"
import { moveSpans } from "../text/changes"
import type { EditState } from "./edit-state"
import type { PageFound } from "./page-check"
import type { Problem } from "./problem"
import { t } from "../base/words"

export interface CheckedPage {
  /// Has the page checked, one time after the other.
  check(): Promise<void>
  /// What was found in blocks whose sources are as they were. Whoever shows it may move
  /// it along with what is typed.
  found(): Problem[]
  /// Tells of a change of the text.
  changed(changes: ChangeSet): void
  destroy(): void
}

export interface CheckedPageOptions {
  /// Where it is told how the check stands.
  store: Pick<Store<Pick<EditState, "pageCheck">>, "get" | "set">
  text: () => string
  /// Checks the page; rejects where that cannot be loaded.
  run: () => Promise<PageFound>
  /// Called when something was found about the text as it is.
  onFound: () => void
}

export function createCheckedPage({ store, text, run, onFound }: CheckedPageOptions): CheckedPage {
  let last: { found: PageFound; sources: string[] } | null = null // with the texts of the blocks
  let destroyed = false

  return {
    async check() {
      if (store.get().pageCheck.is === "running") return
      store.set({ pageCheck: { is: "running", said: t("Checking the page."), layout: [], apart: true } })
      const outdated = t("The page could not be checked: the server does not answer, or has another version by now.")
      const found = await run().catch((error: unknown): PageFound => {
        console.error(error)
        return { problems: [], blocks: [], layout: [], apart: true, failed: true, said: outdated }
      })
      if (destroyed) return
      const { said, layout, apart, failed } = found
      if (!failed) {
        const now = text()
        last = { found, sources: found.blocks.map(({ from, to }) => now.slice(from, to)) }
        onFound()
      }
      store.set({ pageCheck: { is: failed ? "failed" : "done", said, layout, apart } })
    },
    found() {
      if (!last) return []
      const { found: { problems, blocks }, sources } = last
      const now = text()
      // Copies: what is not listed has to keep its place for when it is again.
      return problems.filter((_, i) => now.slice(blocks[i]!.from, blocks[i]!.to) === sources[i]).map(problem => ({ ...problem }))
    },
    changed(changes) {
      if (!last) return
      moveSpans(last.found.blocks, changes)
      moveSpans(last.found.problems, changes)
    },
    destroy() {
      destroyed = true
    },
  }
}
