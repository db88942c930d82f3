// Edit state is what the editor's screen shows, and what can be done with it.
// edit-model.ts makes both.
import type { AppContext } from "./app-context"
import type { Draft } from "./drafts"
import type { Editor } from "../editor/editor"
import type { Origin } from "../editor/origin"
import type { KeepState } from "./draft-keeper"
import type { Pictures } from "./pictures"
import type { PreviewFrame } from "../preview/preview-frame"
import type { Diagnostic, FrontMatterKey } from "../protocol/preview"
import type { PostFile, Pull, Renamed } from "../protocol/server"
import type { View } from "../protocol/settings"
import type { Store } from "../base/store"
import type { Target } from "./target"
import type { PreviewState } from "../preview/worker-client"
import type { CatchingUp } from "./newer-post"
import type { SectionWriters } from "./section-writers"

/// What the screen shows.
export interface EditState {
  /// `loading`, then one of the others.
  phase: "loading" | "open" | "nothing" | "failed"
  /// Why it failed, in a sentence.
  failure: string
  title: string
  /// The address that the post will have.
  url: string
  isNew: boolean
  keep: KeepState
  preview: PreviewState
  /// The server has another version of Galley than this page, so that no
  /// renderer is to be had for it.
  outdated: boolean
  /// A sentence about a text that could not be rendered; "" for none.
  trouble: string
  keys: FrontMatterKey[]
  problems: Diagnostic[]
  /// Whether an answer about the text has come.
  known: boolean
  /// Whether this tab may write.
  writer: boolean
  /// A sentence about how the post was opened; "" for none.
  notice: string
  /// Both texts, while the writer has to choose.
  choice: { mine: string; theirs: PostFile | null; why: "moved" | "stale" } | null
  /// Where the post was renamed to on its branch meanwhile; null for not.
  renamed: Renamed | null
  /// Another tab's text, while the writer has to choose.
  tabChoice: Draft | null
  /// The pull request that this draft was submitted in, or that it continues.
  pull: { number: number; url: string; title: string; same: boolean } | null
  /// Where the edit goes.
  target: Target
  /// The open edition that a post of the default branch belongs to, or the
  /// default branch where the editor's is over; "" for neither.
  edition: string
  /// Why the editor's branch is over, in a sentence; "" for not.
  over: string
  view: View
  share: number
  /// How much of the column the lists below the source may take, in percent.
  drawers: number
  matterOpen: boolean
  problemsOpen: boolean
  dialog: "" | "submit" | "palette" | "pulls" | "sign-out"
  /// Files that become pictures, and the offset where they are wanted.
  adding: { files: File[]; at: number } | null
  followScroll: boolean
  /// The hosts that the page was to load something from and did not, as nobody
  /// said that it may.
  blocked: string[]
  /// The last edit that the frame has shown.
  painted: number
}

export interface EditModel {
  store: Store<EditState>
  /// Puts editor and frame in their places, once these exist.
  mount(source: HTMLElement, page: HTMLElement): void
  editor(): Editor | null
  /// Does something in the editor, which is shown first where it is not.
  inSource(work: (editor: Editor) => void): void
  frame(): PreviewFrame | null
  /// The pictures that are in no commit yet.
  pictures: Pictures
  text(): string
  /// What the edit started from.
  base(): Origin
  /// The text that was submitted last; null before.
  sentText(): string | null
  /// Meets what others did to the post.
  catching: CatchingUp
  /// Who writes which section.
  writers: SectionWriters
  /// Keeps the draft now, and answers whether it is.
  save(): Promise<KeepState>
  setKey(key: string, value: string): Promise<void>
  /// Opens the list of problems and goes to the first.
  showProblems(): void
  /// Ends a choice between two texts: `text` goes on, from their blob.
  choose(text: string): void
  /// The same for another tab's text; null puts it off.
  chooseTab(text: string | null): void
  /// Tells that the branch's file is another than the edit started from.
  stale(current: PostFile | null): Promise<void>
  /// Notes that a text is about to be submitted, and answers the blob ids that
  /// the draft was submitted as before. They are kept before anything is sent,
  /// so that a lost answer does not make one's own text look like another's.
  sending(text: string): Promise<string[]>
  submitted(pull: Pull, text: string): void
  /// Tells that the pull request that the draft was submitted in is no longer
  /// open: the next submission is not for it.
  settled(number: number): void
  /// Leaves the pull request that is continued and cannot be any more: the text
  /// meets its base, and is shown as a pull request of the writer's own.
  leavePull(): Promise<void>
  takeOver(): Promise<void>
  /// Takes the text along to another branch, as the draft of the post there. A
  /// draft that is there is left alone. Answers the post's address.
  carry(to: string): Promise<string>
  /// The same to the path that the post was renamed to.
  follow(to: Renamed): Promise<string>
  /// Says whether the preview may load from the hosts that it was kept from: with
  /// true from now on, with false not in this visit.
  reach(may: boolean): void
  lineOf(at: number): number
  destroy(): void
}

export interface EditModelOptions {
  app: AppContext
  branch: string
  path: string
  /// The base of the pull request whose branch it is. Defaults to "": none.
  into?: string
  /// The number of the pull request that is continued. Defaults to 0: none.
  pull?: number
  /// Defaults to false.
  narrow?: boolean
}
