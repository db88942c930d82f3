// Emoji of several signs go as one: what is left of a family or a flag is another.
// Of other letters Backspace takes the mark that was typed last, as scripts with many
// want it.
import { RangeSet, RangeValue, type Extension, type StateCommand } from "@codemirror/state"
import { EditorView } from "@codemirror/view"

/// Emoji whose second part nobody sees, as the flag of Wales has one: CodeMirror takes
/// each of its signs for a letter.
const tagged = /\p{Extended_Pictographic}[\u{fe0f}\u{1f3fb}-\u{1f3ff}]?[\u{e0020}-\u{e007e}]+\u{e007f}/gu

const whole = new (class extends RangeValue {})()

/// Keys and presses go past these emoji, and deleting takes them whole. They are looked
/// for when somebody moves or deletes, in what is seen.
export const wholeEmoji: Extension = EditorView.atomicRanges.of(view => {
  const found = view.visibleRanges.flatMap(({ from, to }) => {
    const text = view.state.sliceDoc(from, to)
    return text.includes("\udb40") ? [...text.matchAll(tagged)].map(({ index, 0: emoji }) => whole.range(from + index, from + index + emoji.length)) : []
  })
  return RangeSet.of(found)
})

/// Deletes the emoji before the cursor; false where there is another letter.
export const deleteEmoji: StateCommand = ({ state, dispatch }) => {
  const { main } = state.selection
  if (state.readOnly || !main.empty || state.selection.ranges.length > 1) return false
  const line = state.doc.lineAt(main.head)
  const before = line.text.slice(Math.max(0, main.head - line.from - 64), main.head - line.from)
  if (!/[\u200d-\uffff]$/.test(before)) return false
  const last = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(before)].at(-1)!.segment
  if (!/\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(last)) return false
  dispatch(state.update({ changes: { from: main.head - last.length, to: main.head }, userEvent: "delete.backward", scrollIntoView: true }))
  return true
}
