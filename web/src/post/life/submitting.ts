// Submitting is the part of a post's life that brings its text to the server. What
// is shown is what is sent, with what that very text was made from: a text that goes
// with another's origin would take out lines that its writer has never seen.
import { none, sameOrigin, towards } from "../../text/origin"
import type { Effect, Event } from "./events"
import { changed, keep } from "./keeping"
import { goesInto, homeOf, isBase, pullOf, type Open } from "./state"
import { t } from "../../base/words"

type Answer<T extends Event["type"]> = Extract<Event, { type: T }>

/// How many earlier submissions are remembered; the server takes 32.
const remembered = 31

/// Shows what would be submitted. `check`: what is on the branch now is looked for
/// first, since others may have changed the post since it was opened.
export function openDialog(open: Open, now: string, check: boolean): Open {
  if (open.tab.is !== "writing" || open.submitting.is === "keeping" || open.submitting.is === "sending") return open
  // It would add the file again that somebody has renamed: only by the writer's word.
  if (astray(open)) return { ...open, submitting: { is: "astray" } }
  const updates = open.submission.is === "open" || open.target.pull > 0
  return {
    ...open, submitting: { is: "asking", text: now, origin: open.origin, updates, problem: null },
    asks: check && !open.asks.some(ask => ask.for === "check") ? [...open.asks, { for: "check" }] : open.asks,
  }
}

/// Whether the post is at another path by now, so that a submission would add it again.
export function astray(open: Open): boolean {
  return open.renamed !== null && open.target.pull === 0
}

/// Hides it, where nothing is on its way.
export function close(open: Open): Open {
  const { is } = open.submitting
  return is === "asking" || is === "astray" || is === "done" ? { ...open, submitting: { is: "idle" } } : open
}

/// The text became another by a merge: what is shown follows it.
export function shownIs(open: Open, text: string): Open {
  const { submitting, origin } = open
  return submitting.is === "asking" ? { ...open, submitting: { ...submitting, text, origin } } : open
}

/// The writer submits what is shown.
export function submit(open: Open, { text, blob, form, now }: Answer<"submit">, out: Effect[]): Open {
  const { submitting } = open
  if (submitting.is !== "asking" || open.tab.is !== "writing" || text !== submitting.text) return open
  const { updates } = submitting
  const origin = towards(submitting.origin, form.base)
  let next: Open = { ...open, submitting: { is: "keeping", text, origin, updates, form } }
  // Kept before anything is sent, so that a lost answer does not make one's own text
  // look like another's.
  if (sameOrigin(open.origin, submitting.origin)) {
    const there = towards(open.origin, form.base)
    const sent = blob === "" ? there.sent : [...there.sent.filter(other => other !== blob), blob].slice(-remembered)
    next = { ...next, origin: { ...there, sent } }
    out.push({ do: "set origin", origin: next.origin })
  }
  return keep(changed(next, out), now, out)
}

/// The draft is kept, or cannot be: either way the text is safer there than here.
export function send(open: Open, out: Effect[]): Open {
  const { submitting } = open
  if (submitting.is !== "keeping") return open
  const { form, text, origin } = submitting
  const { merged, coAuthors } = origin
  const ticket = open.ticket + 1
  // What the branch had before the pull request's first commit does not count any more:
  // there again, it is somebody's doing, as of who takes that commit back.
  const begun = goesInto(open.submission, form.base) && origin.onBranch !== null ? origin.sent.at(-1) : undefined
  const blob = origin.seen.includes(none) ? "" : begun ?? origin.blob
  const earlier = [...origin.sent, ...origin.seen.filter(seen => seen !== none)].slice(-remembered - 1)
  out.push({ do: "submit", ticket, text, blob, earlier, merged, coAuthors, pull: open.target.pull, form })
  return { ...open, ticket, submitting: { ...submitting, is: "sending", steps: [], ticket } }
}

export function stepped(open: Open, { ticket, step }: Answer<"step">): Open {
  const { submitting } = open
  if (submitting.is !== "sending" || submitting.ticket !== ticket) return open
  return { ...open, submitting: { ...submitting, steps: [...submitting.steps.filter(s => s.name !== step.name), step] } }
}

/// The text is in a commit.
export function submitted(open: Open, { ticket, now, pull }: Answer<"submitted">, out: Effect[]): Open {
  const { submitting } = open
  if (submitting.is !== "sending" || submitting.ticket !== ticket) return open
  const { text, origin } = submitting
  // It may be another one than was meant, which was closed or merged meanwhile.
  const updates = submitting.updates && pull.number === pullOf(open)
  let next: Open = {
    ...open, behind: null, preview: "", met: null, submitting: { is: "done", pull, updates }, asks: open.asks.filter(ask => ask.for !== "check"),
    submission: { is: "open", number: pull.number, url: pull.url, title: pull.title, base: pull.base, text }, same: text === now,
  }
  if (sameOrigin(open.origin, origin)) {
    // What was merged is in its commit now, and so is what the branch held before.
    next = { ...next, origin: { ...open.origin, merged: "", coAuthors: [], seen: [], sent: open.origin.sent.slice(-1), onBranch: text, branch: pull.branch } }
    out.push({ do: "set origin", origin: next.origin })
  }
  return keep(changed(next, out), now, out)
}

/// It is not, as far as anybody knows.
export function notSubmitted(open: Open, { ticket, now, problem, found }: Answer<"not submitted">, out: Effect[]): Open {
  const { submitting } = open
  if (submitting.is !== "sending" || submitting.ticket !== ticket) return open
  const { updates, form } = submitting
  // The tab that writes meets what is there, and asks again.
  if (open.tab.is !== "writing") return keep({ ...open, submitting: { is: "idle" }, notice: t("Not submitted from this tab: {why}", { why: problem.sentence }) }, now, out)
  const meets = found !== undefined && (form.base === homeOf(open) || !isBase(open))
  // Its branch is not there: it may have been closed meanwhile.
  if (found && isBase(open) && found.branch === homeOf(open) && open.submission.is === "open") out.push({ do: "look at pull", number: open.submission.number })
  const next: Open = {
    ...open, submitting: { is: "asking", text: now, origin: open.origin, updates, problem: meets ? null : problem },
    // Nothing was written over: what is there instead is met.
    asks: meets ? [{ for: "stale", theirs: found }, ...open.asks.filter(ask => ask.for !== "check")] : open.asks,
  }
  return keep(next, now, out)
}
