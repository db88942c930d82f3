// Opening decides with which text a post is opened: the branch's, a draft, or,
// where both moved on, whichever the writer chooses.
import type { Draft } from "../drafts"
import type { PostFile } from "../../protocol/server"
import { t } from "../../base/words"

export type Opening =
  /// There is neither file nor draft.
  | { kind: "nothing" }
  /// Begin with `text`; `blob` and `base` are what it started from. `discard`:
  /// a kept draft holds nothing that the file has not.
  | { kind: "open"; text: string; blob: string; base: string; discard: boolean; notice: string }
  /// Both moved on; the writer chooses.
  | { kind: "choose"; draft: Draft; file: PostFile }

/// Begins what is said of a post that was opened without the server.
export const noAnswer = t("The server does not answer.")

/// `file` is null where the branch has none, "unknown" where nobody could say.
export function decideOpening(file: PostFile | null | "unknown", draft: Draft | undefined, branch: string): Opening {
  const opened = (text: string, blob: string, base: string, more: { discard?: boolean; notice?: string } = {}): Opening =>
    ({ kind: "open", text, blob, base, discard: more.discard ?? false, notice: more.notice ?? "" })

  if (file === "unknown") {
    return draft
      ? opened(draft.text, draft.blob, draft.base, { notice: `${noAnswer} ${t("This is your draft, as this browser kept it.")}` })
      : { kind: "nothing" }
  }
  if (!file) {
    if (!draft) return { kind: "nothing" }
    if (draft.blob === "") return opened(draft.text, "", "")
    return opened(draft.text, "", "", { notice: t("This post is no longer on {branch}. Your draft is kept; a pull request would add it again.", { branch }) })
  }
  if (!draft) return opened(file.text, file.blob, file.text)
  if (draft.blob === file.blob) return opened(draft.text, draft.blob, file.text)
  // What is there may be what this draft was when it was submitted.
  const sent = draft.sent?.includes(file.blob) ?? false
  // What was taken out again after it was submitted is in the pull request still: that
  // goes with the draft, and would come back from there as somebody else's.
  const { submitted } = draft
  const takenBack = submitted !== undefined && submitted.text !== draft.text && !sent
  if (draft.text === file.text ? !takenBack : draft.text === draft.base && !submitted) return opened(file.text, file.blob, file.text, { discard: true })
  if (sent) return opened(draft.text, file.blob, file.text)
  return { kind: "choose", draft, file }
}
