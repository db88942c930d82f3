// What is asked of a preview, by the renderer in Go, in the worker or on the
// server, and what it answers. docs/protocol.md is the contract; offsets are
// UTF-16 units of the whole file.
import type { Bundle } from "./server"

export interface Change {
  from: number
  to: number
  insert: string
}

export interface FrontMatterKey {
  name: string
  value: string
  /// False for lists, maps and texts of several lines, which a form's field cannot show.
  scalar: boolean
  from: number
  to: number
}

export interface Span {
  from: number
  to: number
}

export interface Heading {
  level: number
  text: string
  from: number
}

export interface Diagnostic {
  from: number
  to: number
  severity: "error" | "warning" | "info"
  code: string
  message: string
  file?: string
  /// What mends it by itself, as a press can; its places count from the problem's
  /// in the app, and in the text in the server's answer.
  fix?: Fix
}

/// A change that mends a problem, with its name.
export interface Fix extends Change {
  name: string
}

export type Patch = PagePatch | BlocksPatch

/// The whole page, and where its blocks can be patched alone, the blocks.
export interface PagePatch {
  kind: "page"
  html: string
  slot?: Slot | null
  blocks?: string[]
}

/// Replaces runs of blocks, ascending.
export interface BlocksPatch {
  kind: "blocks"
  ranges?: BlockRange[]
  /// Set when the page around the blocks changed, to what it became.
  slot?: Slot | null
}

/// The page around its content.
export interface Slot {
  before: string
  after: string
}

/// Replaces `remove` blocks from index `at` of the list before the patch on, by
/// those with the HTML in `insert`.
export interface BlockRange {
  at: number
  remove: number
  insert: string[]
}

/// What is known of a text, and what changed in its page.
export interface PreviewAnswer {
  seq: number
  patch?: Patch | null
  url: string
  title: string
  keys: FrontMatterKey[]
  blocks: Span[]
  headings: Heading[]
  languages: string[]
  diagnostics: Diagnostic[]
  error?: string
}

/// A range of blocks of a patch, with source ranges in place of HTML.
export interface MovedBlocks {
  at: number
  remove: number
  insert: Span[]
}

/// What an edit is answered by at once.
export interface EditAnswer {
  seq: number
  patch?: Patch | null
  url: string
  title: string
  languages: string[]
  /// Null where the front matter is as it was.
  keys: FrontMatterKey[] | null
  /// How the list of the blocks' source ranges changed; null where it has to be
  /// asked for.
  blocks: MovedBlocks[] | null
  error?: string
}

/// What Go is asked.
export type Request =
  | { op: "site"; bundle: Bundle }
  | { op: "lexer"; name: string; xml: string }
  | { op: "open"; path: string; text: string }
  | { op: "edit"; seq: number; changes: Change[] }
  | { op: "describe" }
  | { op: "setKey"; key: string; value: string }
