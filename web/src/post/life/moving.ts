// Moving is the part of a post's life that takes its text to another branch or path.
import type { Effect } from "./events"
import { keep } from "./keeping"
import type { Open } from "./state"

/// Takes what was written to another branch or path, as an edit of what it was made
/// from here.
export function carry(open: Open, to: { branch: string; path: string }, address: string, now: string, out: Effect[]): Open {
  if (open.moving.is !== "staying") return open
  return keep({ ...open, moving: { is: "keeping", to, address } }, now, out)
}

/// Once the draft is kept here, or cannot be.
export function carryOn(open: Open, now: string, out: Effect[]): Open {
  const { moving, keeping, submission, origin, before, place } = open
  if (moving.is !== "keeping" || keeping.is === "writing") return open
  // What was submitted went with the old path; on another branch it counts as its own.
  const from = moving.to.path === place.path && before && submission.is === "open"
    ? { blob: "", base: submission.text }
    : { blob: (before ?? origin).blob, base: (before ?? origin).text }
  const ticket = open.ticket + 1
  // The text is the other's then. Where another tab has gone on, both stay.
  out.push({ do: "carry", ticket, to: moving.to, draft: { text: now, ...from }, seen: keeping.shown.kind === "kept" ? keeping.shown.draft.version : 0 })
  return { ...open, ticket, moving: { is: "moving", address: moving.address, ticket } }
}
