// Keepsake is what a draft holds of a post's life: made from it when the draft is
// kept, and taken over from it when a tab goes on from what another has kept.
import type { Origin } from "../../text/origin"
import { originOf, towards, unmerged } from "../../text/origin"
import type { Draft } from "../drafts"
import type { Keepsake } from "./events"
import type { Open, Submission } from "./state"
import { ownTarget, type Target } from "./target"

/// What is kept of a text; null where there is nothing, because it is the file's.
export function keepsake(open: Open, now: string): Keepsake | null {
  const { submission, target, place } = open
  // What was submitted is kept with the way that it went.
  const origin = submission.is === "open" ? towards(open.origin, submission.base) : open.origin
  if (now === origin.text && submission.is !== "open" && !origin.merged) return null
  const { merged: commit, coAuthors, seen, sent, into: sentInto, aside } = origin
  // What a text was made from stays known while its branch has no such post: it may be
  // elsewhere.
  const { blob, text: base } = origin.blob === "" && open.before ? open.before : origin
  const { number, url, title, text, base: of } = submission as Extract<Submission, { number: number }>
  return {
    text: now, blob, base, merged: { commit, coAuthors, seen }, sent: [...sent], sentInto: sentInto || undefined, aside: aside.length > 0 ? aside : undefined,
    // Kept apart from a text that was undone to before it: the two have no more in
    // common than what the text was made from. Nor has a text all that a pull request
    // holds in which only a section was taken.
    submitted: submission.is === "open" ? {
      number, url, title, text, ...(of ? { base: of } : {}), ...(origin.branch ? { branch: origin.branch } : {}), ...(origin.onBranch === null ? { apart: true } : origin.onBranch === text ? {} : { onBranch: origin.onBranch }),
    } : undefined,
    into: target.into || undefined, pull: place.pull || undefined, left: open.left || undefined,
  }
}

/// What a kept text was made from; `blob` and `text` are what its branch has now. What
/// was merged of another file is not the base's by now, and a forge takes it no more.
export function originOfDraft(draft: Draft, blob = draft.blob, text = draft.base): Origin {
  const { merged, sent, aside = [], submitted } = draft
  // An older draft does not say for which base it was sent; what it merged was its own's.
  const into = draft.sentInto ?? (merged?.commit ? draft.into || draft.branch : "")
  const origin = {
    ...originOf(blob, text),
    ...(merged ? { merged: merged.commit, coAuthors: merged.coAuthors, seen: merged.seen } : {}),
    sent: sent ?? [], into, aside,
    onBranch: submitted && !submitted.apart ? (submitted.onBranch ?? submitted.text) : null, branch: submitted?.branch ?? "",
  }
  const base = draft.left ? draft.into : draft.into ? undefined : draft.branch
  return blob === draft.blob || base === undefined ? origin : unmerged(origin, base)
}

export function submissionOf({ submitted }: Draft): Submission {
  if (!submitted) return { is: "none" }
  const { number, url, title = "", base = "" } = submitted
  return { is: "open", number, url, title, base, text: submitted.text }
}

/// A tab that goes on from a draft as another tab has kept it, with its text: made
/// from the same, submitted in the same, and on the way to the same place.
export function adopted(open: Open, draft: Draft): Open {
  const left = draft.left === true
  return {
    ...open, origin: draft.blob !== "" && draft.blob === open.before?.blob ? originOfDraft(draft, "", "") : originOfDraft(draft), submission: submissionOf(draft), same: draft.submitted?.text === draft.text,
    left, target: targetOf(open, draft), behind: left === open.left ? open.behind : null, preview: left === open.left ? open.preview : "",
  }
}

/// Where a draft goes: whether the pull request that it continued was left, the tab
/// knows that wrote it.
function targetOf({ place, target, left }: Open, draft: Draft): Target {
  const into = place.into || draft.into || target.into
  if (draft.left) return { ...ownTarget, into }
  return left ? { ...ownTarget, into, pull: place.pull } : { ...target, into }
}
