// Reviews asks the server about what people say about a pull request.
import type { Api } from "./api"
import type { Comment, Discussion, NewComment, NewVerdict, Thread, Verdict } from "../protocol/review"
import type { Person, Pull } from "../protocol/server"
import { isSame } from "./people"

type Asks = Pick<Api, "ask">

export const readDiscussion = (api: Asks, number: number): Promise<Discussion> => api.ask(`/api/pulls/${number}/discussion`)

/// Each of these answers all that was said.
export const comment = (api: Asks, number: number, said: NewComment): Promise<Discussion> => api.ask(`/api/pulls/${number}/comments`, said)

export const resolve = (api: Asks, number: number, thread: string, resolved: boolean): Promise<Discussion> =>
  api.ask(`/api/pulls/${number}/resolve`, { thread, resolved })

export const review = (api: Asks, number: number, verdict: NewVerdict): Promise<Discussion> => api.ask(`/api/pulls/${number}/reviews`, verdict)

export const requestReview = (api: Asks, number: number, people: readonly string[]): Promise<Discussion> =>
  api.ask(`/api/pulls/${number}/reviewers`, { people })

/// Who could be asked for a review, as far as the site knows people.
export const reviewers = (api: Asks, number: number): Promise<Person[]> => api.ask(`/api/pulls/${number}/reviewers`)

/// Whether a thread's lines are still where it says.
export function isPlaced(thread: Thread): boolean {
  return thread.line > 0 && !thread.removed
}

/// What is still to be settled.
export function openThreads(discussion: Discussion): Thread[] {
  return discussion.threads.filter(thread => !thread.resolved)
}

/// The last word of each reviewer.
export function lastVerdicts(discussion: Discussion): Verdict[] {
  const last: Verdict[] = []
  for (const verdict of discussion.verdicts) {
    if (verdict.review === "" && !verdict.dismissed) continue
    const at = last.findIndex(other => isSame(other.author, verdict.author))
    if (at >= 0) last.splice(at, 1)
    if (!verdict.dismissed) last.push(verdict)
  }
  return last
}

/// How far a pull request's review is by what was said since it was asked for: all that
/// was approved may be an earlier version by now, or the head be approved.
export function reviewOf(pull: Pull, discussion: Discussion): Pull["review"] {
  if (pull.review !== "approved" && pull.review !== "earlier") return pull.review
  const approved = lastVerdicts(discussion).filter(verdict => verdict.review === "approved")
  if (approved.length === 0) return pull.review
  return approved.every(verdict => verdict.commit !== discussion.head) ? "earlier" : "approved"
}

/// What was said on the whole, in the order of time.
export function conversation(discussion: Discussion): (Comment & { review?: Verdict["review"] })[] {
  const said = discussion.verdicts.filter(verdict => verdict.review !== "" || verdict.body.trim() !== "")
    .map(({ author, body, created, review }) => ({ author, body, created, url: "", review }))
  return [...discussion.comments, ...said].sort((a, b) => Date.parse(a.created) - Date.parse(b.created))
}
