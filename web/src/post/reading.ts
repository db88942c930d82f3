// Reading asks for a post on its branch, or as its pull request has it, and for what
// this browser keeps of it. Addresses come from anybody: what one says of a pull request
// holds where that is one from the branch, or where the draft was made in it; else a link
// would take the draft of one branch to another's.
import { inTime } from "../base/in-time"
import { problemOf, type Api } from "../forge/api"
import { ago } from "../forge/posts"
import type { PostFile, Renamed } from "../protocol/server"
import type { Draft, DraftKey, Drafts } from "./drafts"
import { noAnswer } from "./life/opening"
import type { Place, Read } from "./life/state"
import { ownTarget } from "./life/target"
import { recover } from "./parting-draft"
import { readInPull, type InPull } from "./in-pull"
import { t } from "../base/words"

export interface ReadingOptions {
  api: Api
  drafts: Drafts
  key: DraftKey
  place: Place
  /// The text of a post that was made a moment ago, and is nowhere yet.
  fresh: string | null
}

type Found = (PostFile & { kept?: number }) | null | "unknown" | { refused: string }

/// How long the database may take, in milliseconds.
const limit = 15_000

/// What this browser keeps; nothing, and that it is not known, where it lets nobody
/// look, or does not answer.
export async function readDraft(drafts: Drafts, key: DraftKey): Promise<{ draft: Draft | undefined; other: Draft | null; unread: boolean }> {
  return inTime(recover(drafts, key), limit).then(kept => ({ ...kept, unread: false }), () => ({ draft: undefined, other: null, unread: true }))
}

export async function readPost({ api, drafts, key, place, fresh }: ReadingOptions): Promise<Read> {
  const keptDraft = readDraft(drafts, key)
  let inPull: InPull | null = null
  let renamed: Renamed | null = null
  let stranger = ""
  async function readFile(): Promise<Found> {
    try {
      if (fresh !== null) return null
      if (place.pull > 0) {
        inPull = await readInPull(api, place, async () => (await keptDraft).draft).catch(nothingThere)
        if (inPull) return inPull.file
        stranger = t("The address names pull request #{number}, which is not from the branch {branch}. What you write here does not go into it.", { number: place.pull, branch: place.branch })
      }
      return await api.post(place.branch, place.path)
    } catch (error) {
      const problem = problemOf(error)
      if (problem.kind === "unavailable" || problem.kind === "other-site") return "unknown"
      if (problem.kind !== "not-found") return { refused: problem.sentence }
      renamed = problem.renamed ?? null
      return null
    }
  }

  /// The base that the address names without a pull request, where one from the branch
  /// goes into it.
  async function readInto(): Promise<string> {
    const { branch, path, into } = place
    if (into === "" || (await keptDraft).draft?.into === into) return into
    const pulls = await api.pulls(path).catch(() => [])
    return pulls.some(pull => pull.state === "open" && pull.branch === branch && pull.base === into) ? into : ""
  }

  const [file, into, { draft, other, unread }] = await Promise.all([readFile(), place.pull === 0 ? readInto() : "", keptDraft])
  const pull = inPull as InPull | null
  const known: Place = pull ? { ...place, into: pull.target.into }
    : place.pull > 0 && draft?.pull === place.pull ? { ...place, into: draft.into ?? "" } : { ...place, into, pull: 0 }
  const keptAt = file && typeof file === "object" && "kept" in file ? (file.kept ?? 0) : 0
  return {
    place: known, file, draft, other, unread, fresh, renamed,
    target: pull?.target ?? { ...ownTarget, into: known.into, pull: known.pull },
    left: pull !== null && pull.target.pull === 0,
    began: pull?.began ?? null,
    notice: pull?.notice || [stranger, keptAt ? `${noAnswer} ${t("This is the post as it was {when}.", { when: ago(keptAt, Date.now()) })}` : ""].filter(Boolean).join(" "),
    asBefore: keptAt > 0,
  }
}

/// A pull request that is not there is none of any branch.
function nothingThere(error: unknown): null {
  if (problemOf(error).kind === "not-found") return null
  throw error
}
