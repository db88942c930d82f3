// Events are all that can happen to a post, and effects all that is done about it.
// Those of which it says so carry `now`, the editor's text at that moment; answers
// carry the ticket of the effect that they answer, which comes once, late, twice or
// never.
import type { Draft } from "../drafts"
import type { CatchUp, PieceChoice } from "../merge"
import type { Began, Target } from "./target"
import type { CoAuthor, Origin } from "../../text/origin"
import type { PostFile, Problem, Pull, Renamed, Standing, Step } from "../../protocol/server"
import type { Form, Read } from "./state"

export type Event =
  // The post
  | { type: "read"; read: Read }
  | { type: "tab"; writer: boolean }
  // The editor
  | { type: "typed" }
  /// The text is made from something else, by an undo for instance.
  | { type: "remade"; origin: Origin }
  // The draft
  | { type: "due"; ticket: number; now: string }
  | { type: "save"; now: string }
  | { type: "kept"; ticket: number; now: string; draft: Draft }
  | { type: "removed"; ticket: number; now: string }
  | { type: "moved on"; ticket: number; now: string; theirs: Draft | undefined }
  /// `version` is what is there instead; absent where nobody knows.
  | { type: "not kept"; ticket: number; now: string; why: string; version?: number }
  /// This browser has another draft than the one of version `seen`; undefined for none.
  | { type: "looked"; seen: number; now: string; draft: Draft | undefined }
  /// The writer forgot the draft elsewhere, on the desk in another tab, or with `all` all
  /// drafts, there or as they signed out.
  | { type: "forgotten"; why: string; all: boolean }
  /// The page goes away, or may.
  | { type: "leaving"; now: string }
  // Other tabs of this browser
  | { type: "take over" }
  /// This tab writes now; `draft` is what the other one kept.
  /// `unread` says that the browser did not tell whether there is a draft, `own` that
  /// this page wrote it. `file` is the blob whose very text the other one had, so that it
  /// kept none; absent where it did not say so.
  | { type: "took over"; now: string; draft: Draft | undefined; unread?: boolean; own?: boolean; file?: string | undefined }
  | { type: "chose tab"; text: null }
  /// `shown` is the text of this tab's that was compared.
  | { type: "chose tab"; text: string; shown: string; now: string }
  // What others did
  | { type: "bring up" }
  /// Something was put into the branch from here.
  | { type: "branch moved" }
  | { type: "found"; ticket: number; now: string; file: PostFile | "gone" | "unknown"; renamed: Renamed | null }
  /// What the post is on a branch by now. `where` is the branch as people call it: "on
  /// main", "in the edition of 16 August 2026".
  | { type: "elsewhere"; branch: string; where: string; standing: Standing }
  | { type: "gathered"; ticket: number; now: string; shared: string | null; landed: boolean; theirs?: PostFile }
  | { type: "not gathered"; ticket: number; now: string; problem: Problem }
  | { type: "merged"; ticket: number; now: string; up: CatchUp }
  | { type: "not merged"; ticket: number; now: string; problem: Problem }
  | { type: "chose pieces"; choices: readonly PieceChoice[]; now: string }
  /// `shown` is the text of the writer's own that was compared.
  | { type: "chose text"; text: string; shown: string; now: string }
  | { type: "later"; now: string }
  /// How the writer's pull request stands.
  | { type: "stands"; pull: Pull }
  /// A section was taken: by that pull request, which holds that, and was that before.
  | { type: "claimed"; now: string; pull: Pull; holds: PostFile; before: string }
  // The submission
  | { type: "submit opened"; now: string; base: string }
  | { type: "submit closed" }
  /// The old file is to be added again, though the post was renamed.
  | { type: "add again"; now: string }
  /// `text` was shown, and `blob` is its id; "" where that is not to be had.
  | { type: "submit"; now: string; text: string; blob: string; form: Form }
  | { type: "step"; ticket: number; step: Step }
  | { type: "submitted"; ticket: number; now: string; pull: Pull }
  /// `found` is what is there instead: null for nothing, undefined for not known.
  | { type: "not submitted"; ticket: number; now: string; problem: Problem; found: PostFile | null | undefined }
  | { type: "leave pull" }
  | { type: "pull left"; ticket: number; now: string; target: Target; began: Began | null }
  | { type: "pull not left"; ticket: number; now: string; sentence: string }
  // Elsewhere
  | { type: "carry"; to: string; address: string; now: string }
  | { type: "follow"; address: string; now: string }
  | { type: "carried"; ticket: number }
  | { type: "not carried"; ticket: number; why: string }
  /// There is a draft, which is not the one that was to be replaced.
  | { type: "taken"; ticket: number; theirs: Draft }
  | { type: "chose place"; text: null }
  /// `shown` is the text of the writer's that was compared.
  | { type: "chose place"; text: string; shown: string; now: string }
  // What is said
  | { type: "notice"; sentence: string }
  /// The server answers again.
  | { type: "answered" }

export type Effect =
  /// Finds out whether this tab may write: `tab`.
  | { do: "claim tab" }
  /// Makes this the tab that writes, and reads the draft: `took over`.
  | { do: "take over" }
  /// Replaces the editor's text, and with `from` what it was made from; one undo
  /// brings both back.
  | { do: "write"; text: string; from?: Origin }
  /// Sets what the text was made from, not to be undone.
  | { do: "set origin"; origin: Origin }
  | { do: "lock"; on: boolean }
  /// Tells a `due` after a time, the longer one after a failure.
  | { do: "wait"; ticket: number; long: boolean }
  /// Keeps the draft on condition that `seen` is what is there: `kept`, `moved on` or
  /// `not kept`.
  | { do: "keep"; ticket: number; draft: Keepsake; seen: number }
  /// Removes it, on the same condition: `removed`, `moved on` or `not kept`.
  | { do: "remove"; ticket: number; seen: number }
  /// Leaves the draft, or null for that there is none any more, where a page that goes
  /// away still can. `turn` counts it among what this page writes, as tickets do.
  | { do: "part"; draft: Keepsake | null; seen: number; turn: number }
  /// Forgets what this page left there, and of what others left those texts, which were
  /// chosen or left out.
  | { do: "forget parting"; others: readonly string[] }
  /// Forgets the pictures of the text, which its branch has by now.
  | { do: "forget pictures" }
  /// Keeps the pictures that this tab knows again.
  | { do: "keep pictures" }
  /// Asks for the branch's file: `found`.
  | { do: "look"; ticket: number; branch: string }
  /// Asks what a text and that of the pull request's own branch have in common, with
  /// that text as it is then, or whether the pull request of that number was merged
  /// into `base`: `gathered`.
  | { do: "gather"; ticket: number; theirs: PostFile; landing: { number: number; base: string } | null }
  /// Asks for the file on a pull request's base and what its branch began with.
  | { do: "gather pull"; ticket: number; pull: Pull; onBranch: string | null }
  /// Merges the editor's text with another: `merged` or `not merged`.
  | { do: "merge"; ticket: number; base: string; since: string; next: Origin; theirs: PostFile }
  /// Submits: `step`, then `submitted` or `not submitted`.
  | {
      do: "submit"; ticket: number; text: string; blob: string; earlier: string[]; merged: string; coAuthors: readonly CoAuthor[]
      pull: number; form: Form
    }
  /// Asks how the pull request stands: `stands`.
  | { do: "look at pull"; number: number }
  /// Asks whether the pull request that is continued can be: `pull left`.
  | { do: "leave pull"; ticket: number }
  /// Puts the draft at another place, on condition that `over` is the version that is
  /// there, 0 for none: `carried`, `taken` or, at the latest after a time, `not carried`.
  | { do: "carry"; ticket: number; to: { branch: string; path: string }; draft: { text: string; blob: string; base: string }; over: number }
  /// Removes the draft here, on condition that `seen` is what is there. Not answered.
  | { do: "discard"; seen: number }
  /// Forgets what was written into the comparison with the draft at another place: it is
  /// there.
  | { do: "forget comparison" }
  | { do: "go"; address: string }

/// A draft but for its place, title, version and writer, which the driver knows.
export type Keepsake = Omit<Draft, "site" | "person" | "branch" | "path" | "title" | "version" | "updated" | "wrote">
