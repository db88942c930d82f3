// Target is where an edit goes: into a pull request of its own, or on into one
// that is there, on that one's branch.
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

/// A draft that was made in a pull request which cannot be continued, as a draft
/// for its base. It is that from then on.
export function leavingPull(draft: Draft, began: { blob: string; text: string } | null): Draft {
  if (draft.left) return draft
  return { ...draft, blob: began?.blob ?? draft.blob, base: began?.text ?? draft.submitted?.text ?? draft.base, merged: undefined, sent: undefined, submitted: undefined, left: true }
}
