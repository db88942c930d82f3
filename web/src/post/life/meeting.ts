// Meeting is the part of a post's life that meets what others did to it: it is
// looked for, merged where that can be done, and otherwise chosen by the writer. One
// text is met at a time; what comes meanwhile waits. docs/architecture.md, "Many
// writers, one file".
import type { PostFile, Pull, Renamed } from "../../protocol/server"
import { meetingOf, originOf, none, onBranchOf, sameOrigin, towards, type MergeBase } from "../../text/origin"
import { collisionsOf, resolve, tellMerged, type CatchUp, type PieceChoice } from "../merge"
import type { Effect, Event } from "./events"
import { changed } from "./keeping"
import { baseOf, homeOf, isBase, type Ask, type Meeting, type Open, type Submission, type Theirs } from "./state"
import { close, openDialog, shownIs } from "./submitting"
import { t } from "../../base/words"

type Answer<T extends Event["type"]> = Extract<Event, { type: T }>

/// Begins what waits to be met.
export function next(open: Open, out: Effect[]): Open {
  const [ask, ...rest] = open.asks
  if (!ask) return open
  // A text that was found before is not met after a newer one, which would seem to
  // have taken out what is new in that.
  const asks = rest.map(ask => (ask.for === "opened" ? { ...ask, waited: true } : ask))
  const now: Open = { ...open, asks, trouble: null }
  switch (ask.for) {
    case "check":
      return look(now, ask, null, out)
    case "opened":
      if (ask.waited && ask.theirs.branch === homeOf(open)) return look(now, ask, null, out)
      return begin(now, ask, ask.theirs, null, out, ask.waited)
    case "stale":
      return ask.theirs ? begin(now, ask, ask.theirs, null, out) : look(now, ask, null, out)
    case "pull":
      return ask.behind.base === homeOf(open) ? look(now, ask, null, out) : gatherPull(now, ask.behind, out)
  }
}

function look(open: Open, ask: Ask, then: Theirs | null, out: Effect[]): Open {
  const ticket = open.ticket + 1
  out.push({ do: "look", ticket, branch: homeOf(open) })
  return { ...open, ticket, meeting: { is: "looking", ask, then, ticket } }
}

function gatherPull(open: Open, pull: Pull, out: Effect[]): Open {
  const ticket = open.ticket + 1
  out.push({ do: "gather pull", ticket, pull, onBranch: onBranchOf(towards(open.origin, pull.base), pull.branch) })
  return { ...open, ticket, meeting: { is: "gathering", ask: { for: "pull", behind: pull }, theirs: null, then: null, ticket } }
}

/// Finds out what the text and another have in common, and merges them. `anew`: the
/// other is read again first.
function begin(open: Open, ask: Ask, theirs: PostFile, then: Theirs | null, out: Effect[], anew = false): Open {
  const { submission } = open
  const way = towards(open.origin, baseOf(open))
  const onBranch = onBranchOf(way, theirs.branch)
  const atHome = theirs.branch === homeOf(open)
  const gather = (landing: Extract<Effect, { do: "gather" }>["landing"]): Open => {
    const ticket = open.ticket + 1
    out.push({ do: "gather", ticket, theirs, landing })
    return { ...open, ticket, meeting: { is: "gathering", ask, theirs, then, ticket } }
  }
  if (!atHome && (onBranch === null || anew)) return gather(null)
  // Others may have changed again what was submitted and merged: as part of the
  // writer's alone it would come twice. Only a text that went on from just that has it
  // in common with the base.
  if (atHome && isBase(open) && submission.is !== "none" && way.onBranch === submission.text) {
    return gather({ number: submission.number, base: homeOf(open) })
  }
  return merge(open, ask, { file: theirs, shared: atHome ? null : onBranch, landed: false, base: false }, then, out)
}

/// What a text meets another from.
function basesOf(open: Open, { file, shared, landed, base }: Theirs): MergeBase {
  const origin = towards(open.origin, base ? file.branch : baseOf(open))
  if (base) return { base: shared ?? "", since: "", next: { ...origin, merged: file.commit } }
  const from = landed ? { ...origin, text: shared ?? "" } : origin
  const met = meetingOf(from, file, { branch: homeOf(open), isBase: isBase(open), shared: shared ?? "" })
  // What was merged is the base's by now: nothing of it is on the way any more.
  return landed ? { ...met, next: { ...met.next, onBranch: null } } : met
}

function merge(open: Open, ask: Ask, theirs: Theirs, then: Theirs | null, out: Effect[]): Open {
  const ticket = open.ticket + 1
  out.push({ do: "merge", ticket, ...basesOf(open, theirs), theirs: theirs.file })
  return { ...open, ticket, meeting: { is: "merging", ask, theirs, then, origin: open.origin, ticket } }
}

/// What the branch has now.
export function found(open: Open, { ticket, now, file, renamed }: Answer<"found">, out: Effect[]): Open {
  const { meeting, origin, submission } = open
  if (meeting.is !== "looking" || meeting.ticket !== ticket) return open
  const { ask, then } = meeting
  if (file === "unknown") return end(open, ask, "unknown", now, null)
  const removed = ask.for === "stale" && !ask.theirs
  if (file === "gone") {
    // There is nothing by which to tell what this text has taken out from what it
    // never had: all that either has stays.
    if (then) return merge(open, ask, { ...then, shared: "" }, null, out)
    // That it is not here is known: it was taken away in the pull request, too.
    if (removed && origin.blob === "" && submission.is === "open") return { ...close(open), meeting: { is: "choosing", mine: now, theirs: null, why: "stale", onBranch: true } }
    return end(open, ask, removed || origin.blob !== "" ? "gone" : "unknown", now, renamed)
  }
  // It was taken away on the pull request's branch alone: only the writer can say
  // what that means.
  if (removed) return { ...close(open), meeting: { is: "choosing", mine: now, theirs: null, why: "stale", onBranch: true } }
  const own = !isBase(open) && origin.sent.includes(file.blob)
  if (file.blob !== origin.blob && file.text !== origin.text && !own) return begin(open, ask, file, then, out)
  return then ? merge(open, ask, then, null, out) : end(open, ask, "same", now, null)
}

/// What the post became on its branch while it is open here. It is told, once, and met
/// before the next submission: nothing changes under the writer's hands.
export function elsewhere(open: Open, { branch, where, standing }: Answer<"elsewhere">): Open {
  const { origin, meeting, target } = open
  const { blob, renamed = null } = standing
  if (branch !== homeOf(open) || target.pull > 0 || origin.blob === "" || meeting.is !== "calm" || open.asks.length > 0) return open
  if (blob === "" && renamed) return open.renamed?.path === renamed.path && open.renamed.branch === renamed.branch ? open : { ...open, renamed }
  const back = blob !== "" && open.renamed ? { ...open, renamed: null } : open
  if (blob === open.elsewhere) return back
  // What was told of another text is over where the post is as it was again.
  const now: Open = { ...back, elsewhere: blob, told: "", notice: open.notice === open.told ? "" : open.notice }
  if (blob === origin.blob || origin.sent.includes(blob)) return now
  const notice = blob === ""
    ? t("This post is not {where} any more. Your text stays here, and nothing is lost: what becomes of it you say when you submit it.", { where })
    : t("This post was changed {where} meanwhile. What is new there comes into your text before you submit it.", { where })
  return { ...now, told: notice, notice }
}

/// What the texts have in common.
export function gathered(open: Open, event: Answer<"gathered">, out: Effect[]): Open {
  const { meeting } = open
  if (meeting.is !== "gathering" || meeting.ticket !== event.ticket) return open
  const { ask, then } = meeting
  const { landed } = event
  const file = event.theirs ?? meeting.theirs
  if (!file) return open
  if (!meeting.theirs) return merge(open, ask, { file, shared: event.shared, landed: false, base: true }, null, out)
  if (file.branch === homeOf(open)) {
    return merge(open, ask, { file, shared: landed ? towards(open.origin, baseOf(open)).onBranch : null, landed, base: false }, then, out)
  }
  const onBranch = onBranchOf(towards(open.origin, baseOf(open)), file.branch)
  if (onBranch !== null) return merge(open, ask, { file, shared: onBranch, landed: false, base: false }, then, out)
  const { shared } = event
  // What the pull request began with may hold lines of its base which this text has
  // not met: without them it would seem to have removed them. So the base comes first.
  return look(open, ask, { file, shared, landed: false, base: false }, out)
}

/// The texts are merged.
export function merged(open: Open, { ticket, now, up }: Answer<"merged">, out: Effect[]): Open {
  const { meeting } = open
  if (meeting.is !== "merging" || meeting.ticket !== ticket) return open
  const { ask, theirs, then, origin } = meeting
  // It was typed in, or undone, meanwhile: what was merged is another text.
  if (!sameOrigin(open.origin, origin)) return again(open, ask, theirs, then, out)
  if (now !== up.mine) return merge(open, ask, theirs, then, out)
  if (collisionsOf(up).length > 0) return { ...close(open), meeting: { is: "colliding", ask, up, theirs, then, origin } }
  return adopt(open, meeting, up, [], now, out)
}

/// What was gathered was so for another text.
function again(open: Open, ask: Ask, theirs: Theirs, then: Theirs | null, out: Effect[]): Open {
  if (theirs.base) return ask.for === "pull" ? gatherPull(open, ask.behind, out) : open
  return begin(open, ask, theirs.file, then && { ...then }, out)
}

/// Takes a merged text over, with what it was made from: undo takes both back
/// together, so that nobody submits a text without others' lines as one with them.
function adopt(open: Open, meeting: Extract<Meeting, { is: "merging" | "colliding" }>, up: CatchUp, choices: readonly PieceChoice[], now: string, out: Effect[]): Open {
  const { ask, theirs, then } = meeting
  const { text, marks, origin } = resolve(up, choices)
  out.push({ do: "write", text, from: origin })
  const { submission } = open
  const after: Submission = submission.is !== "none" && theirs.landed ? { ...submission, is: "landed" } : submission
  const met = { text, old: up.base, marks, sentence: tellMerged(up) }
  const taken = changed(shownIs({ ...open, origin, submission: after, same: holds(submission, text), met }, text), out)
  return then ? merge(taken, ask, then, null, out) : end(taken, ask, "merged", text, null)
}

function holds(submission: Submission, text: string): boolean {
  return submission.is !== "none" && submission.text === text
}

type Outcome = "same" | "merged" | "gone" | "unknown"

/// The meeting is over.
function end(open: Open, ask: Ask, outcome: Outcome, now: string, renamed: Renamed | null): Open {
  const calm: Open = { ...open, meeting: { is: "calm" } }
  const choosing = (theirs: PostFile | null, why: "moved" | "stale"): Open => ({ ...close(calm), meeting: { is: "choosing", mine: now, theirs, why, onBranch: false } })
  const gone = (): Open => {
    if (!renamed || open.target.pull > 0) return choosing(null, "stale")
    return { ...calm, renamed, submitting: calm.submitting.is === "asking" ? { is: "astray" } : calm.submitting }
  }
  switch (ask.for) {
    case "check":
      return outcome === "gone" ? gone() : calm
    case "stale":
      if (outcome === "gone") return gone()
      return outcome === "unknown" ? choosing(ask.theirs, "stale") : calm
    case "pull":
      if (outcome === "gone") return gone()
      return outcome === "unknown" ? calm : openDialog(calm, now, true)
    case "opened": {
      if (outcome === "unknown") return choosing(ask.theirs, "moved")
      const sentence = outcome === "merged" ? calm.met?.sentence : ""
      if (!sentence) return calm
      return { ...calm, notice: `${open.notice} ${sentence} ${t("It is merged into your text; undo takes it back.")}`.trim() }
    }
  }
}

/// It could not be found out.
export function failed(open: Open, { ticket, now, problem }: Answer<"not gathered" | "not merged">, _out: Effect[]): Open {
  const { meeting } = open
  if ((meeting.is !== "gathering" && meeting.is !== "merging") || meeting.ticket !== ticket) return open
  return end({ ...open, trouble: problem }, meeting.ask, "unknown", now, null)
}

/// The writer has chosen what becomes of each collision.
export function chosePieces(open: Open, choices: readonly PieceChoice[], now: string, out: Effect[]): Open {
  const { meeting } = open
  if (meeting.is !== "colliding") return open
  const { ask, up, theirs, then, origin } = meeting
  if (!sameOrigin(open.origin, origin)) return again(open, ask, theirs, then, out)
  // A key of the front matter may have been set behind the dialog.
  if (now !== up.mine) return merge(open, ask, theirs, then, out)
  const taken = adopt(open, meeting, up, choices, now, out)
  const text = resolve(up, choices).text
  return ask.for === "opened" || taken.meeting.is !== "calm" || taken.submitting.is !== "idle" ? taken : openDialog(taken, text, true)
}

/// The writer has compared both texts, and made one of them.
export function choseText(open: Open, { text, shown, now }: Answer<"chose text">, out: Effect[]): Open {
  const { meeting } = open
  if (meeting.is !== "choosing") return open
  const origin = towards(open.origin, baseOf(open))
  const { theirs, onBranch } = meeting
  // A key of the front matter may have been set behind the dialog.
  if (now !== shown) return { ...open, meeting: { ...meeting, mine: now } }
  const from = theirs
    ? meetingOf(origin, theirs, { branch: homeOf(open), isBase: isBase(open), shared: "" }).next
    // What was merged of a base that has no such post any more is taken no more.
    : onBranch ? { ...origin, seen: [none], sent: [], merged: "" } : { ...originOf("", ""), into: origin.into, sent: origin.sent, onBranch: origin.onBranch, branch: origin.branch, aside: origin.aside }
  out.push({ do: "write", text, from })
  return changed({ ...open, origin: from, same: holds(open.submission, text), meeting: { is: "calm" } }, out)
}

/// The writer puts it off: both texts stay as they are.
export function later(open: Open): Open {
  const { is } = open.meeting
  return is === "colliding" || is === "choosing" ? { ...open, meeting: { is: "calm" } } : open
}

/// What is being found out is given up for a submission, which finds it out itself: a
/// text that was found before is not to be met after a newer one, which would seem to
/// have taken out what is new in that.
export function giveUp(open: Open): Open {
  const { meeting } = open
  const asks = open.asks.filter(ask => ask.for === "pull")
  if (meeting.is !== "looking" && meeting.is !== "gathering" && meeting.is !== "merging") return { ...open, asks }
  return { ...open, meeting: { is: "calm" }, asks: meeting.ask.for === "pull" ? [meeting.ask, ...asks] : asks }
}
