// Keeping is the part of a post's life that is about its draft: what was typed is
// written to this browser a moment later, by the tab that wrote it last, and only
// what was read back is said to be kept.
import type { Draft } from "../drafts"
import type { Effect, Event } from "./events"
import { adopted, keepsake } from "./keepsake"
import type { Keeping, Open } from "./state"

/// The writer's hands changed the text.
export function typed(open: Open, out: Effect[]): Open {
  const { tab, keeping } = open
  const now = open.same ? { ...open, same: false } : open
  if (tab.is === "writing" || keeping.is !== "resting") return changed(now, out)
  // What was on its way into it when another tab began to write, as a picture: it is in
  // no draft, and stands beside the other's.
  return { ...now, keeping: { ...keeping, shown: { kind: "moved", theirs: undefined } } }
}

/// The text, or what belongs to it, is another than was kept.
export function changed(open: Open, out: Effect[]): Open {
  const { keeping } = open
  switch (keeping.is) {
    case "resting":
      // Another tab writes; what is shown here is not this one's to keep.
      if (open.tab.is !== "writing") return open
      // Its pictures have gone with the draft.
      if (keeping.shown.kind === "failed") out.push({ do: "keep pictures" })
      return wait(open, false, out)
    case "waiting":
      // Not put off by the next key: the first change sets the time.
      return keeping.long ? wait(open, false, out) : open
    case "writing":
      return keeping.next === "rest" ? { ...open, keeping: { ...keeping, next: "wait" } } : open
  }
}

function wait(open: Open, long: boolean, out: Effect[]): Open {
  const { seen, shown, parted } = open.keeping
  const ticket = open.ticket + 1
  out.push({ do: "wait", ticket, long })
  return {
    ...open, ticket,
    keeping: { is: "waiting", seen, parted, ticket, long, shown: shown.kind === "failed" ? shown : { kind: "pending" } },
  }
}

/// Keeps it now.
export function keep(open: Open, now: string, out: Effect[]): Open {
  const { keeping } = open
  if (keeping.is === "writing") return keeping.next === "rest" ? open : { ...open, keeping: { ...keeping, next: "write" } }
  if (keeping.is === "resting" && open.tab.is !== "writing") return open
  return write(open, now, out)
}

function write(open: Open, now: string, out: Effect[]): Open {
  const { seen, shown, parted } = open.keeping
  const draft = keepsake(open, now)
  const ticket = open.ticket + 1
  if (!draft && seen === 0) {
    const unchanged: Keeping = { is: "resting", seen, parted, shown: { kind: "unchanged" } }
    if (shown.kind !== "failed" && !parted) return rest({ ...open, keeping: unchanged }, out)
    // What was said not to be kept may be so all the same, or still be: nobody knows.
    out.push({ do: "part", draft, seen, turn: ticket })
    return { ...open, ticket, keeping: { ...unchanged, parted: true } }
  }
  // On condition that nobody has written since: what another tab wrote is never
  // replaced by what it has not seen.
  if (draft) out.push({ do: "keep", ticket, draft, seen })
  else out.push({ do: "remove", ticket, seen })
  return { ...open, ticket, keeping: { is: "writing", seen, shown, parted, ticket, next: "rest" } }
}

/// What was left behind is not needed once the same is kept, or what was made of it.
function rest(open: Open, out: Effect[]): Open {
  const { keeping, answered } = open
  if (keeping.is !== "resting" || (!keeping.parted && answered.length === 0)) return open
  out.push({ do: "forget parting", others: answered })
  return { ...open, answered: [], keeping: { ...keeping, parted: false } }
}

type Written = Extract<Event, { type: "kept" | "removed" | "moved on" | "not kept" }>

/// How the writing ended.
export function written(before: Open, event: Written, out: Effect[]): Open {
  // What was being kept when it was forgotten may be kept all the same.
  if (event.ticket <= before.forgotten) {
    if (event.type === "kept") out.push({ do: "discard", seen: event.draft.version })
    return before
  }
  const open = sinceAsked(before, event)
  const { keeping } = open
  if (keeping.is !== "writing" || keeping.ticket !== event.ticket) {
    // Given up waiting for, and written all the same: it is this tab's own. Where the
    // text has gone back to the file's meanwhile, it is to be removed.
    if (event.type !== "kept" || event.draft.version <= keeping.seen) return open
    return changed({ ...open, keeping: { ...keeping, seen: event.draft.version } }, out)
  }
  const { next } = keeping
  const after = (fields: Pick<Keeping, "seen" | "shown">): Open => {
    const ended: Open = { ...open, keeping: { is: "resting", parted: keeping.parted, ...fields } }
    if (next === "write") return write(ended, event.now, out)
    return next === "wait" ? wait(ended, false, out) : rest(ended, out)
  }
  switch (event.type) {
    case "kept":
      return after({ seen: event.draft.version, shown: { kind: "kept", draft: event.draft } })
    case "removed":
      return after({ seen: 0, shown: { kind: "unchanged" } })
    case "moved on": {
      const { theirs } = event
      const shown = { kind: "moved", theirs } as const
      // Both have words of their own: neither replaces the other, the writer does.
      if (theirs && theirs.text !== event.now) return { ...open, other: theirs, keeping: { is: "resting", seen: keeping.seen, parted: keeping.parted, shown } }
      if (!theirs) return wait({ ...open, keeping: { is: "resting", seen: 0, parted: keeping.parted, shown } }, false, out)
      return sameText(open, theirs, next, out)
    }
    case "not kept": {
      const failed: Open = { ...open, keeping: { is: "resting", seen: event.version ?? keeping.seen, parted: keeping.parted, shown: { kind: "failed", why: event.why } } }
      // It is tried again with the next change, and after a while by itself.
      return next === "write" ? write(failed, event.now, out) : wait(failed, next === "rest", out)
    }
  }
}

/// A tab that is taking over remembers what it wrote meanwhile.
function sinceAsked(open: Open, event: Written): Open {
  if (open.tab.is !== "taking") return open
  if (event.type === "kept") return { ...open, tab: { is: "taking", since: { draft: event.draft, version: event.draft.version } } }
  return event.type === "removed" ? { ...open, tab: { is: "taking", since: { draft: undefined, version: open.keeping.seen } } } : open
}

/// Another tab has kept the very text. What else that draft says, as which pull request
/// has it, is not written over; where it says less, this tab's is kept.
function sameText(open: Open, theirs: Draft, next: "rest" | "wait" | "write", out: Effect[]): Open {
  const kept: Open = { ...open, keeping: { is: "resting", parted: open.keeping.parted, seen: theirs.version, shown: { kind: "kept", draft: theirs } } }
  if (open.tab.is !== "writing") return kept
  if (open.submission.is === "open" && !theirs.submitted) return wait(kept, false, out)
  const same = adopted(kept, theirs)
  out.push({ do: "set origin", origin: same.origin })
  return next === "rest" ? same : wait(same, false, out)
}

/// What was kept is there no more: the browser has lost it, as with the site's data, or
/// something else is in its place. The text here is kept anew.
export function looked(open: Open, { seen, draft }: Extract<Event, { type: "looked" }>, out: Effect[]): Open {
  const { keeping } = open
  if (!saysKept(open) || keeping.seen !== seen || draft?.version === seen) return open
  if (draft) return changed(open, out)
  out.push({ do: "keep pictures" })
  return changed({ ...open, keeping: { ...keeping, seen: 0 } }, out)
}

/// The writer has forgotten the draft while its text is still open here, or all drafts, and
/// with these what is in none yet. It is not kept again behind their back, nor left when the
/// page goes away, but with the next change; till then it is in this tab alone.
export function forgotten(open: Open, { why, all }: Extract<Event, { type: "forgotten" }>): Open {
  if (!saysKept(open) && !(all && isUnkept(open))) return open
  return { ...open, answered: [], forgotten: open.ticket, keeping: { is: "resting", seen: 0, parted: false, shown: { kind: "failed", why } } }
}

/// Whether this tab has a text that is in no draft, and is left when the page goes away.
function isUnkept({ keeping }: Open): boolean {
  return keeping.is !== "resting" || keeping.shown.kind === "moved" || (keeping.parted && keeping.shown.kind !== "unchanged")
}

/// Whether this tab rests on a draft that is in this browser.
export function saysKept({ tab, keeping }: Open): boolean {
  return tab.is === "writing" && keeping.is === "resting" && keeping.shown.kind === "kept"
}

/// The blob whose very text it is, so that nothing is kept; undefined where it is another.
export function unchangedFile({ keeping, origin }: Open): string | undefined {
  return keeping.is === "resting" && keeping.shown.kind === "unchanged" ? origin.blob : undefined
}

/// The page goes away, or may: the database's writes are not certain to be done,
/// so what is on its way is left where it is certain.
export function leave(open: Open, now: string, out: Effect[]): Open {
  const { keeping } = open
  // Beside another tab's, the text is in no draft: it is left too.
  const apart = keeping.shown.kind === "moved"
  if (keeping.is === "resting" && !apart && !keeping.parted) return open
  // Also that nothing is to be kept any more: what was kept would come back.
  const turn = open.ticket + 1
  out.push({ do: "part", draft: keepsake(open, now), seen: keeping.seen, turn })
  if (keeping.is === "resting") return { ...open, ticket: turn, keeping: { ...keeping, parted: true } }
  return keep({ ...open, ticket: turn, keeping: { ...keeping, parted: true } }, now, out)
}
