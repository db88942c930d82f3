// Origin is what a text was made from: the file as it was when the writer last
// took it over. It is a part of the editor's history, so that undoing a merge
// brings back the text and what it was made from together: a text without
// another's lines never passes for one that was made from theirs.
import { invertedEffects } from "@codemirror/commands"
import { StateEffect, StateField, type EditorState, type Extension } from "@codemirror/state"
import { EditorView } from "@codemirror/view"
import type { PostFile } from "../protocol/server"

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
  /// The blob that somebody else put on the pull request's own branch last, as
  /// far as the text holds all of it; none where nobody did.
  seen: readonly string[]
}

export function originOf(blob: string, text: string): Origin {
  return { blob, text, merged: "", coAuthors: [], seen: [] }
}

/// Where two texts meet.
export interface Meeting {
  /// What both were made from.
  base: string
  /// The blob from which others went on, for who they were; "" for not known.
  since: string
  /// What a text that holds all of theirs was made from.
  next: Origin
}

export interface MeetingPlace {
  /// The branch that the origin is a file of.
  branch: string
  /// Whether that is what the pull request goes into, and not its own.
  isBase: boolean
  /// What the text and that of the pull request's own branch have in common:
  /// what was submitted last, or what the pull request began with.
  shared: string
}

/// Decides what a text is made from that meets another's. On the branch of the
/// origin that is what is there now. On the pull request's own it stays what it
/// was, and what is there counts as seen.
export function meetingOf(origin: Origin, theirs: PostFile, { branch, isBase, shared }: MeetingPlace): Meeting {
  if (theirs.branch !== branch) return { base: shared, since: "", next: { ...origin, seen: [theirs.blob] } }
  return {
    base: origin.text, since: origin.blob,
    next: { ...origin, blob: theirs.blob, text: theirs.text, merged: isBase ? theirs.commit : origin.merged },
  }
}

/// The blob ids of one's own that still count once the origin is another: when
/// somebody else's was on the pull request's branch after them, finding one of
/// them there again is somebody's doing, and not to be written over.
export function sentAfter(sent: string[], before: Origin, next: Origin, isBase: boolean): string[] {
  const others = next.seen.some(blob => !before.seen.includes(blob)) || (!isBase && next.blob !== before.blob)
  return others ? [] : sent
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
