// Pull link writes a pull request as editions name them: its number and title,
// linked to its address.
import { EditorSelection, type StateCommand } from "@codemirror/state"

const address = /https?:\/\/[^\s/()<>[\]]+\/[^\s()<>[\]]+?\/(?:pull|pulls|issues|merge_requests)\/(\d+)(?:[/?#][^\s()<>[\]]*)?/
const link = new RegExp(`\\[([^\\[\\]]*)\\]\\(<?(${address.source})>?\\)`)
const begins = /^(?:\s|>|#{1,6}\s|[-*+]\s|\d+[.)]\s)*/

/// Makes `[123516: title](address)` of a pull request's address, its number and
/// what stands before it on the line: a title or nothing. A link that is there
/// gets the number. The cursor goes where the title ends.
export const linkPull: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false
  const line = state.doc.lineAt(state.selection.main.from)
  const there = link.exec(line.text)
  const bare = there ? null : address.exec(line.text)
  const found = there ?? bare
  if (!found) return false
  const [url, number] = there ? [there[2]!, there[3]!] : [bare![0], bare![1]!]
  const start = there ? there.index : begins.exec(line.text)![0].length
  const title = plainTitle(there ? there[1]! : line.text.slice(start, bare!.index), number)
  const head = `[${number}: ${title}`
  const insert = `${head}](${url.slice(0, url.indexOf("/" + number) + number.length + 1)})`
  dispatch(state.update({
    changes: { from: line.from + start, to: line.from + found.index + found[0].length, insert },
    selection: EditorSelection.cursor(line.from + start + head.length), userEvent: "input.format", scrollIntoView: true,
  }))
  return true
}

/// A title without the number, which it may have before or behind it.
function plainTitle(text: string, number: string): string {
  return text.trim().replace(new RegExp(`^#?${number}\\b:?\\s*`), "").replace(new RegExp(`[\\s:]*\\(?#?${number}\\)?[\\s:]*$`), "").replace(/[\s:–—-]+$/, "").trim()
}
