// Commands are a writer's habits: bold, italic, link, and a link pasted over
// the words that it belongs to.
import { EditorSelection, type ChangeSpec, type StateCommand } from "@codemirror/state"
import { EditorView } from "@codemirror/view"

/// Puts `mark` around each selection, or takes it away where it is.
export function toggleMark(mark: string): StateCommand {
  return ({ state, dispatch }) => {
    if (state.readOnly) return false
    const size = mark.length
    const tr = state.changeByRange(range => {
      let { from, to } = range
      if (range.empty) {
        const word = state.wordAt(from)
        if (word) ({ from, to } = word)
      }
      const text = state.sliceDoc(from, to)
      const outside = state.sliceDoc(Math.max(0, from - size), from) === mark && state.sliceDoc(to, to + size) === mark &&
        !isLongerRun(state.sliceDoc(Math.max(0, from - size - 1), from), mark)
      if (outside) {
        return {
          changes: [{ from: from - size, to: from }, { from: to, to: to + size }],
          range: EditorSelection.range(range.anchor - size, range.head - size),
        }
      }
      if (text.length >= 2 * size && text.startsWith(mark) && text.endsWith(mark) && !isLongerRun(text.slice(0, size + 1), mark)) {
        return {
          changes: [{ from, to: from + size }, { from: to - size, to }],
          range: EditorSelection.range(from, to - 2 * size),
        }
      }
      return {
        changes: [{ from, insert: mark }, { from: to, insert: mark }],
        range: EditorSelection.range(range.anchor + size, range.head + size),
      }
    })
    dispatch(state.update(tr, { userEvent: "input.format", scrollIntoView: true }))
    return true
  }
}

/// `**` holds two `*`: one star beside another is no mark of its own.
function isLongerRun(text: string, mark: string): boolean {
  return mark.length === 1 && text === mark + mark
}

/// Makes the selection a link's text and puts the cursor where the address
/// goes; a selected address becomes the address.
export const insertLink: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false
  const tr = state.changeByRange(range => {
    const text = state.sliceDoc(range.from, range.to)
    const insert = isAddress(text) ? `[](${text})` : `[${text}]()`
    const cursor = isAddress(text) || text === "" ? range.from + 1 : range.from + insert.length - 1
    return { changes: { from: range.from, to: range.to, insert }, range: EditorSelection.cursor(cursor) }
  })
  dispatch(state.update(tr, { userEvent: "input.format", scrollIntoView: true }))
  return true
}

/// An address pasted over words links them.
export const linkOnPaste = EditorView.domEventHandlers({
  paste(event, view) {
    const pasted = event.clipboardData?.getData("text/plain").trim() ?? ""
    const { state } = view
    if (state.readOnly || !isAddress(pasted) || state.selection.ranges.every(range => range.empty)) return false
    const changes: ChangeSpec[] = []
    for (const { from, to } of state.selection.ranges) {
      const text = state.sliceDoc(from, to)
      if (text.includes("\n") || text.trim() === "" || isAddress(text) || insideTarget(state.sliceDoc(Math.max(0, from - 2), from))) return false
      changes.push({ from, to, insert: `[${text}](${pasted.replace(/[()\s]/g, encodeURIComponent).replace(/[()]/g, c => (c === "(" ? "%28" : "%29"))})` })
    }
    event.preventDefault()
    const set = state.changes(changes)
    view.dispatch({
      changes: set,
      selection: EditorSelection.cursor(set.mapPos(state.selection.main.to, 1)),
      userEvent: "input.paste", scrollIntoView: true,
    })
    return true
  },
})

/// Whether a text is one web address and nothing else.
export function isAddress(text: string): boolean {
  return /^(https?:\/\/|mailto:)\S+$/i.test(text)
}

function insideTarget(before: string): boolean {
  return before === "](" || before.endsWith("<")
}
