// Tabs is the part of a post's life that is about other tabs of the same browser:
// one writes, and where two have written, the writer chooses.
import type { Effect, Event } from "./events"
import { originOf } from "../../text/origin"
import { t } from "../../base/words"
import { changed } from "./keeping"
import { adopted, keepsake } from "./keepsake"
import type { KeepState, Open, Since } from "./state"

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

type TookOver = Extract<Event, { type: "took over" }>

/// The answer as it is true now: this tab's own writing may have come to its end after
/// the browser's drafts were looked at, and nobody writes over that without having seen it.
export function ownSince(since: Since | null, event: TookOver): TookOver {
  if (!since || event.unread || (event.draft?.version ?? 0) > since.version) return event
  return { ...event, draft: since.draft, own: true }
}

/// This tab writes now, on from what the other has kept.
export function tookOver(open: Open, event: TookOver, out: Effect[]): Open {
  out.push({ do: "lock", on: false })
  const { now, draft, unread, own } = event
  const { keeping } = open
  const writing: Open = { ...open, tab: { is: "writing" } }
  // What is kept is compared when this tab keeps something, and nothing is replaced now.
  if (unread) return writing
  if (!draft) return alone(writing, event, out)
  if (draft.text !== now && hasOwn(open)) {
    // Nobody has written since: what is kept is what this text went on from.
    if (own || draft.version === keeping.seen) return changed({ ...writing, keeping: { is: "resting", seen: draft.version, parted: keeping.parted, shown: { kind: "kept", draft } } }, out)
    // Something was typed here that the draft has not: it is not to be replaced by it.
    return { ...writing, other: draft, keeping: { is: "resting", seen: keeping.seen, parted: keeping.parted, shown: { kind: "moved", theirs: draft } } }
  }
  const next = adopted(writing, draft)
  out.push({ do: "write", text: draft.text, from: next.origin })
  return { ...next, keeping: { is: "resting", seen: draft.version, parted: keeping.parted, shown: { kind: "kept", draft } } }
}

/// Whether this tab has words that it knows to be in no draft: typed in the last
/// moment, beside another tab's, or of a draft that was forgotten.
function hasOwn({ keeping }: Open): boolean {
  return keeping.is !== "resting" || keeping.shown.kind === "moved" || keeping.shown.kind === "failed"
}

/// This tab writes now, and there is no draft.
function alone(writing: Open, { now, file }: TookOver, out: Effect[]): Open {
  const { keeping, origin, submission } = writing
  const { parted } = keeping
  const rests = (shown: KeepState): Open => ({ ...writing, keeping: { is: "resting", seen: 0, parted, shown } })
  // As long as it is not changed, what was forgotten is not kept again.
  if (keeping.is === "resting" && keeping.shown.kind === "failed") return rests(keeping.shown)
  if (hasOwn(writing)) return changed(rests({ kind: "unchanged" }), out)
  if (keepsake(writing, now) === null) return rests({ kind: "unchanged" })
  // The writer has taken it back there.
  if (file === origin.blob && submission.is === "none") {
    const from = originOf(origin.blob, origin.text)
    out.push({ do: "write", text: origin.text, from })
    return { ...rests({ kind: "unchanged" }), origin: from, same: true, notice: t("This text was taken back in the other tab: this is the post as it was before. Undo brings back what stood here.") }
  }
  // Whoever has thrown it away, or lost it, did not do so here: it stays on the screen,
  // and is not kept behind the writer's back.
  return rests({ kind: "failed", why: t("Not saved: this text has no draft in this browser any more. It was submitted, forgotten or taken elsewhere in another tab, or the browser has lost it. It is kept again when you write on; reload the page for the post as it is.") })
}

/// The writer has chosen between this tab's text and another's; null puts it off,
/// until this tab's is changed again. Asked again where this tab's is another than was
/// compared.
export function choseTab(open: Open, choice: Extract<Event, { type: "chose tab" }>, out: Effect[]): Open {
  const theirs = open.other
  if (!theirs) return open
  if (choice.text === null) return { ...open, other: null }
  // Nothing that a tab which only watches has is kept: it is asked when it writes.
  if (open.tab.is !== "writing") return open
  const { text, shown, now } = choice
  // What was typed into the form may have come into the text behind the dialog.
  if (now !== shown) return open
  // The other's text as it is was made from what the other's was: with this tab's
  // origin it could pass for one that holds lines which it has not.
  const next = text === theirs.text ? adopted(open, theirs) : open
  out.push({ do: "write", text, ...(next !== open ? { from: next.origin } : {}) })
  return changed({ ...next, other: null, answered: [...open.answered, theirs.text], keeping: { ...open.keeping, seen: theirs.version } }, out)
}
