// Reading asks for a post on its branch, or as its pull request has it, and for what
// this browser keeps of it.
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
  async function readFile(): Promise<Found> {
    try {
      if (fresh !== null) return null
      if (place.pull === 0) return await api.post(place.branch, place.path)
      inPull = await readInPull(api, place.pull, place.path, async () => (await keptDraft).draft !== undefined)
      return inPull.file
    } catch (error) {
      const problem = problemOf(error)
      if (problem.kind === "unavailable" || problem.kind === "other-site") return "unknown"
      if (problem.kind !== "not-found") return { refused: problem.sentence }
      renamed = problem.renamed ?? null
      return null
    }
  }
  const [file, { draft, other, unread }] = await Promise.all([readFile(), keptDraft])
  const pull = inPull as InPull | null
  const keptAt = file && typeof file === "object" && "kept" in file ? (file.kept ?? 0) : 0
  return {
    file, draft, other, unread, fresh, renamed,
    target: pull?.target ?? { ...ownTarget, into: place.into, pull: place.pull },
    left: pull !== null && pull.target.pull === 0,
    began: pull?.began ?? null,
    notice: pull?.notice || (keptAt ? `${noAnswer} ${t("This is the post as it was {when}.", { when: ago(keptAt, Date.now()) })}` : ""),
    asBefore: keptAt > 0,
  }
}
