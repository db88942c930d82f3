// Pulls says in words how a pull request stands.
import { t, tn } from "../base/words"
import type { Api } from "./api"
import { isSame, personName } from "./people"
import type { Person, PostEntry, Pull, PullFile } from "../protocol/server"

/// The host at which a preview is; "" for an address that nobody is led to: the server
/// gives none such.
export function previewHost(address: string): string {
  if (!/^https?:\/\//i.test(address)) return ""
  return URL.canParse(address) ? new URL(address).host : ""
}

/// The post that a pull request of Galley's is about though it changes nothing yet, by
/// its branch's name, which is made of the file's; undefined for none.
export function announcedPost<P extends Pick<PostEntry, "path">>(pull: Pull, posts: readonly P[]): P | undefined {
  const name = /^(?:[^:]+:)?galley\/[^/]+\/([^/.]+)(?:\.\d+)?$/.exec(pull.branch)?.[1]
  return name === undefined ? undefined : posts.find(post => post.path.replace(/^.*\//, "").replace(/\.\w+$/, "") === name)
}

/// Whether an open pull request is for a post and changes nothing yet: somebody has begun.
export function isClaim(pull: Pull, path: string): boolean {
  return pull.state === "open" && pull.paths?.length === 0 && announcedPost(pull, [{ path }]) !== undefined
}

/// What an open pull request without changes is good for, in a sentence.
export function emptyOf(mayWrite: boolean, mayClose: boolean): string {
  if (mayWrite) return mayClose ? t("It changes nothing. Write in it, or close it.") : t("It changes nothing. Write in it.")
  return mayClose ? t("It changes nothing. Close it where nothing is to come.") : t("It changes nothing.")
}

/// How many pull requests are open for a post, in a sentence.
export function openOf(waiting: number, claims: number): string {
  const open = waiting === 0 ? "" : tn(waiting, "One is open and not in it yet", "{count} are open and not in it yet")
  const begun = claims === 0 ? "" : tn(claims, "one is open that changes nothing yet", "{count} are open that change nothing yet")
  if (open === "") return begun === "" ? t("None is open for it.") : begun[0]!.toUpperCase() + begun.slice(1) + "."
  return begun === "" ? `${open}.` : `${open}; ${begun}.`
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
  if (pull.state !== "open") return [{ text: pull.state === "merged" ? t("merged") : t("closed"), bad: false }]
  if (pull.review) words.push({ text: reviews[pull.review], bad: pull.review === "changes" })
  if (pull.checks) words.push({ text: checks[pull.checks], bad: pull.checks === "failing" })
  if (pull.mergeable === "conflict") words.push({ text: t("collides with {branch}", { branch: pull.base }), bad: true })
  return words
}

const reviews: Record<Exclude<Pull["review"], "">, string> = {
  requested: t("review asked for"), approved: t("approved"), changes: t("changes asked for"), earlier: t("an earlier version approved"),
}
const checks: Record<Exclude<Pull["checks"], "">, string> = {
  pending: t("tests run"), passing: t("tests pass"), failing: t("tests fail"),
}

/// What an update makes of a pull request's title, in a sentence; "" where it has the one
/// that is wanted. Who continues another's leaves its title, and names the commit alone.
export function retitled(pull: Pick<Pull, "number" | "title" | "author">, title: string, person: Person): string {
  if (title === "" || title === pull.title) return ""
  return isSame(pull.author, person)
    ? t("Pull request #{number} is called “{title}” now. This changes its title.", { number: pull.number, title: pull.title })
    : t("Pull request #{number} keeps the title that {author} gave it, “{title}”. Yours names the commit.", { number: pull.number, author: personName(pull.author), title: pull.title })
}

/// The open ones first, of these the ones for a branch first; else as they come.
export function sortPulls(pulls: readonly Pull[], base: string): Pull[] {
  const rank = (pull: Pull) => (pull.state !== "open" ? 2 : pull.base === base ? 0 : 1)
  return [...pulls].sort((a, b) => rank(a) - rank(b))
}

/// What merging does with a pull request's files, in sentences: what goes into its base,
/// what is taken off it, and what moves. `place` is the base's name, and `published`
/// says whether the site is published from it.
export function mergingOf(files: readonly PullFile[], place: string, published: boolean): string {
  const gone = files.filter(file => file.blob === "")
  const added = files.filter(file => file.oldBlob === "")
  const moved: string[] = []
  const paired = new Set<PullFile>()
  for (const from of gone) {
    const to = added.find(file => !paired.has(file) && isSameText(from, file))
    if (!to) continue
    paired.add(from).add(to)
    moved.push(t("{path} becomes {now} on {place}", { path: from.path, now: to.path, place }))
  }
  const written = files.filter(file => file.blob !== "" && !paired.has(file))
  const removed = gone.filter(file => !paired.has(file))
  const parts = [
    ...(written.length > 0 ? [tn(written.length, "{path} goes into {place}", "{count} files go into {place}", { path: written[0]!.path, place })] : []),
    ...(removed.length > 0 ? [tn(removed.length, "{path} is taken off {place}", "{count} files are taken off {place}", { path: removed[0]!.path, place })] : []),
    ...(moved.length > 2 ? [tn(moved.length, "One file has another path on {place}", "{count} files have another path on {place}", { place })] : moved),
  ]
  return parts.map((part, i) => (published && i === 0 ? t("{what}, which the site is published from.", { what: part }) : part + ".")).join(" ")
}

/// Whether a file that is added is one that is removed, at another path: it is the same,
/// or most of its lines are.
function isSameText(gone: PullFile, added: PullFile): boolean {
  if (gone.oldBlob === added.blob) return true
  if (gone.old === null || added.new === null) return false
  const lines = (text: string) => text.split("\n").filter(line => line.trim() !== "" && line !== "---")
  const before = lines(gone.old)
  const after = new Set(lines(added.new))
  return before.length > 0 && 2 * before.filter(line => after.has(line)).length > before.length
}
