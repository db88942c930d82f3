// Worker questions are what is asked of the renderer beside the preview: how the
// front matter changes by a key that the form sets.
import type { ChangeSet } from "@codemirror/state"
import type { Change, Request } from "../protocol/preview"

/// Takes an answer, whose shape follows from the request, and what the text has
/// seen since that was sent.
export type Answer = (answer: never, since: ChangeSet | null) => void

export interface Question {
  request: Request
  /// Called with the answer, before what was typed meanwhile is sent.
  resolve: Answer
  reject: (error: Error) => void
}

/// How often a question is asked again that was answered about another text.
const patience = 3

/// Finds the change that sets one key of the front matter, against the text as it
/// is when the promise is kept. Rejects with a sentence. `put` has a question asked.
export async function askForKey(put: (question: Question) => void, key: string, value: string): Promise<Change> {
  for (let tries = 0; tries < patience; tries++) {
    const { answer, since } = await ask<{ change?: Change; error?: string }>(put, { op: "setKey", key, value })
    if (!answer.change) throw new Error(answer.error ?? "The front matter could not be changed.")
    const { from, to, insert } = answer.change
    if (!since) return answer.change
    // What was changed meanwhile at that very place, by an undo for
    // instance, makes the answer one about another text.
    if (!since.touchesRange(from, to)) return { from: since.mapPos(from, -1), to: since.mapPos(to, 1), insert }
  }
  throw new Error("The text changed at that place at the same moment. Type the value once more.")
}

/// Answers together with what was typed since the question was sent.
function ask<T>(put: (question: Question) => void, request: Request): Promise<{ answer: T; since: ChangeSet | null }> {
  return new Promise((resolve, reject) => {
    put({ request, resolve: (answer, since) => resolve({ answer, since }), reject })
  })
}
