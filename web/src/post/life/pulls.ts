// Pulls is the part of a post's life that is about its pull request: how that one
// stands, what was taken in it, and how it is left.
import type { Pull } from "../../protocol/server"
import { commonOrigin, originOf, towards } from "../../text/origin"
import type { Effect, Event } from "./events"
import { changed, keep } from "./keeping"
import { goesInto, homeOf, pullOf, type Open } from "./state"
import { openDialog } from "./submitting"
import { t } from "../../base/words"

type Answer<T extends Event["type"]> = Extract<Event, { type: T }>

/// How the writer's pull request stands.
export function stands(open: Open, pull: Pull, out: Effect[]): Open {
  const { submission } = open
  if (pull.state === "open") {
    if (pull.number !== pullOf(open)) return open
    return { ...open, behind: pull.mergeable === "conflict" ? pull : null, preview: pull.preview }
  }
  const behind = open.behind?.number === pull.number ? null : open.behind
  if (pull.number === pullOf(open)) open = { ...open, preview: "" }
  // The next submission is not for it.
  if (submission.is === "open" && submission.number === pull.number) {
    const submitting = open.submitting.is === "asking" && open.target.pull === 0 ? { ...open.submitting, updates: false } : open.submitting
    const told = pull.state === "merged" ? t("Pull request #{number} was merged. What you write now goes into another one.", { number: pull.number }) : t("Pull request #{number} was closed. Your text stays here, and goes into another one when you submit it.", { number: pull.number })
    return changed({ ...open, behind, submitting, notice: `${open.notice} ${told}`.trim(), submission: { ...submission, is: "settled" } }, out)
  }
  return { ...open, behind }
}

/// A section was taken by a commit that changes nothing.
export function claimed(open: Open, { now, pull, holds, before }: Answer<"claimed">, out: Effect[]): Open {
  const { submission } = open
  const origin = towards(open.origin, pull.base)
  const known = submission.is === "open" && goesInto(submission, pull.base) ? submission.text : holds.branch === homeOf(open) ? origin.text : before
  let next: Open = { ...open, submission: { is: "open", number: pull.number, url: pull.url, title: pull.title, base: pull.base, text: known }, same: known === now }
  if (holds.text === (origin.onBranch ?? origin.text)) {
    next = { ...next, origin: { ...origin, sent: [holds.blob], onBranch: holds.text, branch: holds.branch } }
    out.push({ do: "set origin", origin: next.origin })
  } else if (open.tab.is === "writing") {
    // What the pull request holds besides is somebody else's, or was written in
    // another browser: it is not for the next submission to write over.
    next = { ...next, asks: [...open.asks, { for: "opened", theirs: holds, waited: open.meeting.is !== "calm" || open.asks.length > 0 }] }
  }
  return keep(changed(next, out), now, out)
}

/// Asks whether the pull request that is continued cannot be any more.
export function leavePull(open: Open, out: Effect[]): Open {
  if (open.submitting.is !== "asking" || open.tab.is !== "writing" || open.target.pull === 0) return open
  const ticket = open.ticket + 1
  out.push({ do: "leave pull", ticket })
  return { ...open, ticket, submitting: { is: "leaving", ticket } }
}

/// Where it cannot, the text is for its base: what it has in common with that is
/// what the pull request began with, so that lines which only the pull request has
/// go on as the writer's, and those which the base got since are met.
export function pullLeft(open: Open, { ticket, now, target, began }: Answer<"pull left">, out: Effect[]): Open {
  if (open.submitting.is !== "leaving" || open.submitting.ticket !== ticket) return open
  const back: Open = { ...open, submitting: { is: "idle" } }
  if (target.pull !== 0) return openDialog(back, now, true)
  const { origin } = open
  const met = began !== null && (began.head === origin.blob || origin.sent.includes(began.head))
  const from = !began ? originOf(origin.blob, origin.onBranch ?? origin.text) : met ? originOf(began.blob, began.text) : commonOrigin(began.text, origin.text)
  out.push({ do: "set origin", origin: from })
  const left: Open = { ...back, target, left: true, origin: from, submission: { is: "none" }, behind: null, preview: "", met: null, meeting: { is: "calm" }, asks: [] }
  return openDialog(changed(left, out), now, true)
}
