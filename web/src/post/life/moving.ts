// Moving is the part of a post's life that takes its text to another branch or path.
// It is copied there first, and taken away here when it is there. Where there is a
// draft already, the writer sees both, and chooses.
import type { Draft } from "../drafts"
import type { Effect, Event } from "./events"
import { keep } from "./keeping"
import type { Moving, Open } from "./state"

type Answer<T extends Event["type"]> = Extract<Event, { type: T }>

/// Takes what was written to another branch or path, as an edit of what it was made
/// from here.
export function carry(open: Open, to: { branch: string; path: string }, address: string, now: string, out: Effect[]): Open {
  if (open.moving.is !== "staying" || open.tab.is !== "writing") return open
  return keep({ ...open, moving: { is: "keeping", to, address } }, now, out)
}

/// Once the draft is kept here, or cannot be.
export function carryOn(open: Open, now: string, out: Effect[]): Open {
  const { moving, keeping } = open
  if (moving.is !== "keeping" || keeping.is === "writing") return open
  return copy(open, moving, now, null, out)
}

/// Puts a text there, over that draft; null for none.
function copy(open: Open, { to, address }: Extract<Moving, { is: "keeping" | "asking" }>, text: string, theirs: Draft | null, out: Effect[]): Open {
  const { submission, origin, before, place, keeping } = open
  // What was submitted went with the old path; on another branch it counts as its own.
  const from = to.path === place.path && before && submission.is === "open"
    ? { blob: "", base: submission.text }
    : { blob: (before ?? origin).blob, base: (before ?? origin).text }
  const ticket = open.ticket + 1
  out.push({ do: "carry", ticket, to, draft: { text, ...from }, over: theirs?.version ?? 0 })
  return { ...open, ticket, moving: { is: "moving", to, address, text, here: keeping.shown.kind === "kept" ? keeping.shown.draft.version : 0, theirs, ticket } }
}

/// It is there. The draft here is not wanted any more, unless something was typed or
/// another tab has gone on: then both stay.
export function carried(open: Open, { ticket }: Answer<"carried">, out: Effect[]): Open {
  const { moving } = open
  if (moving.is !== "moving" || moving.ticket !== ticket) return open
  if (moving.here > 0 && open.tab.is === "writing") out.push({ do: "discard", seen: moving.here })
  // Not before: until then what was written into the comparison is nowhere else.
  if (moving.theirs) out.push({ do: "forget comparison" })
  out.push({ do: "go", address: moving.address })
  return { ...open, moving: { is: "staying" } }
}

/// It is not, for a reason; the text stays here. What the writer chose stays before them,
/// since the text here is another. Another answer comes too late.
export function notCarried(open: Open, { ticket, why }: Answer<"not carried">): Open {
  const { moving } = open
  if (moving.is !== "moving" || moving.ticket !== ticket) return open
  const { to, address, theirs } = moving
  if (theirs && open.tab.is === "writing") return { ...open, moving: { is: "asking", to, address, theirs, why } }
  return { ...open, moving: { is: "staying" }, notice: why }
}

/// There is a draft of other words: neither replaces the other, the writer does.
export function taken(open: Open, { ticket, theirs }: Answer<"taken">, out: Effect[]): Open {
  const { moving } = open
  if (moving.is !== "moving" || moving.ticket !== ticket) return open
  if (theirs.text === moving.text) return carried(open, { type: "carried", ticket }, out)
  const { to, address } = moving
  return open.tab.is === "writing" ? { ...open, moving: { is: "asking", to, address, theirs, why: "" } } : { ...open, moving: { is: "staying" } }
}

/// The writer has chosen what the draft there is to be; null stays here. With its own
/// text it stays as it is, and so does what was written here. Asked again where the text
/// here is another than was compared: what is put there is all that goes on.
export function chosePlace(open: Open, choice: Answer<"chose place">, out: Effect[]): Open {
  const { moving } = open
  if (moving.is !== "asking") return open
  if (choice.text === null) return { ...open, moving: { is: "staying" } }
  const { text, shown, now } = choice
  // What was typed into the form may have come into the text behind the dialog.
  if (now !== shown) return open
  if (text !== moving.theirs.text) return copy(open, moving, text, moving.theirs, out)
  out.push({ do: "go", address: moving.address })
  return { ...open, moving: { is: "staying" } }
}
