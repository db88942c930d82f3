// Pulls says in words how a pull request stands, and whose it is.
import type { Api } from "./api"
import type { Person, PostEntry, Pull } from "../protocol/server"

/// Who opened it, by the name that people know.
export function authorOf(pull: Pull): string {
  return pull.author.name || pull.author.login || "somebody"
}

/// Whether a person opened it.
export function isOwn(pull: Pull, person: Person): boolean {
  return pull.author.login && person.login ? pull.author.login === person.login : pull.author.name === person.name
}

/// The post that a pull request of Galley's is about though it changes nothing yet, by
/// its branch's name, which is made of the file's; undefined for none.
export function announcedPost(pull: Pull, posts: readonly PostEntry[]): PostEntry | undefined {
  const name = /^(?:[^:]+:)?galley\/[^/]+\/([^/.]+)(?:\.\d+)?$/.exec(pull.branch)?.[1]
  return name === undefined ? undefined : posts.find(post => post.path.replace(/^.*\//, "").replace(/\.\w+$/, "") === name)
}

/// The open pull request that already adds a post; null for none.
export async function findAdding(api: Pick<Api, "pull" | "pulls">, path: string): Promise<Pull | null> {
  // A list need not know what a pull request changes.
  const open = (await api.pulls(path)).filter(pull => pull.state === "open").slice(0, 8)
  const found = await Promise.all(open.map(({ number }) => api.pull(number).catch(() => null)))
  return found.find(one => one?.pull.state === "open" && one.files.some(file => file.path === path && file.old === null && file.new !== null))?.pull ?? null
}

/// A word or two on what is known: "approved", "tests fail". The state itself
/// comes first, unless it is open.
export function standing(pull: Pull): { text: string; bad: boolean }[] {
  const words: { text: string; bad: boolean }[] = []
  if (pull.state !== "open") return [{ text: pull.state, bad: false }]
  if (pull.review) words.push({ text: reviews[pull.review], bad: pull.review === "changes" })
  if (pull.checks) words.push({ text: checks[pull.checks], bad: pull.checks === "failing" })
  if (pull.mergeable === "conflict") words.push({ text: `collides with ${pull.base}`, bad: true })
  return words
}

const reviews: Record<Exclude<Pull["review"], "">, string> = {
  requested: "review asked for", approved: "approved", changes: "changes asked for",
}
const checks: Record<Exclude<Pull["checks"], "">, string> = {
  pending: "tests run", passing: "tests pass", failing: "tests fail",
}

/// The open ones first, of these the ones for a branch first; else as they come.
export function sortPulls(pulls: readonly Pull[], base: string): Pull[] {
  const rank = (pull: Pull) => (pull.state !== "open" ? 2 : pull.base === base ? 0 : 1)
  return [...pulls].sort((a, b) => rank(a) - rank(b))
}
