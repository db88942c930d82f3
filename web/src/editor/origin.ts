// Origin makes what a text was made from a part of the editor's history, so that
// undoing a merge brings back the text and what it was made from together.
import { invertedEffects } from "@codemirror/commands"
import { StateEffect, StateField, type EditorState, type Extension } from "@codemirror/state"
import { EditorView } from "@codemirror/view"
import { originOf, type Origin } from "../text/origin"

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
