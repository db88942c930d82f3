// Enter goes on with a list, a task or a quotation, and leaves it where nothing is
// written behind its sign. An empty line then stands around what is written next:
// words below an item or a quotation are read as a part of it.
import { insertNewlineContinueMarkupCommand } from "@codemirror/lang-markdown"
import { ChangeSet, EditorSelection, type StateCommand, type Transaction } from "@codemirror/state"
import { isVerbatim } from "../places"

const goOn = insertNewlineContinueMarkupCommand({ nonTightLists: false })
/// The signs of quotations, and nothing else.
const bare = /^[ \t]*(?:(?:> ?)+[ \t]*)?$/

/// Goes on with what the cursor is in, or leaves it. False where it is in neither.
export const enter: StateCommand = ({ state, dispatch }) => {
  let made: Transaction | null = null
  if (state.readOnly || !goOn({ state, dispatch: tr => (made = tr) })) return false
  const next = made as Transaction | null
  if (!next) return true
  const { main, ranges } = state.selection
  const { doc } = state
  const line = doc.lineAt(main.head)
  const above = line.number > 1 ? doc.line(line.number - 1).text : ""
  const quote = bare.test(line.text) && line.text.includes(">") && main.head === line.to
  if (ranges.length > 1 || bare.test(above) || (quote && isVerbatim(state, main.head))) {
    dispatch(next)
    return true
  }
  // What is left of the line: of a quotation, one level less.
  let left = ""
  let shorter = state.changes()
  if (quote) {
    left = line.text.replace(/> ?[ \t]*$/, "")
    shorter = state.changes({ from: line.from + left.length, to: line.to })
  } else {
    const now = next.newDoc.lineAt(next.newSelection.main.head)
    if (next.newDoc.lines !== doc.lines || !bare.test(now.text) || now.number !== line.number) {
      dispatch(next)
      return true
    }
    left = now.text
    shorter = next.changes
  }
  const after = shorter.apply(doc)
  const now = after.line(line.number)
  const textOf = (n: number) => (n <= after.lines ? after.line(n).text : null)
  const [one, two] = [textOf(now.number + 1), textOf(now.number + 2)]
  const blank = left.trimEnd()
  // Where two empty lines stand there already, the words come on the first.
  const there = one === blank && two !== null && bare.test(two)
  const closes = !there && one !== null && !bare.test(one) ? state.lineBreak + blank : ""
  const insert = there ? blank : blank + state.lineBreak + left + closes
  const more = ChangeSet.of({ from: now.from, to: now.to, insert }, after.length, state.lineBreak)
  dispatch(state.update({
    changes: shorter.compose(more),
    selection: EditorSelection.cursor(now.from + blank.length + 1 + (there ? blank : left).length),
    userEvent: "input", scrollIntoView: true,
  }))
  return true
}
