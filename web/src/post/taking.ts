// Taking tells others who writes a section: by a line in the description of the
// writer's pull request, which is opened for that where there is none.
import type { Api } from "../forge/api"
import type { PostFile, Pull, Writer } from "../protocol/server"

export interface TakeOptions {
  path: string
  /// The branch that pull requests are for.
  base: string
  /// The post's title.
  title: string
  /// Whether a pull request is the writer's.
  own: (pull: Pull) => boolean
  /// The writer's open pull request for this post; 0 for none, or not known.
  pull: number
  /// The number of another's pull request that is continued; 0 for none.
  continued: number
}

export interface Taken {
  pull: Pull
  /// What it holds, on its branch or, when it is new, on its base.
  holds: PostFile
  /// What that was before the pull request.
  before: string
}

/// Opens the writer's pull request, or extends it.
export async function takeSection(api: Api, { path, base, title, own, pull: known, continued }: TakeOptions, section: string): Promise<Taken> {
  const number = known || (await ownPull(api, path, base, own))
  const found = number === 0 ? null : await api.pull(number)
  if (found === null || (found.pull.state !== "open" && !continued)) {
    const now = await api.post(base, path, true)
    const { text, blob } = now
    const pull = await api.submit(
      { base, path, text, blob, earlier: [], title: `Edit “${title}”`, message: "", announce: true, writing: [section] }, () => {},
    )
    return { pull, holds: now, before: text }
  }
  const { pull, files } = found
  const file = files.find(file => file.path === path)
  const now: PostFile = file?.new != null
    ? { path, text: file.new, blob: file.blob, commit: pull.head, branch: pull.branch, url: "" }
    : await api.post(pull.branch, path, true)
  const next = await api.submit({
    base: pull.base, path, text: now.text, blob: now.blob, earlier: [], title: pull.title, message: "",
    announce: true, writing: [section], ...(continued ? { pull: continued } : {}),
  }, () => {})
  return { pull: next, holds: now, before: file ? file.old ?? "" : now.text }
}

/// The pull request that a submission would go on with, when it was opened in
/// another browser; 0 for none.
async function ownPull(api: Api, path: string, base: string, own: (pull: Pull) => boolean): Promise<number> {
  const found = (await api.pulls(path, true)).find(pull => pull.state === "open" && pull.base === base && own(pull) && /^(.*:)?galley\//.test(pull.branch))
  return found?.number ?? 0
}

/// Gives a section back that its writer has announced and not changed yet.
export async function giveSectionBack(api: Api, path: string, writer: Writer): Promise<void> {
  const { pull, files } = await api.pull(writer.number)
  const file = files.find(file => file.path === path)
  const now = file?.new != null ? { text: file.new, blob: file.blob } : await api.post(pull.branch, path, true)
  await api.submit({
    base: pull.base, path, text: now.text, blob: now.blob, earlier: [], title: pull.title, message: "",
    announce: true, givenBack: [writer.section], pull: writer.number,
  }, () => {})
}
