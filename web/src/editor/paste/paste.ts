// Paste takes a text out of the clipboard as a writer means it: an address over
// words links them, and spaces of other kinds behind the sign of a heading or a
// list are plain ones, without which it is no sign. Ctrl+Shift+V is for the plain
// text, of which nothing else is made.
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language"
import { EditorSelection, type EditorState, type Extension } from "@codemirror/state"
import { EditorView } from "@codemirror/view"
import { isAddress } from "../commands"
import { isVerbatim } from "../places"

/// How long an editor waits for its grammar, in milliseconds. Without it, words
/// are taken for words.
const patience = 100

/// `rich` takes what was copied as HTML; false where it leaves the plain text.
export function pasting(rich: (view: EditorView, html: string, plain: string) => boolean): Extension {
  // A paste's own event does not tell with which keys it was asked for.
  let plain = false
  const look = (event: KeyboardEvent) => {
    plain = event.type === "keydown" && event.shiftKey && (event.ctrlKey || event.metaKey) && (event.key.toLowerCase() === "v" || event.code === "KeyV")
  }
  return [
    EditorView.domEventHandlers({
      keydown: look,
      keyup: look,
      paste(event, view) {
        const html = event.clipboardData?.getData("text/html") ?? ""
        const text = event.clipboardData?.getData("text/plain") ?? ""
        if (plain || view.state.readOnly || !linked(view, text.trim()) && !(isRich(view.state, html, text) && rich(view, html, text))) return false
        event.preventDefault()
        return true
      },
    }),
    EditorView.clipboardInputFilter.of((text, state) => {
      const { from } = state.selection.main
      return isVerbatim(state, from) ? text : plainSpaces(text, state.sliceDoc(state.doc.lineAt(from).from, from))
    }),
  ]
}

/// Makes the words that are selected a link to an address; false where they can be none.
function linked(view: EditorView, address: string): boolean {
  const { state } = view
  if (!isAddress(address) || !state.selection.ranges.every(range => !range.empty && areWords(state, range.from, range.to))) return false
  const target = inPairs(address) ? address : `<${address}>`
  view.dispatch(state.changeByRange(range => {
    // The space that a double click takes along is no part of a link.
    const text = state.sliceDoc(range.from, range.to)
    const words = text.trim()
    const from = range.from + text.indexOf(words)
    const insert = `[${words}](${target})`
    return { changes: { from, to: from + words.length, insert }, range: EditorSelection.cursor(from + insert.length) }
  }), { userEvent: "input.paste", scrollIntoView: true })
  return true
}

/// Whether what was copied as HTML is to be asked for. An address that was copied is
/// meant as it is, and code is no Markdown.
function isRich(state: EditorState, html: string, text: string): boolean {
  return /<(?!\/|!|meta|html|head|body)\w/i.test(html) && !isAddress(text.trim()) && !isVerbatim(state, state.selection.main.from)
}

/// Whether an address can be a link's target as it is: its round brackets are in
/// pairs, as those of an encyclopaedia's articles are.
function inPairs(address: string): boolean {
  let open = 0
  for (const c of address) {
    if (c === "(") open++
    else if (c === ")" && --open < 0) return false
  }
  return open === 0
}

/// Whether a selection holds what can be a link's text.
function areWords(state: EditorState, from: number, to: number): boolean {
  const text = state.sliceDoc(from, to).trim()
  if (text === "" || isAddress(text) || /\n\s*\n/.test(text) || /[[\]]/.test(text)) return false
  // The front matter is no Markdown.
  const tree = ensureSyntaxTree(state, to, patience) ?? syntaxTree(state)
  let free = true
  tree.iterate({
    from, to,
    enter({ name, from: start, to: end }) {
      if (start >= to || end <= from) return
      if (/^(Frontmatter|FencedCode|CodeBlock|HTMLBlock|HTMLTag|Link|Image|URL|Autolink|LinkReference|Comment)/.test(name)) free = false
      // What is marked is taken whole or within, so that marks stay in pairs.
      if (/^(InlineCode|Emphasis|StrongEmphasis|Strikethrough)$/.test(name) && !(start >= from && end <= to) && (name === "InlineCode" || start >= from || end <= to)) free = false
    },
  })
  return free
}

const sign = /^([ \t>]*(?:#{1,6}|[-*+]|\d{1,9}[.)]))[ \t]*[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+[ \t]*/

/// A text with plain spaces behind the signs of headings and lists. `before` is
/// what stands on the line that it is put in.
export function plainSpaces(text: string, before = ""): string {
  let fence = ""
  return text.split("\n").map((line, i) => {
    const whole = i === 0 ? before + line : line
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(whole)?.[1] ?? ""
    if (fence !== "") {
      if (mark.startsWith(fence)) fence = ""
      return line
    }
    if (mark !== "") fence = mark
    const plain = whole.replace(sign, "$1 ")
    // What was there already is not for a paste to change.
    return i > 0 ? plain : whole.slice(before.length) === "" || !plain.startsWith(before) ? line : plain.slice(before.length)
  }).join("\n")
}
