// View is what a screen shows of a post's life: the parts of each phase by names that
// all phases have.
import type { PostFile, Pull, Renamed } from "../../protocol/server"
import type { Draft } from "../drafts"
import { keptOf, type KeepState, type Life, type Meeting, type Moving, type Submitting } from "./state"
import type { Target } from "./target"

export interface LifeView {
  phase: "loading" | "open" | "nothing" | "failed"
  /// Why it failed, in a sentence.
  failure: string
  /// A sentence about how the post was opened; "" for none.
  notice: string
  /// Whether this tab may write.
  writer: boolean
  keep: KeepState
  isNew: boolean
  /// Where the post was renamed to on its branch meanwhile; null for not.
  renamed: Renamed | null
  /// Both texts, while the writer has to choose.
  choice: TextChoice | null
  collision: Extract<Meeting, { is: "colliding" }> | null
  /// Another tab's text, while the writer has to choose. Not in a tab that only watches:
  /// what is chosen there would be in no draft.
  tabChoice: Draft | null
  /// The draft that is where the text was to be taken, while the writer has to choose, or
  /// what was chosen is on its way.
  placeChoice: PlaceChoice | null
  /// The pull request that this draft was submitted in, or that it continues.
  pull: { number: number; url: string; title: string; same: boolean } | null
  /// Where the edit goes.
  target: Target
  /// The open pull request that does not merge any more.
  behind: Pull | null
  /// Where its pull request is shown; "" where nobody says.
  preview: string
  /// Whether what others did is being looked into.
  merging: boolean
  submitting: Submitting
}

export interface PlaceChoice {
  theirs: Draft
  /// Whether what was chosen is being put there.
  busy: boolean
  /// Why it could not be, in sentences; "" where it was not tried.
  why: string
}

export interface TextChoice {
  mine: string
  theirs: PostFile | null
  why: "moved" | "stale"
  /// Whether it is the pull request that has the post no more.
  onBranch: boolean
}

const unopened = {
  failure: "", notice: "", writer: true, keep: { kind: "unchanged" }, isNew: false, renamed: null, choice: null, collision: null,
  tabChoice: null, placeChoice: null, pull: null, behind: null, preview: "", merging: false, submitting: { is: "idle" },
} as const

export function viewOf(life: Life): LifeView {
  switch (life.phase) {
    case "reading":
    case "claiming": {
      const { into, pull } = life.place
      return { ...unopened, phase: "loading", target: { into, pull, title: "", url: "" } }
    }
    case "nothing":
      return { ...unopened, phase: "nothing", target: life.target, renamed: life.renamed, notice: life.notice }
    case "failed":
      return { ...unopened, phase: "failed", target: life.target, failure: life.failure }
    case "open": {
      const { meeting, submission, target, origin } = life
      const continued = target.pull > 0 ? { number: target.pull, title: target.title, url: target.url, same: life.same } : null
      return {
        phase: "open", failure: "", notice: life.notice, writer: life.tab.is !== "watching" && life.tab.is !== "taking", keep: keptOf(life),
        isNew: origin.blob === "", renamed: life.renamed, choice: meeting.is === "choosing" ? meeting : null,
        collision: meeting.is === "colliding" ? meeting : null, tabChoice: life.tab.is === "writing" ? life.other : null, placeChoice: placeChoice(life.moving),
        pull: submission.is === "open" ? { ...submission, same: life.same } : continued, target, behind: life.behind, preview: life.preview, merging: meeting.is !== "calm", submitting: life.submitting,
      }
    }
  }
}

function placeChoice(moving: Moving): PlaceChoice | null {
  if (moving.is === "asking") return { theirs: moving.theirs, busy: false, why: moving.why }
  return moving.is === "moving" && moving.theirs ? { theirs: moving.theirs, busy: true, why: "" } : null
}
