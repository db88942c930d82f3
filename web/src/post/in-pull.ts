// In pull reads a post as it is in a pull request, and copies it out of one.
import type { Api } from "../forge/api"
import { Failure } from "../forge/api"
import { inTime } from "../base/in-time"
import { patience, type Draft } from "./drafts"
import type { PostContext } from "./post-context"
import type { Place } from "./life/state"
import { ownTarget, type Began, type Target } from "./life/target"
import type { PostFile, Pull, PullFile } from "../protocol/server"
import { editAddress, isFork } from "../protocol/routes"
import { t } from "../base/words"

export interface InPull {
  file: PostFile | null
  target: Target
  notice: string
  /// Where the pull request cannot be continued, what it began with: that is
  /// what a draft made in it has in common with the base. Null where the base
  /// has all of the pull request, and where it is continued.
  began: Began | null
}

/// Reads a post as it is in a pull request. When that is no longer open, it is
/// the base's post, and the notice says so; also when the writer may not push to
/// it, where there is a draft of it. Null where the pull request is not from that
/// branch: an address may name any two, and what was written on the one is not for
/// the other. `kept` is the draft of the branch.
export async function readInPull(
  api: Api, { branch, path, pull: number }: Pick<Place, "branch" | "path" | "pull">, kept: () => Promise<Pick<Draft, "pull"> | undefined> = async () => undefined,
): Promise<InPull | null> {
  const { pull, files } = await api.pull(number)
  const renamed = pull.branch !== branch
  // What was made in it before its branch got another name goes on as one's own.
  if (renamed && (await kept())?.pull !== number) return null
  const read = (branch: string) =>
    api.post(branch, path).catch((error: unknown) => {
      if (error instanceof Failure && error.problem.kind === "not-found") return null
      throw error
    })
  const file = files.find(file => file.path === path)
  const began = file && pull.state !== "merged" ? { blob: file.oldBlob, text: file.old ?? "", head: file.blob } : null
  if (pull.state !== "open") {
    return {
      file: await read(pull.base), target: { ...ownTarget, into: pull.base }, began,
      notice: endedNotice(pull, (await kept()) !== undefined),
    }
  }
  if (renamed) {
    return {
      file: await read(pull.base), target: { ...ownTarget, into: pull.base }, began,
      notice: t("Pull request #{number} is from another branch than {branch}. This is your draft; what you submit opens a pull request of your own into {base}.", { number, branch, base: pull.base }),
    }
  }
  if (!pull.canPush && (await kept())) {
    return {
      file: await read(pull.base), target: { ...ownTarget, into: pull.base }, began,
      notice: t("You may not write to the branch of pull request #{number}. This is your draft; what you submit opens a pull request of your own into {base}.", { number, base: pull.base }),
    }
  }
  if (!pull.canPush) {
    throw new Failure({ kind: "forbidden", sentence: t("You may not write to the branch of pull request #{number}. Its page offers you a copy instead.", { number }) })
  }
  const target = { into: pull.base, pull: number, title: pull.title, url: pull.url }
  if (!file) return { file: await read(isFork(pull.branch) ? pull.base : pull.branch), target, notice: "", began: null }
  if (file.new === null) {
    if (file.blob !== "") throw new Failure({ kind: "unsupported", sentence: t("{path} is not text in pull request #{number}, so it cannot be edited here.", { path, number }) })
    return { file: null, target, notice: "", began: null }
  }
  return { file: { path, text: file.new, blob: file.blob, commit: pull.head, branch: pull.branch, url: "" }, target, notice: "", began: null }
}

/// The address at which a pull request's post is written on.
export function continueAddress(pull: Pull, path: string): string {
  return editAddress(pull.branch, path, pull.base, pull.number)
}

/// Makes a pull request's text a draft of one's own for the same base, and
/// answers its address. `taken`: there is a draft at that address, which is
/// left alone. Rejects where this browser does not keep it, or does not answer.
export async function copyPull(app: PostContext, pull: Pull, file: PullFile): Promise<{ address: string; taken: boolean }> {
  const key = { site: app.site.id, person: app.site.person.login || app.site.person.email || "", branch: pull.base, path: file.path }
  const address = editAddress(pull.base, file.path)
  const kept = await inTime(app.drafts.get(key), patience)
  if (kept) return { address, taken: kept.text !== file.new }
  // From the text that the pull request began with, so that what others did to
  // the base since is noticed when the draft is opened.
  await inTime(app.drafts.put({ ...key, text: file.new ?? "", blob: file.oldBlob, base: file.old ?? "", title: "" }, 0), patience)
  return { address, taken: false }
}

/// What somebody is told who goes on with one that has ended. `drafted`: with a draft.
function endedNotice({ number, state, base }: Pull, drafted: boolean): string {
  if (state === "merged") {
    return drafted ? t("Pull request #{number} is merged. This is your draft; what you submit opens a new pull request.", { number })
      : t("Pull request #{number} is merged. This is the post on {base}; what you submit opens a new pull request.", { number, base })
  }
  return drafted ? t("Pull request #{number} is closed. This is your draft; what you submit opens a new pull request.", { number })
    : t("Pull request #{number} is closed. This is the post on {base}; what you submit opens a new pull request.", { number, base })
}
