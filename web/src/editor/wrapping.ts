// Wrapping puts a mark that is typed over a selection around it, so that what was
// selected is not lost. It stays selected: a second star makes it bold.
import { EditorSelection, type Extension } from "@codemirror/state"
import { EditorView } from "@codemirror/view"
import { isVerbatim } from "./places"

const closing: Record<string, string> = { "*": "*", "_": "_", "~": "~", "`": "`", "[": "]", "(": ")", "\"": "\"" }

export const wrapping: Extension = EditorView.inputHandler.of((view, _from, _to, text) => {
  const { state } = view
  const close = closing[text]
  if (close === undefined || state.readOnly || view.composing || state.selection.ranges.some(range => range.empty || isVerbatim(state, range.from))) return false
  // Marks reach over one paragraph alone, and not from a list's sign.
  if (state.selection.ranges.some(range => /\n\s*\n|^\s*$/.test(state.sliceDoc(range.from, range.to)))) return false
  view.dispatch(state.changeByRange(range => {
    const words = state.sliceDoc(range.from, range.to)
    const from = range.from + words.length - words.trimStart().length
    const to = range.to - (words.length - words.trimEnd().length)
    const [anchor, head] = range.anchor <= range.head ? [from, to] : [to, from]
    return {
      changes: [{ from, insert: text }, { from: to, insert: close }],
      range: EditorSelection.range(anchor + 1, head + 1),
    }
  }), { userEvent: "input.type.wrap", scrollIntoView: true })
  return true
})
