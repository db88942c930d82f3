// List commands are what keys do to the items of lists.
import { EditorSelection, type EditorState, type Line, type StateCommand } from "@codemirror/state"
import { moveLineDown, moveLineUp } from "@codemirror/commands"
import { isVerbatim } from "../places"
import { moveRow } from "../tables/commands"
import { listStart, quoteOf, readList } from "./list"
import { indent, outdent, pass } from "./moves"

/// How many lines of lists one looks at.
const most = 5_000

/// The lines around a place that its list is in, without the signs of a quotation.
interface Block {
  /// The number of the first, from 1.
  first: number
  lines: string[]
  quotes: string[]
}

/// Moves the selected items with their children one step further in. False where
/// the cursor is in no list.
export const indentItems: StateCommand = target => moveItems(target.state, target.dispatch, indent)

/// Moves them one step further out.
export const outdentItems: StateCommand = target => moveItems(target.state, target.dispatch, outdent)

/// Puts the selected lines, or items with their children, one further up.
export const moveUp: StateCommand = target => passOther(target, -1)

/// The same, down.
export const moveDown: StateCommand = target => passOther(target, 1)

function moveItems(state: EditorState, dispatch: (tr: ReturnType<EditorState["update"]>) => void, move: typeof indent): boolean {
  const { main } = state.selection
  if (state.readOnly || isVerbatim(state, main.head)) return false
  const block = blockAt(state, main)
  const from = state.doc.lineAt(main.from).number - block.first
  const to = lastLine(state, main).number - block.first
  const list = readList(block.lines)
  if (!list.at(from) && !list.at(to)) return false
  let lines: readonly string[] = block.lines
  const done: number[] = []
  for (let line = from; line <= to; line++) {
    const item = list.at(line)
    if (!item || done.includes(item.line) || ancestorIn(item, done)) continue
    done.push(item.line)
    lines = move(lines, item.line) ?? lines
  }
  // A key in a list is for the list, also where it can do nothing.
  const changes = changesOf(state, block, lines)
  if (changes.length > 0) {
    const set = state.changes(changes)
    dispatch(state.update({ changes: set, selection: state.selection.map(set, 1), userEvent: "input.list", scrollIntoView: true }))
  }
  return true
}

function ancestorIn(item: { parent: { line: number; parent: unknown } | null }, lines: number[]): boolean {
  for (let up = item.parent; up; up = up.parent as typeof up) if (lines.includes(up.line)) return true
  return false
}

const passOther = ({ state, dispatch }: Parameters<StateCommand>[0], by: -1 | 1): boolean => {
  if (state.readOnly) return false
  const { main } = state.selection
  const plain = () => (by < 0 ? moveLineUp : moveLineDown)({ state, dispatch })
  if (main.empty && moveRow(by)({ state, dispatch })) return true
  if (isVerbatim(state, main.head)) return plain()
  const block = blockAt(state, main)
  const from = state.doc.lineAt(main.from).number - block.first
  const list = readList(block.lines)
  const item = list.at(from)
  if (!item) return plain()
  const moved = pass(block.lines, item.line, lastLine(state, main).number - block.first, by)
  if (!moved) return true
  const at = (offset: number) => {
    const line = state.doc.lineAt(offset)
    const n = line.number - block.first
    return { line: n + moved.shift, back: line.to - offset }
  }
  const [anchor, head] = [at(main.anchor), at(main.head)]
  const start = state.doc.line(block.first).from
  const lines = moved.lines.map((text, i) => (block.quotes[i] ?? "") + text)
  const changes = state.changes(changesOf(state, block, moved.lines, true))
  const offsetOf = ({ line, back }: { line: number; back: number }) => {
    let offset = start
    for (let i = 0; i < line; i++) offset += lines[i]!.length + 1
    // What is selected up to a line's beginning may be the last of the text now.
    return line < lines.length ? offset + Math.max(0, lines[line]!.length - back) : Math.min(offset, changes.newLength)
  }
  dispatch(state.update({
    changes, selection: EditorSelection.range(offsetOf(anchor), offsetOf(head)), userEvent: "move.line", scrollIntoView: true,
  }))
  return true
}

/// The last line of a selection. One that ends at a line's beginning leaves that out.
function lastLine(state: EditorState, range: { from: number; to: number }): Line {
  const line = state.doc.lineAt(range.to)
  return range.to > range.from && line.from === range.to ? state.doc.lineAt(range.to - 1) : line
}

function blockAt(state: EditorState, range: { from: number; to: number }): Block {
  const { doc } = state
  const here = doc.lineAt(range.from).number
  const quote = quoteOf(doc.line(here).text)
  const depth = quote.replace(/[^>]/g, "").length
  const plain = (n: number) => {
    const text = doc.line(n).text
    const sign = quoteOf(text)
    return sign.replace(/[^>]/g, "").length === depth ? text.slice(sign.length) : null
  }
  const up = (i: number) => plain(i + 1) ?? "---"
  const first = Math.max(listStart({ length: doc.lines, at: up }, here - 1) + 1, here - most, 1)
  const lines: string[] = []
  const quotes: string[] = []
  const end = Math.min(doc.lines, doc.lineAt(range.to).number + most)
  for (let n = first; n <= end; n++) {
    const text = plain(n)
    if (text === null) break
    // Behind the selection, words outside of the list end it.
    if (n > doc.lineAt(range.to).number && text.trim() !== "" && !/^[ \t]/.test(text) && lines.at(-1)?.trim() === "" && !/^([*+-]|\d{1,9}[.)])([ \t]|$)/.test(text)) break
    lines.push(text)
    quotes.push(quoteOf(doc.line(n).text))
  }
  return { first, lines, quotes }
}

/// The changes that make lines of a block others: at the beginnings of lines, or the
/// whole of those between the first and the last that differ.
function changesOf(state: EditorState, block: Block, lines: readonly string[], whole = false): { from: number; to: number; insert: string }[] {
  const changes: { from: number; to: number; insert: string }[] = []
  const differ = lines.map((text, i) => text !== block.lines[i])
  const [first, last] = [differ.indexOf(true), differ.lastIndexOf(true)]
  if (first < 0) return []
  if (whole) {
    const { from } = state.doc.line(block.first + first)
    const { to } = state.doc.line(block.first + last)
    return [{ from, to, insert: lines.slice(first, last + 1).map((text, i) => block.quotes[first + i]! + text).join("\n") }]
  }
  lines.forEach((text, i) => {
    if (!differ[i]) return
    const old = block.lines[i]!
    let same = 0
    while (same < Math.min(old.length, text.length) && old.at(-1 - same) === text.at(-1 - same)) same++
    // The spaces and the sign are written anew as a whole.
    const { from } = state.doc.line(block.first + i)
    const at = from + block.quotes[i]!.length
    changes.push({ from: at, to: at + old.length - same, insert: text.slice(0, text.length - same) })
  })
  return changes
}

