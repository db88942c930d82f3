// Text view is a text to look at, as the large editor has it. Nothing can be
// changed.
import { EditorState } from "@codemirror/state"
import { EditorView } from "@codemirror/view"
import { textOf } from "../text/file-text"
import { hiddenEnds } from "./hidden-ends"
import { hiddenSigns } from "./hidden-signs"
import { proseLanguage } from "./prose-language"
import { theme } from "./theme"

export interface TextViewOptions {
  parent: HTMLElement
  /// What it is, for those who hear it.
  label: string
  text: string
  nonce: string
}

export function createTextView({ parent, label, text, nonce }: TextViewOptions): { destroy(): void } {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: textOf(text),
      extensions: [
        hiddenEnds,
        EditorView.cspNonce.of(nonce),
        EditorView.lineWrapping,
        hiddenSigns,
        proseLanguage(),
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.contentAttributes.of({ "aria-label": label, "aria-readonly": "true", tabindex: "0" }),
        theme,
      ],
    }),
  })
}
