// Target is where an edit goes: into a pull request of its own, or on into one
// that is there, on that one's branch.
import { commonOrigin } from "../../text/origin"
import type { Draft } from "../drafts"

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

/// What a pull request began with, and the blob that it has now.
export interface Began {
  blob: string
  text: string
  head: string
}

/// A draft that was made in a pull request which cannot be continued, as a draft
/// for its base. It is that from then on.
export function leavingPull(draft: Draft, began: Began | null): Draft {
  if (draft.left) return draft
  const { submitted, sent, base } = draft
  const left = { ...draft, merged: undefined, sent: undefined, submitted: undefined, left: true }
  if (!began) return { ...left, base: submitted && !submitted.apart ? submitted.text : base }
  // Of what came into the pull request after it, the draft knows nothing.
  if (began.head !== draft.blob && !sent?.includes(began.head)) {
    const common = commonOrigin(began.text, base)
    return { ...left, blob: common.blob, base: common.text }
  }
  return { ...left, blob: began.blob, base: began.text }
}
