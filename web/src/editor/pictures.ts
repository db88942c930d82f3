// Editor pictures takes files that are pasted and dropped, and says where and
// how a picture is written into the text.
import type { EditorState, Extension, Transaction, TransactionSpec } from "@codemirror/state"
import { EditorView } from "@codemirror/view"
import type { Span } from "../protocol/preview"
import { fileChanges, fromFileChange, textIn } from "../text/file-text"

/// Hands over the files that are pasted or dropped into the editor, with the
/// document's offset where they are wanted.
export function pictureFiles(take: (files: File[], at: number) => void): Extension {
  return EditorView.domEventHandlers({
    paste(event, view) {
      const files = pasted(event.clipboardData)
      if (files.length === 0 || view.state.readOnly) return false
      event.preventDefault()
      take(files, view.state.selection.main.to)
      return true
    },
    drop(event, view) {
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length === 0) return false
      // Left alone, the editor would read the file as text.
      event.preventDefault()
      if (!view.state.readOnly) take(files, view.posAtCoords({ x: event.clientX, y: event.clientY }, false))
      return true
    },
  })
}

/// The pictures that a clipboard is about. A text that brings its own image,
/// as from a word processor or a spreadsheet, is a text.
export function pasted(clipboard: Pick<DataTransfer, "files" | "getData"> | null): File[] {
  if (!clipboard) return []
  // Cells come with a picture of themselves, and with a text that may be empty.
  if (/<table[\s>]/i.test(clipboard.getData("text/html"))) return []
  const files = [...clipboard.files].filter(file => file.type.startsWith("image/"))
  const text = clipboard.getData("text/plain").trim()
  // Files that are copied come with their names as text.
  const names = new Set(files.map(file => file.name))
  return text.split("\n").map(line => line.trim()).every(line => line === "" || names.has(line)) ? files : []
}

/// The change that writes pictures at an offset, without words yet: in a
/// paragraph of their own, or within the line where it has text around the
/// offset or is part of a list, a quotation or a table. Nothing is written into
/// the front matter; the text behind it gets them then.
export function insertPictures(state: EditorState, at: number, addresses: readonly string[]): TransactionSpec {
  const { doc } = state
  const body = bodyStart(doc.toString())
  const moved = at < body
  at = Math.min(Math.max(at, body), doc.length)
  const line = doc.lineAt(at)
  const { text } = line
  const end = line.to
  const blank = text.trim() === ""
  const within = !blank && !moved && (at < end || /^\s*([*+>|-]|\d+[.)])\s|^\s*\|/.test(text))
  const spaced = (unit: string | undefined) => unit === undefined || /\s/.test(unit)
  let before = ""
  let after = ""
  if (within) {
    if (at > line.from && !spaced(text[at - line.from - 1])) before = " "
    if (at < end && !spaced(text[at - line.from])) after = " "
  } else if (moved && !blank) {
    after = "\n\n"
  } else {
    const above = line.number > 1 ? doc.line(line.number - 1).text.trim() : ""
    const below = line.number < doc.lines ? doc.line(line.number + 1).text.trim() : ""
    if (!blank) before = "\n\n"
    else if (above !== "" && above !== "---") before = "\n"
    if (below !== "" || line.number === doc.lines) after = "\n"
  }
  const insert = before + addresses.map(address => pictureText("", address)).join(within ? " " : "\n\n") + after
  return {
    changes: { from: at, insert: state.toText(insert) },
    selection: { anchor: at + insert.length - after.length }, userEvent: "input.picture", scrollIntoView: true,
  }
}

/// Where the pictures are that a transaction wrote, in offsets of the file.
export function picturesIn(tr: Transaction): Span {
  const at = { from: 0, to: 0 }
  fileChanges(tr)?.iterChanges((_from, _to, from, to) => Object.assign(at, { from, to }))
  return at
}

/// The change that takes pictures out again that were written as `text` and are at
/// `at` by now, in offsets of the file; null where the text there is another.
export function takeOutPictures(state: EditorState, { from, to }: Span, text: string): TransactionSpec | null {
  if (textIn(state).slice(from, to) !== text) return null
  return { ...fromFileChange(state, { from, to, insert: "" }), userEvent: "delete.picture" }
}

/// The change that gives a picture without words its alternative text; null
/// where the picture is gone, or has words by now.
export function describePicture(state: EditorState, address: string, alt: string): TransactionSpec | null {
  const from = state.doc.toString().indexOf(pictureText("", address))
  if (from < 0 || plainAlt(alt) === "") return null
  return { changes: { from: from + 2, insert: plainAlt(alt) }, userEvent: "input.picture" }
}

function pictureText(alt: string, address: string): string {
  return `![${plainAlt(alt)}](${address})`
}

/// An alternative text as it can stand between the brackets.
export function plainAlt(alt: string): string {
  return alt.trim().replace(/\s+/g, " ").replace(/[\\[\]*_`<|]/g, "\\$&")
}

/// Where the front matter ends; 0 where there is none.
function bodyStart(text: string): number {
  return /^---[ \t]*\n(?:[\s\S]*?\n)?---[ \t]*(?:\n|$)/.exec(text)?.[0].length ?? 0
}
