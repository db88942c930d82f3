// Origin is what a text was made from: the file as it was when the writer last
// took it over. It is a part of the editor's history, so that undoing a merge
// brings back the text and what it was made from together: a text without
// another's lines never passes for one that was made from theirs.
import { invertedEffects } from "@codemirror/commands"
import { StateEffect, StateField, type EditorState, type Extension } from "@codemirror/state"
import { EditorView } from "@codemirror/view"

export interface CoAuthor {
  login: string
  name: string
  email?: string
}

export interface Origin {
  /// The blob of the editor's branch; "" for a file that was not there.
  blob: string
  /// That blob's text.
  text: string
  /// The commit of the base that was merged in and is not yet submitted; "" for
  /// none.
  merged: string
  /// Whose lines were chosen where both had changed the same.
  coAuthors: readonly CoAuthor[]
  /// Blobs on the pull request's own branch that the text holds all of.
  seen: readonly string[]
}

export function originOf(blob: string, text: string): Origin {
  return { blob, text, merged: "", coAuthors: [], seen: [] }
}

/// Sets the origin, in the transaction that brings its text.
export const setOrigin = StateEffect.define<Origin>()

const field = StateField.define<Origin>({
  create: () => originOf("", ""),
  update(origin, tr) {
    for (const effect of tr.effects) if (effect.is(setOrigin)) origin = effect.value
    return origin
  },
})

/// Keeps the origin, and tells when it is another.
export function origin(first: Origin, onOrigin: (origin: Origin) => void): Extension {
  return [
    field.init(() => first),
    invertedEffects.of(tr => (tr.effects.some(effect => effect.is(setOrigin)) ? [setOrigin.of(tr.startState.field(field))] : [])),
    EditorView.updateListener.of(update => {
      const now = update.state.field(field)
      if (now !== update.startState.field(field)) onOrigin(now)
    }),
  ]
}

export function originIn(state: EditorState): Origin {
  return state.field(field)
}
