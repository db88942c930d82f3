// What people say about a pull request, as the server tells it. Texts are
// strangers' Markdown: shown as plain text, never as HTML.
import type { Person } from "./server"

export interface Discussion {
  /// The commit whose lines the threads name.
  head: string
  threads: Thread[]
  /// Those on the whole, the oldest first.
  comments: Comment[]
  /// What reviewers said, the oldest first.
  verdicts: Verdict[]
  /// Those whose review is waited for.
  asked: Person[]
  /// Whether it is known which threads are resolved.
  resolves: boolean
}

export interface Thread {
  id: string
  path: string
  /// The first and the last line that it is about, in the file at the head, from 1;
  /// 0 where they are not there any more.
  start: number
  line: number
  /// It is about lines that the pull request takes away.
  removed: boolean
  /// These lines as they were when it began.
  lines: string
  resolved: boolean
  /// One at least.
  comments: Comment[]
}

export interface Comment {
  author: Person
  body: string
  /// RFC 3339.
  created: string
  /// Where others look at it; "" where it is in Galley alone.
  url: string
}

export interface Verdict {
  author: Person
  /// "" leaves the last one standing.
  review: "" | "approved" | "changes"
  body: string
  /// RFC 3339.
  created: string
  /// The head that was looked at.
  commit: string
  /// Somebody said that it does not count.
  dismissed: boolean
}

/// A comment on the whole; with `thread` an answer; with `path` at lines of the
/// file at `head`.
export interface NewComment {
  body: string
  thread?: string
  path?: string
  start?: number
  line?: number
  head?: string
}

export interface NewVerdict {
  review: "approved" | "changes"
  body: string
  head: string
}
