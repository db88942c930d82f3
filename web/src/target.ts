// Target is where an edit goes: into a pull request of its own, or on into one
// that is there, on that one's branch.
import type { Api } from "./api"
import { Failure } from "./api"
import type { AppContext } from "./app-context"
import type { PostFile, Pull, PullFile } from "./protocol"
import { editAddress, isFork } from "./router"

export interface Target {
  /// The base of the pull request; "" where the editor's branch is the base.
  into: string
  /// The number of the pull request that is continued; 0 for none.
  pull: number
  /// What is known of that one: its title and address.
  title: string
  url: string
}

/// An edit that begins a pull request of its own.
export const ownTarget: Target = { into: "", pull: 0, title: "", url: "" }

/// Reads a post as it is in a pull request. When that is no longer open, it is
/// the base's post, and the notice says so.
export async function readInPull(
  api: Api, number: number, path: string,
): Promise<{ file: PostFile | null; target: Target; notice: string }> {
  const { pull, files } = await api.pull(number)
  const read = (branch: string) =>
    api.post(branch, path).catch(error => {
      if (error instanceof Failure && error.problem.kind === "not-found") return null
      throw error
    })
  if (pull.state !== "open") {
    return {
      file: await read(pull.base), target: { ...ownTarget, into: pull.base },
      notice: `Pull request #${number} is ${pull.state}. This is the post on ${pull.base}; what you submit opens a new pull request.`,
    }
  }
  if (!pull.canPush) {
    throw new Failure({ kind: "forbidden", sentence: `You may not write to the branch of pull request #${number}. Its page offers you a copy instead.` })
  }
  const target = { into: pull.base, pull: number, title: pull.title, url: pull.url }
  const file = files.find(file => file.path === path)
  if (!file) return { file: await read(isFork(pull.branch) ? pull.base : pull.branch), target, notice: "" }
  if (file.new === null) {
    if (file.blob !== "") throw new Failure({ kind: "unsupported", sentence: `${path} is not text in pull request #${number}, so it cannot be edited here.` })
    return { file: null, target, notice: "" }
  }
  return { file: { path, text: file.new, blob: file.blob, commit: pull.head, branch: pull.branch, url: "" }, target, notice: "" }
}

/// The address at which a pull request's post is written on.
export function continueAddress(pull: Pull, path: string): string {
  return editAddress(pull.branch, path, pull.base, pull.number)
}

/// Makes a pull request's text a draft of one's own for the same base, and
/// answers its address. `taken`: there is a draft at that address, which is
/// left alone.
export async function copyPull(app: AppContext, pull: Pull, file: PullFile): Promise<{ address: string; taken: boolean }> {
  const key = { site: app.site.name, person: app.site.person.login || app.site.person.email || "", branch: pull.base, path: file.path }
  const address = editAddress(pull.base, file.path)
  const kept = await app.drafts.get(key)
  if (kept) return { address, taken: kept.text !== file.new }
  // From the text that the pull request began with, so that what others did to
  // the base since is noticed when the draft is opened.
  await app.drafts.put({ ...key, text: file.new ?? "", blob: file.oldBlob, base: file.old ?? "", title: "" }, 0)
  return { address, taken: false }
}
