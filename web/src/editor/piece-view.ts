// Piece view is a small editor for a piece of a post, as exact as the large one.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands"
import { EditorState } from "@codemirror/state"
import { EditorView, keymap } from "@codemirror/view"
import { fileText, linesOf, textIn } from "../text/file-text"
import { specialSigns } from "./hidden-signs"
import { theme } from "./theme"

export interface PieceViewOptions {
  parent: HTMLElement
  label: string
  /// What is there at first.
  text: string
  nonce: string
  onText: (text: string) => void
}

/// It has the focus.
export function createPieceView({ parent, label, text, nonce, onText }: PieceViewOptions): { destroy(): void } {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: linesOf(text),
      extensions: [
        fileText(text), history(), keymap.of([...historyKeymap, ...defaultKeymap.filter(binding => binding.key !== "Mod-Enter")]),
        EditorView.cspNonce.of(nonce),
        EditorView.lineWrapping,
        specialSigns,
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "true", tabindex: "0" }),
        EditorView.updateListener.of(update => {
          if (update.docChanged) onText(textIn(update.state))
        }),
        theme,
      ],
    }),
  })
  view.focus()
  return view
}
