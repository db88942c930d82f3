// Unsaved knows whether the open post has words that are in this tab alone, asks
// before such a tab or screen is left, and is what every sentence about kept
// words follows from: it says what was written and read back, and nothing else.
import type { KeepState } from "./life/state"
import { createStore, type Store } from "../base/store"
import { t } from "../base/words"

/// The post that is open in the editor.
export interface OpenPost {
  path: string
  /// Its text as it would be in the file.
  text: () => string
  /// Tries to keep it now.
  save: () => Promise<KeepState>
}

export interface UnsavedState {
  post: OpenPost | null
  keep: KeepState
  /// The address of the app that the writer wants to leave the post for, while
  /// they are asked; "" while they are not.
  leavingFor: string
}

export interface Unsaved {
  store: Store<UnsavedState>
  /// Tells which post is open; null for none.
  open(post: OpenPost | null): void
  /// Tells how its draft is kept.
  tell(keep: KeepState): void
  /// Whether the screen may be left for another address of the app now. Where
  /// it may not, the writer is asked.
  mayLeave(address: string): boolean
  /// Answers the question.
  stay(): void
  leave(): void
  destroy(): void
}

/// `leave` goes to an address of the app. It is called when a writer was asked
/// and either answered so or has nothing to lose any more.
export function createUnsaved(leave: (address: string) => void): Unsaved {
  const store = createStore<UnsavedState>({ post: null, keep: { kind: "unchanged" }, leavingFor: "" })
  let guarded = false
  const ask = (event: BeforeUnloadEvent) => event.preventDefault()

  /// Browsers keep a page less well that listens for nothing.
  function guard(): void {
    const { post, keep } = store.get()
    const needed = post !== null && keep.kind === "failed"
    if (needed === guarded) return
    guarded = needed
    if (needed) addEventListener("beforeunload", ask)
    else removeEventListener("beforeunload", ask)
  }

  function open(post: OpenPost | null): void {
    store.set({ post, keep: { kind: "unchanged" }, leavingFor: "" })
    guard()
  }

  function away(): void {
    const address = store.get().leavingFor
    open(null)
    leave(address)
  }

  return {
    store, open,
    tell(keep) {
      store.set({ keep })
      guard()
      if (store.get().leavingFor && (keep.kind === "kept" || keep.kind === "unchanged" || keep.kind === "sent")) away()
    },
    mayLeave(address) {
      if (!guarded) return true
      store.set({ leavingFor: address })
      return false
    },
    stay: () => store.set({ leavingFor: "" }),
    leave: away,
    destroy() {
      store.set({ post: null })
      guard()
    },
  }
}

/// What can be said of what was written, in a sentence; "" where nothing was, or
/// nobody knows.
export function keptSentence(keep: KeepState): string {
  switch (keep.kind) {
    case "kept":
      return t("What you wrote is kept in this browser.")
    case "failed":
      return keep.why
    default:
      return ""
  }
}
