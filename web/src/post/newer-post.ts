// Newer post is the part of the editor's model that meets what others did to
// the post: it looks for it, merges it where it can, and holds what the writer
// has to choose. docs/architecture.md, "Many writers, one file".
import { problemOf, type Api } from "../forge/api"
import type { Mark } from "../editor/line-authors"
import { catchUp, collisionsOf, resolve, tellMerged, type CatchUp, type Choice, type Resolved } from "./merge"
import { meetingOf, type Origin } from "../editor/origin"
import type { PostFile, Problem, Pull } from "../protocol/server"
import { createStore, type Store } from "../base/store"

/// Why two texts meet: when the post was opened or a section taken, before or
/// while it was submitted, or to bring a pull request up to date.
export type Why = "opened" | "submitting" | "pull"

export interface CatchingUpState {
  /// What is to be chosen.
  collision: { up: CatchUp; why: Why } | null
  /// What was merged last: the text as it was then, what it is to be compared
  /// with, whose lines are in it, and a sentence about that.
  merged: { text: string; old: string; marks: Mark[]; sentence: string } | null
  /// The open pull request that does not merge any more, as the server says.
  behind: Pull | null
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
  /// The branch whose file the text was made from.
  branch: () => string
  path: string
  /// Whether that is what a pull request goes into, and not its own.
  isBase: () => boolean
  text: () => string
  origin: () => Origin
  /// The text that the pull request has by the writer's last submission; null
  /// when there was none.
  submitted: () => string | null
  /// The same, where that pull request was merged since, so that it is in what
  /// its base has; null otherwise.
  landed: () => Promise<string | null>
  /// Puts a text and what it was made from into the editor, to be undone
  /// together.
  adopt: (text: string, origin: Origin) => void
  /// Called when the writer is to see what will be submitted.
  onReady: () => void
}

export function createCatchingUp(options: CatchingUpOptions): CatchingUp {
  const { api, path } = options
  const store = createStore<CatchingUpState>({ collision: null, merged: null, behind: null, busy: false, problem: null })
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
    return join(why, async mine => {
      const branch = options.branch()
      const shared = theirs.branch === branch ? "" : options.submitted() ?? (await begun(theirs))
      // Others may have changed again what was submitted and merged: as part of
      // mine alone it would come twice.
      const landed = theirs.branch === branch && options.isBase() ? await options.landed() : null
      const from = options.origin()
      const meeting = meetingOf(landed === null ? from : { ...from, text: landed }, theirs, { branch, isBase: options.isBase(), shared })
      return catchUp({ api, path, mine, theirs, ...meeting })
    })
  }

  /// What the pull request whose branch a file is on has changed of it. Nothing
  /// that was submitted is known here: it was done in another browser.
  async function begun(file: PostFile): Promise<string> {
    const found = (await api.pulls(path)).find(pull => pull.branch === file.branch && pull.state === "open")
    return found ? beforePull(found.number, () => Promise.resolve(file.text)) : options.origin().text
  }

  /// The post as a pull request found it. Where it does not change the post,
  /// that is what its branch has.
  async function beforePull(number: number, unchanged: (pull: Pull) => Promise<string>): Promise<string> {
    const { pull, files } = await api.pull(number)
    const file = files.find(file => file.path === path)
    return file ? file.old ?? "" : unchanged(pull)
  }

  async function check(): Promise<Outcome> {
    let theirs: PostFile
    try {
      theirs = await api.post(options.branch(), path)
    } catch (error) {
      return problemOf(error).kind === "not-found" && options.origin().blob !== "" ? "gone" : "unknown"
    }
    if (destroyed) return "unknown"
    const { blob, text } = options.origin()
    return theirs.blob === blob || theirs.text === text ? "same" : meet(theirs, "submitting")
  }

  async function look(number: number): Promise<void> {
    const { pull } = await api.pull(number)
    if (!destroyed) store.set({ behind: pull.state === "open" && pull.mergeable === "conflict" ? pull : null })
  }

  async function bringUp(): Promise<Outcome> {
    const behind = store.get().behind
    if (!behind) return "same"
    let outcome: Outcome
    if (behind.base === options.branch()) {
      outcome = await check()
    } else {
      try {
        const [base, theirs] = await Promise.all([
          beforePull(behind.number, async pull => options.submitted() ?? (await api.post(pull.branch, path)).text), api.post(behind.base, path),
        ])
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
