// Life is a post's, from its reading to its end, as a machine: what becomes of a
// state by an event, and what is done about it. It knows no document, no network and
// no clock, so that every order of events can be tried (web/test/life.spec.ts); what
// carries its effects out is driver.ts. docs/architecture.md, "A post's life", has
// the phases in a table.
import { answered, open as opened, read } from "./begin"
import type { Effect, Event } from "./events"
import { changed, forgotten, keep, leave, looked, typed, written } from "./keeping"
import { chosePieces, choseText, elsewhere, failed, found, gathered, giveUp, later, merged, next } from "./meeting"
import { carried, carry, carryOn, chosePlace, notCarried, taken } from "./moving"
import { claimed, leavePull, pullLeft, stands } from "./pulls"
import { openDialog, close, notSubmitted, send, stepped, submit, submitted } from "./submitting"
import type { Life, Open } from "./state"
import { choseTab, ownSince, tookOver, yielded } from "./tabs"

export interface Stepped {
  state: Life
  /// In the order in which they are to be carried out.
  effects: Effect[]
}

/// What becomes of a post by an event. An event that a phase does not know changes
/// nothing.
export function step(state: Life, event: Event): Stepped {
  const effects: Effect[] = []
  switch (state.phase) {
    case "reading":
      return { state: event.type === "read" ? read(event.read, effects) : state, effects }
    case "claiming": {
      if (event.type !== "tab") return { state, effects }
      const now = opened(state, event.writer, effects)
      return { state: now.phase === "open" ? goOn(now, event, effects) : now, effects }
    }
    case "open":
      return { state: goOn(happen(state, event, effects), event, effects), effects }
    case "nothing":
    case "failed":
      return { state, effects }
  }
}

/// What waited for something else to end.
function goOn(open: Open, event: Event, out: Effect[]): Open {
  let now = open
  if (now.submitting.is === "keeping" && now.keeping.is !== "writing") now = send(now, out)
  if ("now" in event) now = carryOn(now, event.now, out)
  const { is } = now.submitting
  // One at a time: what is met while a text is sent would not be in it.
  const free = is === "idle" || is === "asking" || is === "astray" || is === "done"
  return free && now.meeting.is === "calm" && now.asks.length > 0 && now.tab.is === "writing" ? next(now, out) : now
}

function happen(open: Open, event: Event, out: Effect[]): Open {
  switch (event.type) {
    case "read":
      return open
    case "tab":
      return event.writer ? open : yielded(open, out)
    case "typed":
      return typed(open, out)
    case "remade":
      return changed({ ...open, origin: event.origin }, out)
    case "due":
      return open.keeping.is === "waiting" && open.keeping.ticket === event.ticket ? keep(open, event.now, out) : open
    case "save":
      return keep(open, event.now, out)
    case "kept":
    case "removed":
    case "moved on":
    case "not kept":
      return written(open, event, out)
    case "looked":
      return looked(open, event, out)
    case "forgotten":
      return forgotten(open, event)
    case "leaving":
      return leave(open, event.now, out)
    case "take over":
      if (open.tab.is !== "watching") return open
      out.push({ do: "take over" })
      return { ...open, tab: { is: "taking", since: null } }
    case "took over":
      return open.tab.is === "taking" ? tookOver(open, ownSince(open.tab.since, event), out) : open
    case "chose tab":
      return choseTab(open, event, out)
    case "bring up":
      return open.behind && !open.asks.some(ask => ask.for === "pull") ? { ...open, asks: [...open.asks, { for: "pull", behind: open.behind }] } : open
    case "branch moved":
      return open.tab.is === "writing" && !open.asks.some(ask => ask.for === "check") ? { ...open, asks: [...open.asks, { for: "check" }] } : open
    case "found":
      return found(open, event, out)
    case "elsewhere":
      return elsewhere(open, event)
    case "gathered":
      return gathered(open, event, out)
    case "merged":
      return merged(open, event, out)
    case "not gathered":
    case "not merged":
      return failed(open, event, out)
    case "chose pieces":
      return chosePieces(open, event.choices, event.now, out)
    case "chose text":
      return choseText(open, event, out)
    case "later":
      return later(open)
    case "stands":
      return stands(open, event.pull, out)
    case "claimed":
      return claimed(open, event, out)
    case "submit opened": {
      const { is } = open.meeting
      if (is === "colliding" || is === "choosing") return open
      // It may have been closed or merged meanwhile.
      if (open.submission.is === "open") out.push({ do: "look at pull", number: open.submission.number })
      return openDialog(open, event.now, event.base === open.place.branch || open.target.into !== "")
    }
    case "add again":
      return open.submitting.is === "astray" ? openDialog({ ...open, renamed: null }, event.now, true) : open
    case "submit closed":
      return close(open)
    case "submit":
      return submit(giveUpFor(open, event), event, out)
    case "step":
      return stepped(open, event)
    case "submitted":
      return submitted(open, event, out)
    case "not submitted":
      return notSubmitted(open, event, out)
    case "leave pull":
      return leavePull(open, out)
    case "pull left":
      return pullLeft(open, event, out)
    case "pull not left":
      return open.submitting.is === "leaving" && open.submitting.ticket === event.ticket ? { ...open, submitting: { is: "idle" }, notice: event.sentence } : open
    case "carry":
      return carry(open, { branch: event.to, path: open.place.path }, event.address, event.now, out)
    case "follow":
      return open.renamed ? carry(close(open), { branch: open.renamed.branch ?? open.place.branch, path: open.renamed.path }, event.address, event.now, out) : open
    case "carried":
      return carried(open, event, out)
    case "not carried":
      return notCarried(open, event)
    case "taken":
      return taken(open, event, out)
    case "chose place":
      return chosePlace(open, event, out)
    case "notice":
      return { ...open, notice: event.sentence }
    case "answered":
      return answered(open)
  }
}

/// What is sent is what is shown: a meeting that is still on its way is given up, lest
/// it change the text under the submission.
function giveUpFor(open: Open, event: Extract<Event, { type: "submit" }>): Open {
  return open.submitting.is === "asking" && open.submitting.text === event.text ? giveUp(open) : open
}
