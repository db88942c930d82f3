// Rich puts what was copied from a page, a word processor or a spreadsheet into the
// text as Markdown, where the cursor is.
import { isolateHistory } from "@codemirror/commands"
import type { EditorView } from "@codemirror/view"
import { quoteOf, signOf } from "../lists/list"
import { bulletOf } from "../lists/moves"
import { matterEnd } from "../places"
import { cleanHTML } from "./clean"
import { toMarkdown } from "./to-markdown"

/// How much HTML is converted, in characters. More is pasted as its plain text.
const most = 2_000_000

/// The Markdown of what the clipboard has as HTML; null where that says no more than
/// its plain text. `bullet` is the sign of its lists.
export function markdownOf(html: string, bullet: string): string | null {
  const clean = html.length > most ? null : cleanHTML(html)
  const text = clean && toMarkdown(clean, bullet).trim()
  return text || null
}

/// Puts it where the selection is, in one step of the history. False where the plain
/// text says all there is.
export function pasteRich(view: EditorView, html: string): boolean {
  const { state } = view
  const { doc } = state
  const { from, to } = state.selection.main
  const text = markdownOf(html, bulletOf(state.sliceDoc(matterEnd(state.doc), matterEnd(state.doc) + 100_000).split("\n")))
  if (text === null) return false
  const [line, last] = [doc.lineAt(from), doc.lineAt(to)]
  const quote = quoteOf(line.text.slice(0, from - line.from))
  const head = line.text.slice(quote.length, from - line.from)
  const sign = signOf(head)
  const blank = head.trim() === ""
  const [first, final] = [text.split("\n", 1)[0]!, text.slice(text.lastIndexOf("\n\n") + 1).trimStart()]
  // A list pasted behind a list's sign takes its place.
  const takes = sign !== null && head.trim() === sign.sign && signOf(first) !== null
  const start = takes ? line.from + quote.length + sign.indent.length : from
  const lead = quote + (takes ? sign.indent : blank ? head : " ".repeat(sign ? (sign.indent + sign.sign + sign.gap).length : /^[ \t]*/.exec(head)![0].length))
  const apart = `\n${quote.trimEnd()}\n${lead}`
  const beside = (n: number) => {
    const other = n >= 1 && n <= doc.lines && doc.line(n).to > matterEnd(state.doc) ? doc.line(n).text : ""
    return other.slice(quoteOf(other).length).trim()
  }
  const before = !isBlock(first) || takes || head.trim() === sign?.sign ? "" : !blank ? apart : isApart(beside(line.number - 1), first) ? `\n${lead}` : ""
  const after = !isBlock(final) ? "" : doc.sliceString(to, last.to).trim() !== "" ? apart : isApart(beside(last.number + 1), final) ? `\n${quote.trimEnd()}` : ""
  const insert = before + text.split("\n").map((text, i) => (i === 0 ? text : text === "" ? quote.trimEnd() : lead + text)).join("\n")
  view.dispatch({
    changes: { from: start, to, insert: state.toText(insert + after) },
    selection: { anchor: start + insert.length }, userEvent: "input.paste", annotations: isolateHistory.of("full"), scrollIntoView: true,
  })
  return true
}

/// Whether Markdown begins with what is no part of a paragraph.
function isBlock(text: string): boolean {
  return /^(?:#{1,6} |[*+-] |\d+\. |>|```|\| |---$)/.test(text)
}

/// Whether an empty line is wanted between two: they are not of one list.
function isApart(one: string, other: string): boolean {
  return one !== "" && !(signOf(one) && signOf(other))
}
