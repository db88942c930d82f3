// State is all that Galley knows of a post that is open, from its reading to its
// end: one phase of five, and in the open post a region for each thing that goes on
// beside the others, which is a union of phases itself. The text is not here: it is
// the editor's, and events bring it where something is decided by it.
import type { Mark } from "../../editor/line-authors"
import type { CatchUp } from "../merge"
import type { Draft } from "../drafts"
import type { Origin } from "../../text/origin"
import type { Problem, PostFile, Pull, Renamed, Step } from "../../protocol/server"
import type { Began, Target } from "./target"

export type Life = Reading | Claiming | Nothing | Failed | Open

/// The address that the editor was opened at.
export interface Place {
  branch: string
  path: string
  /// The base of the pull request whose branch it is; "" for none.
  into: string
  /// The number of the pull request that is continued; 0 for none.
  pull: number
}

/// The post and what this browser keeps of it are being read.
export interface Reading {
  phase: "reading"
  place: Place
}

/// It is read, and being found out whether this tab may write.
export interface Claiming {
  phase: "claiming"
  place: Place
  read: Read
}

/// There is neither post nor draft.
export interface Nothing {
  phase: "nothing"
  place: Place
  target: Target
  renamed: Renamed | null
  notice: string
}

/// It could not be read, and there is no draft.
export interface Failed {
  phase: "failed"
  place: Place
  target: Target
  failure: string
}

export interface Open {
  phase: "open"
  place: Place
  /// The text that it was opened with.
  initial: string
  /// Whether that is what the server said before, since it does not answer.
  asBefore: boolean
  /// Where the edit goes.
  target: Target
  /// Whether the pull request that was continued cannot be any more: the text is
  /// for its base.
  left: boolean
  /// What the text was made from: the editor's, whose history it is a part of.
  origin: Origin
  /// What a draft was made from whose branch has the post no more; null otherwise.
  before: { blob: string; text: string } | null
  /// Where the post was renamed to on its branch meanwhile; null for not.
  renamed: Renamed | null
  /// The blob that the post's branch was said to have last, "" for none; null where
  /// nothing was said yet.
  elsewhere: string | null
  /// The notice that told of it; "" for none.
  told: string
  /// A sentence about how the post was opened or what became of it; "" for none.
  notice: string
  tab: Tab
  keeping: Keeping
  /// Another tab's text, or one that a page left behind, while the writer has to
  /// choose.
  other: Draft | null
  /// The texts that the writer has chosen or left out so. Where pages left them behind,
  /// they go once this tab's text is kept: until then they may be the only copy of it.
  answered: readonly string[]
  submission: Submission
  /// Whether the text is what that one has, or the one that is continued.
  same: boolean
  meeting: Meeting
  /// What is to be met once that is over.
  asks: readonly Ask[]
  /// What was merged last; null for nothing.
  met: Met | null
  /// Why the last meeting failed; null for not.
  trouble: Problem | null
  /// The open pull request that does not merge any more, as the server says.
  behind: Pull | null
  /// Where the writer's pull request is shown, as its commit was last; "" where nobody
  /// says.
  preview: string
  submitting: Submitting
  moving: Moving
  /// The number of the last effect that is answered.
  ticket: number
  /// The last that was under way when the draft was forgotten; 0 for none.
  forgotten: number
}

/// What was read.
export interface Read {
  /// The address with what is true of it: without a pull request that is not from its
  /// branch.
  place: Place
  /// The post on its branch: null where there is none, "unknown" where nobody could
  /// say, a sentence where it was refused.
  file: PostFile | null | "unknown" | { refused: string }
  /// What this browser keeps.
  draft: Draft | undefined
  /// What a page that was left holds beside it.
  other: Draft | null
  /// The browser did not say what it keeps: there may be a draft all the same.
  unread: boolean
  /// A new post's text; null for not.
  fresh: string | null
  target: Target
  left: boolean
  /// What the pull request began with that was left; null for not.
  began: Began | null
  /// Where the post was renamed to.
  renamed: Renamed | null
  /// What is to be said of where the text is from; "" for nothing.
  notice: string
  /// Whether the file is what the server said before, since it does not answer.
  asBefore: boolean
}

/// Which tab of this browser writes: this one, another, or this one as soon as the
/// other has yielded.
export type Tab =
  | { is: "writing" }
  | { is: "watching" }
  /// `since`: what this tab itself has kept or removed after it asked, which the
  /// answer may not know of; null for nothing.
  | { is: "taking"; since: Since | null }

/// What a tab's own writing left: a draft, or none, and the version with which that
/// writing ended or which it removed. Whatever was read at or before that is older.
export interface Since {
  draft: Draft | undefined
  version: number
}

/// What is true of the text: the file's, changed a moment ago, kept in this browser,
/// nowhere else than in this tab for a reason that is a sentence, in the pull request
/// alone, or beside another tab's.
export type KeepState =
  | { kind: "unchanged" }
  | { kind: "pending" }
  | { kind: "kept"; draft: Draft }
  | { kind: "failed"; why: string }
  /// Not kept either, but in a commit.
  | { kind: "sent" }
  | { kind: "moved"; theirs: Draft | undefined }

/// How the draft is kept. `seen` is the version that this tab wrote or read last, 0
/// for none; `parted` tells whether something was left behind for the case that the
/// page goes away.
export type Keeping =
  /// Nothing is to be written.
  | { is: "resting"; seen: number; shown: KeepState; parted: boolean }
  /// The text changed; it is written when the time is up. `long`: it failed before.
  | { is: "waiting"; seen: number; shown: KeepState; parted: boolean; ticket: number; long: boolean }
  /// It is being written. `next`: what comes then.
  | { is: "writing"; seen: number; shown: KeepState; parted: boolean; ticket: number; next: "rest" | "wait" | "write" }

/// The pull request that the text was submitted in: open, closed or merged without
/// having been met yet, or merged and met.
export type Submission =
  | { is: "none" }
  /// `base` is the branch that it goes into; "" where a draft from before does not say.
  | { is: "open" | "settled" | "landed"; number: number; url: string; title: string; base: string; text: string }

/// What is to be met. `waited`: something else was met since it was found, so that it
/// has to be looked at again.
export type Ask =
  /// What is on the branch now, before a submission or after something was put there.
  | { for: "check" }
  /// What was found when the post was opened, or a section taken.
  | { for: "opened"; theirs: PostFile; waited: boolean }
  /// What a submission found instead; null for nothing.
  | { for: "stale"; theirs: PostFile | null }
  /// What is on the base of the pull request that does not merge.
  | { for: "pull"; behind: Pull }

/// How the text meets what others did.
export type Meeting =
  | { is: "calm" }
  /// The branch's file is asked for. `then` is what is met after it.
  | { is: "looking"; ask: Ask; then: Theirs | null; ticket: number }
  /// What both texts began with is asked for.
  | { is: "gathering"; ask: Ask; theirs: PostFile | null; then: Theirs | null; ticket: number }
  /// They are being merged.
  | { is: "merging"; ask: Ask; theirs: Theirs; then: Theirs | null; origin: Origin; ticket: number }
  /// The writer chooses what becomes of lines that both changed.
  | { is: "colliding"; ask: Ask; up: CatchUp; theirs: Theirs; then: Theirs | null; origin: Origin }
  /// The writer compares both texts as a whole: they could not be merged, or there
  /// is no other any more, on its branch or, with `onBranch`, on the pull request's.
  | { is: "choosing"; mine: string; theirs: PostFile | null; why: "moved" | "stale"; onBranch: boolean }

/// A text to be met.
export interface Theirs {
  file: PostFile
  /// What it and the writer's have in common where that is not the origin's text;
  /// null where it is.
  shared: string | null
  /// Whether that is a submission of the writer's own that was merged since.
  landed: boolean
  /// Whether it is met for its pull request's sake: only the base's commit is new.
  base: boolean
}

export interface Met {
  /// The text as it was then, and what it is to be compared with.
  text: string
  old: string
  /// Whose lines are in it, and a sentence about that.
  marks: readonly Mark[]
  sentence: string
}

/// What the writer says of a submission.
export interface Form {
  base: string
  title: string
  message: string
  signOff: boolean
}

/// How the text is submitted. What is shown is what is sent: the text, and what that
/// text was made from, are taken together and go together.
export type Submitting =
  | { is: "idle" }
  | { is: "asking"; text: string; origin: Origin; updates: boolean; problem: Problem | null }
  /// The draft is being kept with what it is about to be submitted as.
  | { is: "keeping"; text: string; origin: Origin; updates: boolean; form: Form }
  | { is: "sending"; text: string; origin: Origin; updates: boolean; form: Form; steps: readonly Step[]; ticket: number }
  | { is: "done"; pull: Pull; updates: boolean }
  /// The post was renamed meanwhile: the writer says where the text goes.
  | { is: "astray" }
  /// The pull request that cannot be continued is being left for one of one's own.
  | { is: "leaving"; ticket: number }

/// Whether the text is being taken to another branch or path.
export type Moving =
  | { is: "staying" }
  | { is: "keeping"; to: { branch: string; path: string }; address: string }
  /// `text` is being put there. `here` is the version that is kept here; 0 for none.
  /// `theirs` is the draft that the writer chose it in the place of; null for none.
  | { is: "moving"; to: { branch: string; path: string }; address: string; text: string; here: number; theirs: Draft | null; ticket: number }
  /// There is a draft, and the writer chooses. `why` is a sentence where what was chosen
  /// could not be put there; "" otherwise.
  | { is: "asking"; to: { branch: string; path: string }; address: string; theirs: Draft; why: string }

/// What is true of the text now. What a browser does not keep may be in a commit.
export function keptOf({ keeping, submission, same }: Open): KeepState {
  return keeping.shown.kind === "failed" && submission.is === "open" && same ? sent : keeping.shown
}

const sent: KeepState = { kind: "sent" }

/// The branch whose file the text was made from.
export function homeOf(open: Open): string {
  return open.left ? open.target.into : open.place.branch
}

/// Whether that is what a pull request goes into, and not its own.
export function isBase(open: Open): boolean {
  return open.left || open.target.into === ""
}

/// The base of the text's own branch, or of the pull request that it continues: the
/// only one whose pull request is met from here.
export function baseOf(open: Open): string {
  return open.target.into || open.place.branch
}

/// Whether a base is the submission's: the text's pull request into another is not
/// updated by what goes into this one.
export function goesInto(submission: Submission, base: string): boolean {
  return submission.is === "open" && (submission.base === "" || submission.base === base)
}

/// The number of the pull request that the text is in or continues; 0 for none.
export function pullOf(open: Open): number {
  return open.submission.is === "open" ? open.submission.number : open.target.pull
}
