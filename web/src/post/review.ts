// Review is what people say about a pull request, as the screens show it: read when
// it is opened, when one comes back to the page, and with each answer to what one
// says. Nothing is asked for by the clock.
import { createStore, type Store } from "../base/store"
import { problemOf, type Api } from "../forge/api"
import { comment, readDiscussion, requestReview, resolve, review } from "../forge/reviews"
import type { Discussion, NewComment, NewVerdict } from "../protocol/review"

export interface ReviewState {
  /// Null until it was read.
  discussion: Discussion | null
  /// What is being sent: a thread's id, "comment", "verdict" or "people"; "" for
  /// nothing.
  sending: string
  /// Why the last thing was not done, in a sentence, and what that was; "" for
  /// nothing.
  trouble: string
  troubled: string
}

export interface Review {
  store: Store<ReviewState>
  /// Reads it anew.
  look(): Promise<void>
  /// Each of these answers whether it was done. `what` is the thread, or
  /// "comment".
  say(what: string, said: NewComment): Promise<boolean>
  resolve(thread: string, resolved: boolean): Promise<boolean>
  judge(verdict: NewVerdict): Promise<boolean>
  ask(people: readonly string[]): Promise<boolean>
  destroy(): void
}

/// How long it is not read again when one comes back to the page, in milliseconds.
const often = 10_000

/// What is said goes by `api`, and `quiet` looks at what others said.
export function createReview({ api, quiet }: { api: Pick<Api, "ask">; quiet: Pick<Api, "ask"> }, number: number): Review {
  const store = createStore<ReviewState>({ discussion: null, sending: "", trouble: "", troubled: "" })
  let destroyed = false
  let looked = 0
  let turn = 0 // an older answer does not replace a newer one

  async function look(): Promise<void> {
    looked = Date.now()
    const mine = ++turn
    try {
      const discussion = await readDiscussion(quiet, number)
      if (!destroyed && mine === turn) store.set({ discussion, ...(store.get().troubled === "look" ? { trouble: "", troubled: "" } : {}) })
    } catch (error) {
      if (!destroyed && mine === turn) store.set({ trouble: problemOf(error).sentence, troubled: "look" })
    }
  }

  async function send(what: string, request: () => Promise<Discussion>): Promise<boolean> {
    if (store.get().sending) return false
    store.set({ sending: what, trouble: "", troubled: "" })
    turn++
    try {
      const discussion = await request()
      if (!destroyed) store.set({ discussion, sending: "" })
      return true
    } catch (error) {
      const problem = problemOf(error)
      if (!destroyed) store.set({ sending: "", trouble: problem.sentence, troubled: what })
      if (problem.kind === "stale" || problem.kind === "not-found") void look()
      return false
    }
  }

  const back = () => {
    if (document.visibilityState === "visible" && Date.now() - looked > often && !store.get().sending) void look()
  }
  addEventListener("focus", back)
  document.addEventListener("visibilitychange", back)
  void look()

  return {
    store, look,
    say: (what, said) => send(what, () => comment(api, number, said)),
    resolve: (thread, resolved) => send(thread, () => resolve(api, number, thread, resolved)),
    judge: verdict => send("verdict", () => review(api, number, verdict)),
    ask: people => send("people", () => requestReview(api, number, people)),
    destroy() {
      destroyed = true
      removeEventListener("focus", back)
      document.removeEventListener("visibilitychange", back)
    },
  }
}
