// Catching up is the part of the editor's model that meets what others did to
// the post: it looks for it, merges it where it can, and holds what the writer
// has to choose. docs/architecture.md, "Many writers, one file".
import { problemOf, type Api } from "../api"
import { catchUp, collisionsOf, resolve, tellMerged, type CatchUp, type Choice, type Mark, type Resolved } from "../catch-up"
import type { Origin } from "../editor/origin"
import type { PostFile, Problem, Pull } from "../protocol"
import { createStore, type Store } from "../store"

/// Why two texts meet: when the post was opened, before or while it was
/// submitted, or to bring a pull request up to date.
export type Why = "opened" | "submitting" | "pull"

export interface CatchingUpState {
  /// What is to be chosen.
  collision: { up: CatchUp; why: Why } | null
  /// What was merged last: the text as it was then, what it is to be compared
  /// with, whose lines are in it, and a sentence about that.
  merged: { text: string; old: string; marks: Mark[]; sentence: string } | null
  /// The open pull request that does not merge any more, as the server says.
  behind: Pull | null
  /// The sections that the pull request takes.
  writing: string[]
  /// Whether it is being looked into.
  busy: boolean
  /// Why that failed; null for not.
  problem: Problem | null
}

/// `same`: nothing to do. `merged`: the text is another now. `choose`: the
/// writer has to. `gone`: the post is not on the branch any more. `unknown`:
/// the server could not be asked.
export type Outcome = "same" | "merged" | "choose" | "gone" | "unknown"

export interface CatchingUp {
  store: Store<CatchingUpState>
  /// Looks whether the branch's file is another than the text was made from.
  check(): Promise<Outcome>
  /// Merges with what was found in the post's place.
  meet(theirs: PostFile, why: Why): Promise<Outcome>
  /// Looks whether a pull request of this post still merges.
  look(number: number): Promise<void>
  /// Merges what is on the base of the pull request that does not merge.
  bringUp(): Promise<Outcome>
  /// Ends the choosing.
  choose(choices: readonly Choice[]): void
  later(): void
  destroy(): void
}

export interface CatchingUpOptions {
  api: Api
  branch: string
  path: string
  /// Whether the branch is what a pull request goes into, and not its own.
  isBase: () => boolean
  text: () => string
  origin: () => Origin
  /// The text that the pull request has by the writer's last submission; null
  /// when there was none.
  submitted: () => string | null
  /// Puts a text and what it was made from into the editor, to be undone
  /// together.
  adopt: (text: string, origin: Origin) => void
  /// Called when the writer is to see what will be submitted.
  onReady: () => void
}

export function createCatchingUp(options: CatchingUpOptions): CatchingUp {
  const { api, branch, path } = options
  const store = createStore<CatchingUpState>({ collision: null, merged: null, behind: null, writing: [], busy: false, problem: null })
  let destroyed = false

  /// Merges until the text is the one that was merged: it may be typed in
  /// meanwhile.
  async function join(why: Why, merge: (mine: string) => Promise<CatchUp>): Promise<Outcome> {
    store.set({ busy: true, problem: null })
    try {
      for (;;) {
        const up = await merge(options.text())
        if (destroyed) return "unknown"
        if (options.text() !== up.mine) continue
        if (collisionsOf(up).length > 0) {
          store.set({ collision: { up, why } })
          return "choose"
        }
        adopt(up, resolve(up, []))
        return "merged"
      }
    } catch (error) {
      if (!destroyed) store.set({ problem: problemOf(error) })
      return "unknown"
    } finally {
      if (!destroyed) store.set({ busy: false })
    }
  }

  function adopt(up: CatchUp, resolved: Resolved): void {
    options.adopt(resolved.text, resolved.origin)
    store.set({
      collision: null,
      merged: { text: resolved.text, old: up.base, marks: resolved.marks, sentence: tellMerged(up) },
    })
  }

  async function meet(theirs: PostFile, why: Why): Promise<Outcome> {
    const origin = options.origin()
    // Somebody else pushed to the pull request's branch: what both began from
    // is what was submitted last.
    if (theirs.branch !== branch) {
      const base = options.submitted() ?? origin.text
      return join(why, mine => catchUp({
        api, path, mine, base, theirs, since: "", next: { ...origin, seen: [...origin.seen, theirs.blob] },
      }))
    }
    return join(why, mine => catchUp({
      api, path, mine, base: origin.text, theirs, since: origin.blob,
      next: { ...origin, blob: theirs.blob, text: theirs.text, merged: options.isBase() ? theirs.commit : origin.merged },
    }))
  }

  async function check(): Promise<Outcome> {
    let theirs: PostFile
    try {
      theirs = await api.post(branch, path)
    } catch (error) {
      return problemOf(error).kind === "not-found" && options.origin().blob !== "" ? "gone" : "unknown"
    }
    if (destroyed) return "unknown"
    const { blob, text } = options.origin()
    return theirs.blob === blob || theirs.text === text ? "same" : meet(theirs, "submitting")
  }

  async function look(number: number): Promise<void> {
    const { pull } = await api.pull(number)
    if (!destroyed) store.set({ writing: pull.writing, behind: pull.state === "open" && pull.mergeable === "conflict" ? pull : null })
  }

  async function bringUp(): Promise<Outcome> {
    const behind = store.get().behind
    if (!behind) return "same"
    let outcome: Outcome
    if (behind.base === branch) {
      outcome = await check()
    } else {
      try {
        const [{ files }, theirs] = await Promise.all([api.pull(behind.number), api.post(behind.base, path)])
        const base = files.find(file => file.path === path)?.old ?? ""
        const origin = options.origin()
        outcome = await join("pull", mine => catchUp({
          api, path, mine, base, theirs, since: "", next: { ...origin, merged: theirs.commit },
        }))
      } catch (error) {
        if (!destroyed) store.set({ problem: problemOf(error) })
        return "unknown"
      }
    }
    if (outcome === "merged" || outcome === "same") options.onReady()
    return outcome
  }

  return {
    store, check, meet, look, bringUp,
    choose(choices) {
      const { collision } = store.get()
      if (!collision) return
      adopt(collision.up, resolve(collision.up, choices))
      if (collision.why !== "opened") options.onReady()
    },
    later: () => store.set({ collision: null }),
    destroy() {
      destroyed = true
    },
  }
}
