// Emoji of several signs go as one: what is left of a family or a flag is another.
// Of other letters Backspace takes the mark that was typed last, as scripts with many
// want it.
import type { StateCommand } from "@codemirror/state"

/// Deletes the emoji before the cursor; false where there is another letter.
export const deleteEmoji: StateCommand = ({ state, dispatch }) => {
  const { main } = state.selection
  if (state.readOnly || !main.empty || state.selection.ranges.length > 1) return false
  const line = state.doc.lineAt(main.head)
  const before = line.text.slice(Math.max(0, main.head - line.from - 64), main.head - line.from)
  if (!/[\u200d-\uffff]$/.test(before)) return false
  const last = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(before)].at(-1)!.segment
  if (!/\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(last)) return false
  dispatch(state.update({ changes: { from: main.head - last.length, to: main.head }, userEvent: "delete.backward", scrollIntoView: true }))
  return true
}
