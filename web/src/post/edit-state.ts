// Edit state is how the editor's screen looks, beside what the post's life (life/)
// says, and what can be done with it. edit-model.ts makes both.
import type { PostContext } from "./post-context"
import type { Driver } from "./driver"
import type { Knowledge } from "../editor/completion/knowledge"
import type { Editor } from "../editor/editor"
import type { KeepState } from "./life/state"
import type { MatterWords, TypedField } from "./matter-words"
import type { OutsideLinks } from "./outside-links"
import type { Pictures } from "./pictures"
import type { LayoutFinding } from "./page-check"
import type { Problem } from "./problem"
import type { PreviewFrame } from "../preview/preview-frame"
import type { DataValue } from "../protocol/data"
import type { FrontMatterKey, Span } from "../protocol/preview"
import type { Language } from "../protocol/spelling"
import type { Look, View } from "../protocol/settings"
import type { Branch } from "../protocol/server"
import type { Store } from "../base/store"
import type { PreviewState } from "../preview/worker-client-types"
import type { SectionWriters } from "./section-writers"

export interface EditState {
  title: string
  /// The address that the post will have.
  url: string
  preview: PreviewState
  /// The server has another version of Galley than this page, so that no
  /// renderer is to be had for it.
  outdated: boolean
  /// A sentence about a text that could not be rendered; "" for none.
  trouble: string
  keys: FrontMatterKey[]
  /// What was typed into the front matter's form and is not in the text yet, by its keys.
  typed: Readonly<Record<string, TypedField>>
  problems: Problem[]
  /// Whether an answer about the text has come.
  known: boolean
  /// The check of the rendered page: how it stands, in a sentence, and what is not
  /// the text's, or, unless `apart`, cannot be told from it.
  pageCheck: { is: "no" | "running" | "done" | "failed"; said: string; layout: readonly LayoutFinding[]; apart: boolean }
  /// The language whose dictionary the spelling is checked by; "" where it is not.
  spelling: Language | ""
  /// The open edition that a post of the default branch belongs to, or the
  /// default branch where the editor's is over; "" for neither.
  edition: string
  /// The branches by which an edition is named; empty where there is none to name.
  branches: Branch[]
  /// Why the editor's branch is over, in a sentence; "" for not.
  over: string
  view: View
  share: number
  /// How much of the column the lists below the source may take, in percent.
  drawers: number
  matterOpen: boolean
  problemsOpen: boolean
  traysOpen: boolean
  reviewOpen: boolean
  dialog: "" | "history" | "outline" | "palette" | "pulls" | "sign-out" | "snippet"
  /// Files that become pictures, and where they are wanted, or are. That moves along with
  /// the text, and nothing is drawn for it.
  adding: { files: File[]; at: Span } | null
  followScroll: boolean
  /// The outline is wanted beside the source.
  outline: boolean
  /// How the page is looked at.
  look: Look
  /// What is said of a key that did something else than elsewhere; "" for nothing.
  hint: string
  /// The hosts that the page was to load something from and did not, as nobody
  /// said that it may.
  blocked: string[]
  /// What a data file says; null while nobody knows, and for what is none.
  data: ShownData | null
  /// The last edit that the frame has shown.
  painted: number
}

/// What a data file says.
export interface ShownData {
  /// How templates call it.
  name: string
  /// Null where it could not be read yet.
  value: DataValue | null
  /// The text as it is now cannot be read, and `value` is from before.
  broken: boolean
}

/// What takes a text to another branch or path.
export type Elsewhere = { type: "carry"; to: string; address: string } | { type: "follow"; address: string }

export interface EditModel {
  store: Store<EditState>
  /// The post's life, which is drawn by life/view.ts.
  life: Driver["store"]
  /// Tells that something happened to the post.
  send: Driver["send"]
  /// Puts editor and frame in their places, once these exist.
  mount(source: HTMLElement, page: HTMLElement): void
  editor(): Editor | null
  /// Does something in the editor, which is shown first where it is not.
  inSource(work: (editor: Editor) => void): void
  frame(): PreviewFrame | null
  /// The pictures that are in no commit yet.
  pictures: Pictures
  text(): string
  /// What is known of the site.
  knowledge: Knowledge
  /// Who writes which section.
  writers: SectionWriters
  /// Keeps the draft now, and answers whether it is.
  save(): Promise<KeepState>
  /// What is typed into the front matter's form.
  matter: Pick<MatterWords, "put" | "giveUp" | "settle">
  /// Where links to other sites lead, once the writer asked.
  outside: OutsideLinks
  /// Opens the list of problems and goes to the first.
  showProblems(): void
  /// Opens the list of problems, and has the rendered page checked.
  checkPage(): void
  /// Has the spelling checked by a dictionary from now on, or no longer.
  spell(by: Language | "off"): void
  /// Takes a word for right from now on.
  addWord(word: string): void
  /// Opens the dialog that submits, once the text has what was typed into the form. Where
  /// that cannot be, the writer is told, and it answers the key that is not in the text.
  openSubmit(): Promise<string | undefined>
  /// Takes the text elsewhere by that event, on the same condition and with the same
  /// answer: what waits for the text has its place here.
  goElsewhere(by: Elsewhere): Promise<string | undefined>
  /// Submits what it shows.
  submit(form: { base: string; title: string; message: string; signOff: boolean }): Promise<void>
  /// Says whether the preview may load from the hosts that it was kept from: with
  /// true from now on, with false not in this visit.
  reach(may: boolean): void
  lineOf(at: number): number
  destroy(): void
}

export interface EditModelOptions {
  app: PostContext
  branch: string
  path: string
  /// The base of the pull request whose branch it is. Defaults to "": none.
  into?: string
  /// The number of the pull request that is continued. Defaults to 0: none.
  pull?: number
  /// The line to begin at, from 1. Defaults to 0: nowhere.
  line?: number
  /// Defaults to false.
  narrow?: boolean
}
