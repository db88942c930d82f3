// Draft keeper saves one post's draft within a second of each change, and says aloud
// whether it did.
import { DraftMoved, NotKept, whyNotKept, type Draft, type Drafts } from "./drafts"
import { forgetParting, leaveBehind } from "./parting-draft"

/// `kept`: what is typed is in this browser. `unchanged`: the text is the
/// file's. `failed`: it is nowhere else than in this tab; `why` is a sentence.
/// `moved`: another tab wrote `theirs`.
export type KeepState =
  | { kind: "unchanged" }
  | { kind: "pending" }
  | { kind: "kept"; draft: Draft }
  | { kind: "failed"; why: string }
  | { kind: "moved"; theirs: Draft | undefined }

export interface KeeperOptions {
  drafts: Drafts
  /// What would be kept now; null when there is nothing to keep, because the
  /// text is the file's.
  draft: () => Omit<Draft, "version" | "updated"> | null
  /// Where it belongs.
  key: { site: string; person: string; branch: string; path: string }
  /// The version that was read at the start; 0 for none.
  seen: number
  onState: (state: KeepState) => void
  /// Milliseconds from a change to its saving. Defaults to 250.
  delay?: number
}

export interface Keeper {
  /// Tells that the text changed.
  changed(): void
  /// Saves now, and answers when it is saved or has failed.
  flush(): Promise<KeepState>
  /// Takes over what another tab wrote as seen: the next save replaces it.
  seen(version: number): void
  destroy(): void
}

export function createKeeper(options: KeeperOptions): Keeper {
  const delay = options.delay ?? 250
  let seen = options.seen
  let timer: ReturnType<typeof setTimeout> | undefined
  let dirty = false
  let saving: Promise<KeepState> | null = null
  let last: KeepState = { kind: "unchanged" }
  let left = false // whether something was left behind for a page that goes away

  function tell(state: KeepState): KeepState {
    last = state
    options.onState(state)
    return state
  }

  async function save(): Promise<KeepState> {
    const draft = options.draft()
    dirty = false
    try {
      const state = await write(draft)
      if (left && !dirty) {
        forgetParting(options.key)
        left = false
      }
      return state
    } catch (error) {
      if (error instanceof DraftMoved) return tell({ kind: "moved", theirs: error.theirs })
      console.error(error)
      if (error instanceof NotKept) seen = error.version
      dirty = true
      // It is tried again with the next change, and after a while by itself.
      clearTimeout(timer)
      timer = setTimeout(flush, 5_000)
      return tell({ kind: "failed", why: whyNotKept(error) })
    }
  }

  async function write(draft: ReturnType<KeeperOptions["draft"]>): Promise<KeepState> {
    if (!draft) {
      if (seen > 0) await options.drafts.remove(options.key, seen)
      seen = 0
      return tell({ kind: "unchanged" })
    }
    const kept = await options.drafts.put(draft, seen)
    seen = kept.version
    return tell(dirty ? { kind: "pending" } : { kind: "kept", draft: kept })
  }

  async function flush(): Promise<KeepState> {
    clearTimeout(timer)
    timer = undefined
    // Another that waited may have begun to save meanwhile: that one counts.
    const waited = saving !== null
    while (saving) await saving
    if (waited && !dirty) return last
    saving = save().finally(() => {
      saving = null
    })
    return saving
  }

  const leaving = () => {
    if (!dirty && !saving) return
    const draft = options.draft()
    if (draft) left = leaveBehind({ draft, seen }) || left
    void flush()
  }
  const hidden = () => {
    if (document.visibilityState === "hidden") leaving()
  }
  document.addEventListener("visibilitychange", hidden)
  addEventListener("pagehide", leaving)

  return {
    changed() {
      if (!dirty && last.kind !== "failed") tell({ kind: "pending" })
      dirty = true
      if (last.kind === "failed") {
        clearTimeout(timer)
        timer = undefined
      }
      // Not put off by the next key: the first change sets the time.
      timer ??= setTimeout(flush, delay)
    },
    flush,
    seen(version) {
      seen = version
    },
    destroy() {
      leaving()
      clearTimeout(timer)
      document.removeEventListener("visibilitychange", hidden)
      removeEventListener("pagehide", leaving)
    },
  }
}
