// Submissions are the open pull requests that add to the post: which there are, which
// of them are chosen, and the text as it would be with these. What is done is what was
// seen: the server takes the text's id.
import { createStore, type Store } from "../base/store"
import { problemOf, type Api } from "../forge/api"
import type { JoinedPost, OfferedPull } from "../protocol/server"

export interface SubmissionsState {
  pulls: OfferedPull[]
  /// Why this person cannot put them in; "" where they can.
  refused: string
  chosen: ReadonlySet<number>
  /// The text with those that are chosen, while it is looked at.
  seen: JoinedPost | null
  /// What goes on: the text is made, or they are merged.
  busy: "" | "joining" | "merging"
  /// Whether an answer has come.
  known: boolean
  /// Why there is none, or why they were not put in, as a sentence.
  trouble: string
}

export interface Submissions {
  store: Store<SubmissionsState>
  /// Asks which there are.
  look(): Promise<void>
  choose(number: number, yes: boolean): void
  /// Has the text made that those which are chosen would give.
  join(): Promise<void>
  /// Merges what was seen. Answers the numbers; none where that was refused.
  merge(): Promise<number[]>
  /// Looks at it no longer.
  leave(): void
}

/// `path` is the post's, `branch` where it goes, and `own` the number of the pull
/// request that the writer's own text is in, which is not offered.
export function createSubmissions({ api, branch, path, own }: { api: Api; branch: string; path: string; own: () => number }): Submissions {
  let head = ""
  const store = createStore<SubmissionsState>({ pulls: [], refused: "", chosen: new Set(), seen: null, busy: "", known: false, trouble: "" })
  const arms = () => store.get().pulls.filter(pull => store.get().chosen.has(pull.number)).map(({ number, head }) => ({ number, head }))

  /// Asks for them; what was seen before is not to be done any more.
  async function look(): Promise<void> {
    try {
      const answer = await api.submissions(branch, path)
      head = answer.head
      const pulls = answer.pulls.filter(pull => pull.number !== own())
      const fit = new Set(pulls.filter(pull => !pull.reason).map(pull => pull.number))
      store.set({ pulls, refused: answer.refused, known: true, chosen: new Set([...store.get().chosen].filter(number => fit.has(number))) })
    } catch (error) {
      store.set({ trouble: problemOf(error).sentence })
    }
  }

  return {
    store,
    async look() {
      store.set({ trouble: "" })
      await look()
    },
    choose(number, yes) {
      const chosen = new Set(store.get().chosen)
      if (yes) chosen.add(number)
      else chosen.delete(number)
      store.set({ chosen, trouble: "" })
    },
    async join() {
      if (store.get().busy) return
      store.set({ busy: "joining", trouble: "" })
      try {
        store.set({ seen: await api.putIn({ branch, path, head, pulls: arms() }) })
      } catch (error) {
        store.set({ trouble: problemOf(error).sentence })
        await look()
      } finally {
        store.set({ busy: "" })
      }
    },
    async merge() {
      const { seen, busy } = store.get()
      if (!seen || busy) return []
      const pulls = arms()
      store.set({ busy: "merging", trouble: "" })
      try {
        await api.putIn({ branch, path, head: seen.head, pulls, blob: seen.blob })
        store.set({ seen: null, chosen: new Set() })
        await look()
        return pulls.map(pull => pull.number)
      } catch (error) {
        const problem = problemOf(error)
        store.set({ trouble: problem.sentence })
        // The branch or one of them is another now: what was seen is no longer so.
        if (problem.kind === "stale" || problem.kind === "conflict") {
          store.set({ seen: null })
          await look()
        }
        return []
      } finally {
        store.set({ busy: "" })
      }
    },
    leave() {
      store.set({ seen: null, trouble: "" })
    },
  }
}
