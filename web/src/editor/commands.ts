// Commands are a writer's habits: bold, italic and link.
import { undo } from "@codemirror/commands"
import { EditorSelection, type Line, type StateCommand } from "@codemirror/state"
import { textIn } from "../text/file-text"

// As CodeMirror has them.
export { redo, undo } from "@codemirror/commands"
export { openSearchPanel } from "@codemirror/search"

/// Undoes the last step where that makes a certain text of the file, and nothing else. So
/// it takes back what was done, and not whatever came last.
export function undoTo(text: string): StateCommand {
  return ({ state, dispatch }) => {
    let done = false
    undo({
      state,
      dispatch(tr) {
        done = textIn(tr.state) === text
        if (done) dispatch(tr)
      },
    })
    return done
  }
}

/// Puts `mark` around each selection, or around the cursor's word, or takes it
/// away where it is. A cursor at the end of what is marked goes behind the mark.
export function toggleMark(mark: string): StateCommand {
  return ({ state, dispatch }) => {
    if (state.readOnly) return false
    const size = mark.length
    const tr = state.changeByRange(range => {
      let { from, to } = range
      if (range.empty && endsMarked(state.doc.lineAt(from), from, mark)) return { range: EditorSelection.cursor(from + size) }
      if (range.empty) {
        const word = state.wordAt(from)
        if (word) ({ from, to } = word)
      } else {
        // Spaces at its ends would keep a mark from being one.
        const text = state.sliceDoc(from, to)
        if (text.trim() !== "") [from, to] = [from + text.length - text.trimStart().length, to - (text.length - text.trimEnd().length)]
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

/// Whether a text in `mark` ends at `at`: the mark stands there, and another one
/// before something is open on the line.
function endsMarked(line: Line, at: number, mark: string): boolean {
  const before = line.text.slice(0, at - line.from)
  const after = line.text.slice(at - line.from)
  if (!after.startsWith(mark) || isLongerRun(after.slice(0, mark.length + 1), mark) || !/\S$/.test(before) || before.endsWith(mark)) return false
  // A list's star is no mark.
  return before.replace(/^[\s>]*[*+-]\s/, "").split(mark).length % 2 === 0
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

/// Whether a text is one web address and nothing else.
export function isAddress(text: string): boolean {
  return /^(https?:\/\/|mailto:)\S+$/i.test(text)
}
