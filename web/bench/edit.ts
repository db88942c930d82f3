// Edit is what is done to a text, the same for every contender.

/// Replaces `from` to `to` (UTF-16 units) of the text by `insert`.
export interface Edit {
  from: number
  to: number
  insert: string
}

/// One edit of a run.
export interface Step {
  edit: Edit
  /// What the writer does, or what it puts back.
  action: string
  /// Whether it is measured; else it only puts the text back.
  timed: boolean
  /// Milliseconds between the one before it and this one.
  pause: number
}

/// Does the steps one after the other, each when the last one's preview is laid
/// out and its pause is over. A measured step leaves the marks
/// `start:ACTION` and `laid` in the browser's user timing.
export type Run = (steps: Step[]) => Promise<void>

/// The text after an edit.
export function edited(text: string, { from, to, insert }: Edit): string {
  return text.slice(0, from) + insert + text.slice(to)
}
