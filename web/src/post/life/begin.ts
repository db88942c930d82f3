// Begin is the start of a post's life: what was read on its branch meets what this
// browser keeps, and both are there when it is open.
import type { PostFile } from "../../protocol/server"
import { originOf } from "../../text/origin"
import type { Draft } from "../drafts"
import { decideOpening, noAnswer } from "./opening"
import { leavingPull } from "./target"
import type { Effect } from "./events"
import { changed, keep } from "./keeping"
import { originOfDraft, submissionOf } from "./keepsake"
import { pullOf, type Claiming, type Life, type Open, type Place, type Read, type Reading } from "./state"
import { t } from "../../base/words"

export function reading(place: Place): Reading {
  return { phase: "reading", place }
}

/// The post is read: it is open as soon as it is known which tab writes.
export function read(read: Read, out: Effect[]): Life {
  const { place, file, draft, target } = read
  // What is kept can be read whatever became of the branch.
  if (isRefused(file) && !draft) return { phase: "failed", place, target, failure: file.refused }
  out.push({ do: "claim tab" })
  return { phase: "claiming", place, read }
}

function isRefused(file: Read["file"]): file is { refused: string } {
  return typeof file === "object" && file !== null && "refused" in file
}

/// It is known whether this tab writes: the post opens.
export function open({ place, read }: Claiming, writer: boolean, out: Effect[]): Life {
  const { target, left, renamed } = read
  const draft = read.draft && left ? leavingPull(read.draft, read.began) : read.draft
  const refused = isRefused(read.file) ? `${read.file.refused} ${t("This is your draft, as this browser kept it.")}` : ""
  // What the branch had before the server was gone says nothing against a draft.
  const file: PostFile | null | "unknown" = isRefused(read.file) || (read.asBefore && draft) ? "unknown" : read.file
  const branch = left ? target.into : place.branch
  const opening = decideOpening(file, draft ?? freshDraft(read.fresh), branch)
  const into = draft?.into && !place.into ? { ...target, into: draft.into } : target
  if (opening.kind === "nothing") {
    return { phase: "nothing", place, target: into, renamed, notice: nothingNotice(read.unread, file === "unknown", place.path, branch) }
  }
  const discard = opening.kind === "open" && opening.discard
  const [text, blob, base] = opening.kind === "open" ? [opening.text, opening.blob, opening.base] : [opening.draft.text, opening.draft.blob, opening.draft.base]
  const origin = draft && !discard ? originOfDraft(draft, blob, base) : originOf(blob, base)
  const now: Open = {
    phase: "open", place, initial: text, asBefore: read.asBefore && !draft, target: into, left, origin,
    before: !file && draft ? { blob: draft.blob, text: draft.base } : null,
    renamed,
    elsewhere: null,
    told: "",
    notice: refused || (opening.kind === "open" && !renamed ? opening.notice : "") || [read.notice, read.unread ? t("This browser did not say whether it keeps a draft of this post. Reload the page to ask again.") : ""].filter(Boolean).join(" "),
    tab: writer ? { is: "writing" } : { is: "watching" },
    keeping: { is: "resting", seen: draft?.version ?? 0, parted: false, shown: draft && text !== base ? { kind: "kept", draft } : { kind: "unchanged" } },
    other: read.other, answered: [], submission: draft && !discard ? submissionOf(draft) : { is: "none" },
    same: text === (draft && !discard && draft.submitted ? draft.submitted.text : base),
    // A tab that may not write leaves it to the one that may.
    meeting: { is: "calm" }, asks: opening.kind === "choose" && writer ? [{ for: "opened", theirs: opening.file, waited: false }] : [],
    met: null, trouble: null, behind: null, preview: "", submitting: { is: "idle" }, moving: { is: "staying" }, ticket: 0, forgotten: 0,
  }
  if (!writer) out.push({ do: "lock", on: true })
  // Pictures of the text go when the draft that they were for is done with; not where a
  // text that was left may have them. What was cut out of it may be on its way to
  // another: without a draft they go in a day (Drafts.sweep).
  if (writer && discard && !read.other) out.push({ do: "forget pictures" })
  const number = pullOf(now)
  if (number) out.push({ do: "look at pull", number })
  // The draft holds nothing that the file has not.
  if (discard && writer) return keep(now, text, out)
  // One that was for the base of a pull request, which is closed, is for another by now.
  const elsewhere = draft !== undefined && (draft.left ?? false) !== left
  return read.fresh === null && !elsewhere ? now : changed(now, out)
}

/// Why there is nothing to open. Where nobody could look for a draft, none is denied.
function nothingNotice(unread: boolean, silent: boolean, path: string, branch: string): string {
  if (silent) {
    return unread
      ? t("The server does not answer, and this browser did not say whether it keeps a draft of this post. Reload the page to ask again.")
      : t("The server does not answer, and this browser keeps no draft of this post.")
  }
  return unread
    ? t("{path} is not on {branch}, and this browser did not say whether it keeps a draft of it. Reload the page to ask again.", { path, branch })
    : t("{path} is not on {branch}, and this browser keeps no draft of it.", { path, branch })
}

function freshDraft(text: string | null): Draft | undefined {
  return text === null ? undefined : { site: "", person: "", branch: "", path: "", text, blob: "", base: "", title: "", updated: 0, version: 0 }
}

/// The server answers again.
export function answered(open: Open): Open {
  if (!open.notice.startsWith(noAnswer)) return open
  return { ...open, notice: open.asBefore ? t("The server answers again. Reload the page for the post as it is now.") : "" }
}
