// Composition lets input methods and dead keys write over a selection. Where that
// reaches over several pieces of a line, as a link's bracket and its words are,
// Chromium begins the composition in a node that the editor draws anew once the
// selection is gone: its first stage stays in the text, and the word comes behind
// it. So the selection goes before the composition begins, as CodeMirror has it go
// where it reaches over several lines.
import type { Extension } from "@codemirror/state"
import { EditorView } from "@codemirror/view"

export const overSelection: Extension = EditorView.domEventHandlers({
  compositionstart(_event, view) {
    const { state } = view
    const { from, to } = state.selection.main
    if (state.readOnly || from === to || view.domAtPos(from, 1).node === view.domAtPos(to, -1).node) return false
    view.dispatch(state.replaceSelection(""), { userEvent: "delete.selection" })
    return false
  },
})
