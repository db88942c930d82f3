// Tabs is the part of a post's life that is about other tabs of the same browser:
// one writes, and where two have written, the writer chooses.
import type { Effect, Event } from "./events"
import { changed } from "./keeping"
import { adopted } from "./keepsake"
import type { Open } from "./state"

/// Another tab writes from now on.
export function yielded(open: Open, out: Effect[]): Open {
  if (open.tab.is !== "writing") return open
  out.push({ do: "lock", on: true })
  // What is being merged or asked here is for the tab that writes. What is on its way
  // to the server comes to an end, and what was typed is still kept.
  return {
    ...open, tab: { is: "watching" }, meeting: { is: "calm" }, asks: [],
    moving: open.moving.is === "moving" ? open.moving : { is: "staying" },
    submitting: open.submitting.is === "asking" || open.submitting.is === "astray" ? { is: "idle" } : open.submitting,
  }
}

/// This tab writes now, on from what the other has kept.
export function tookOver(open: Open, { now, draft, unread, own }: Extract<Event, { type: "took over" }>, out: Effect[]): Open {
  out.push({ do: "lock", on: false })
  const { keeping } = open
  const unkept = keeping.is !== "resting" || keeping.shown.kind === "moved"
  const writing: Open = { ...open, tab: { is: "writing" } }
  // What is kept is compared when this tab keeps something, and nothing is replaced now.
  if (unread) return writing
  if (draft && draft.text !== now && unkept) {
    // Nobody has written since: what is kept is what this text went on from.
    if (own || draft.version === keeping.seen) return changed({ ...writing, keeping: { is: "resting", seen: draft.version, parted: keeping.parted, shown: { kind: "kept", draft } } }, out)
    // Something was typed here that the draft has not: it is not to be replaced by it.
    return { ...writing, other: draft, keeping: { is: "resting", seen: keeping.seen, parted: keeping.parted, shown: { kind: "moved", theirs: draft } } }
  }
  const seen = draft?.version ?? 0
  if (!draft) {
    const bare: Open = { ...writing, keeping: { is: "resting", seen, parted: keeping.parted, shown: { kind: "unchanged" } } }
    if (unkept) return changed(bare, out)
    // The other has taken all of it back, or submitted it.
    if (now !== open.origin.text) out.push({ do: "write", text: open.origin.text })
    return bare
  }
  const next = adopted(writing, draft)
  out.push({ do: "write", text: draft.text, from: next.origin })
  return { ...next, keeping: { is: "resting", seen, parted: keeping.parted, shown: { kind: "kept", draft } } }
}

/// The writer has chosen between this tab's text and another's; null puts it off,
/// until this tab's is changed again.
export function choseTab(open: Open, text: string | null, out: Effect[]): Open {
  const theirs = open.other
  if (!theirs) return open
  if (text === null) return { ...open, other: null }
  out.push({ do: "forget parting", other: theirs })
  // The other's text as it is was made from what the other's was: with this tab's
  // origin it could pass for one that holds lines which it has not.
  const next = text === theirs.text ? adopted(open, theirs) : open
  out.push({ do: "write", text, ...(next !== open ? { from: next.origin } : {}) })
  return changed({ ...next, other: null, keeping: { ...open.keeping, seen: theirs.version } }, out)
}
