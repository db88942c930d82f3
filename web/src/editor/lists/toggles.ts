// Toggles make the selected lines a list, tasks, a quotation, code or a heading, and
// take it away where it is. An empty line stands around what they make, without
// which kramdown reads it as a part of the paragraph beside it.
import { EditorSelection, type EditorState, type StateCommand } from "@codemirror/state"
import { isVerbatim, matterEnd, nodeAt } from "../places"
import { indentOf, quoteOf, signOf } from "./list"
import { bulletOf } from "./moves"

const task = /^\[[ xX]\](?:\s|$)/

export type ListKind = "bullets" | "numbers" | "tasks"

/// Makes each selected line an item, or takes the signs away where all are items
/// of that kind.
export function toggleList(kind: ListKind): StateCommand {
  return ({ state, dispatch }) => {
    const bullet = bulletOf(state.sliceDoc(matterEnd(state.doc), matterEnd(state.doc) + 100_000).split("\n"))
    return onLines(state, dispatch, lines => {
      const parts = lines.map(text => {
        const quote = quoteOf(text)
        const found = signOf(text.slice(quote.length))
        const rest = found ? text.slice(quote.length + (found.indent + found.sign + found.gap).length) : text.slice(quote.length).trimStart()
        const box = found ? task.exec(rest)?.[0] ?? "" : ""
        return { quote, indent: found?.indent ?? indentOf(text.slice(quote.length)), found, box, words: rest.slice(box.length), blank: text.slice(quote.length).trim() === "" }
      })
      const is = ({ found, box }: (typeof parts)[0]) => found !== null && (kind === "numbers" ? /^\d/.test(found.sign) : /^\D/.test(found.sign) && (box !== "") === (kind === "tasks"))
      const some = parts.length === 1 || parts.some(part => !part.blank)
      const all = parts.every(part => (part.blank && parts.length > 1) || is(part))
      let number = 0
      return some ? parts.map((part, i) => {
        if (part.blank && parts.length > 1) return lines[i]!
        if (all) return part.quote + part.indent + part.words
        const sign = kind === "numbers" ? `${++number}.` : part.found && /^\D/.test(part.found.sign) ? part.found.sign : bullet
        return `${part.quote}${part.indent}${sign} ${kind === "tasks" ? part.box || "[ ] " : ""}${part.words}`
      }) : null
    }, text => signOf(text) !== null)
  }
}

/// Ticks the selected tasks, or clears them where all are ticked.
export const toggleDone: StateCommand = ({ state, dispatch }) => {
  const sign = /^([\s>]*(?:[*+-]|\d+[.)])\s+)\[([ xX])\]/
  return onLines(state, dispatch, lines => {
    const tasks = lines.filter(text => sign.test(text))
    if (tasks.length === 0) return null
    const mark = tasks.every(text => sign.exec(text)![2] !== " ") ? " " : "x"
    return lines.map(text => text.replace(sign, `$1[${mark}]`))
  }, null)
}

/// Makes the selected lines a quotation, or takes it away.
export const toggleQuote: StateCommand = ({ state, dispatch }) => onLines(state, dispatch, lines => {
  const all = lines.every(text => /^ {0,3}>/.test(text))
  return lines.map(text => (all ? text.replace(/^ {0,3}> ?/, "") : text.trim() === "" ? ">" : "> " + text))
}, text => /^ {0,3}>/.test(text))

/// Makes the selected lines headings of a level, or paragraphs where they are.
export function toggleHeading(level: number): StateCommand {
  const sign = "#".repeat(level)
  return ({ state, dispatch }) => onLines(state, dispatch, lines => {
    const some = lines.filter(text => text.trim() !== "" || lines.length === 1)
    const all = some.every(text => text === sign || text.startsWith(sign + " "))
    return lines.map(text => {
      if (!some.includes(text)) return text
      const words = text.replace(/^ {0,3}#{1,6}(?:[ \t]+|$)/, "").replace(/^[ \t]*(?:[*+-]|\d{1,9}[.)])[ \t]+/, "")
      return all ? words : `${sign} ${words}`
    })
  }, () => false)
}

/// Makes words code, and whole lines a block of it; takes it away where it is.
export const toggleCode: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false
  const { main } = state.selection
  if (main.head < matterEnd(state.doc)) return true
  const fenced = nodeAt(state, main.head, /^FencedCode$/, 0) ?? nodeAt(state, main.head, /^FencedCode$/)
  if (fenced) {
    const [open, close] = [state.doc.lineAt(fenced.from), state.doc.lineAt(fenced.to)]
    const closed = close.number > open.number && /^[\s>]*(?:`{3,}|~{3,})\s*$/.test(close.text)
    const changes = [{ from: open.from, to: Math.min(open.to + 1, state.doc.length) }, ...(closed ? [{ from: close.from - 1, to: close.to }] : [])]
    if (closed && close.from - 1 < open.to + 1) changes.splice(0, 2, { from: open.from, to: close.to })
    dispatch(state.update({ changes, userEvent: "input.format", scrollIntoView: true }))
    return true
  }
  const text = state.sliceDoc(main.from, main.to)
  if (!text.includes("\n")) return inlineCode(state, dispatch)
  return onLines(state, dispatch, lines => {
    let ticks = "```"
    while (lines.some(line => line.includes(ticks))) ticks += "`"
    return [ticks, ...lines, ticks]
  }, null, true)
}

function inlineCode(state: EditorState, dispatch: Parameters<StateCommand>[0]["dispatch"]): boolean {
  dispatch(state.update(state.changeByRange(range => {
    const there = nodeAt(state, range.from, /^InlineCode$/, 0) ?? nodeAt(state, range.to, /^InlineCode$/)
    if (there) {
      const code = state.sliceDoc(there.from, there.to)
      const ticks = Math.min(/^`*/.exec(code)![0].length, /(?<!`)`*$/.exec(code)![0].length, Math.floor(code.length / 2))
      const inner = code.slice(ticks, code.length - ticks)
      const bare = /^ [^]* $/.test(inner) && inner.trim() !== "" ? inner.slice(1, -1) : inner
      const cut = ticks + (bare.length < inner.length ? 1 : 0)
      const at = (n: number) => Math.max(there.from, Math.min(n - cut, there.from + bare.length))
      return { changes: { from: there.from, to: there.to, insert: bare }, range: EditorSelection.range(at(range.anchor), at(range.head)) }
    }
    const word = range.empty ? state.wordAt(range.from) ?? range : range
    const code = state.sliceDoc(word.from, word.to)
    let ticks = "`"
    while (code.includes(ticks)) ticks += "`"
    const pad = /^`|`$/.test(code) ? " " : ""
    const lead = ticks.length + pad.length
    return {
      changes: [{ from: word.from, insert: ticks + pad }, { from: word.to, insert: pad + ticks }],
      range: EditorSelection.range(range.anchor + lead, range.head + lead),
    }
  }), { userEvent: "input.format", scrollIntoView: true }))
  return true
}

/// Writes the selected lines anew. `like` tells of a line beside them whether it is
/// of their kind; between others an empty line is put. null: none is.
function onLines(
  state: EditorState, dispatch: Parameters<StateCommand>[0]["dispatch"],
  write: (lines: string[]) => string[] | null, like: ((text: string) => boolean) | null, apart = false,
): boolean {
  if (state.readOnly) return false
  const { doc } = state
  const { main } = state.selection
  const start = doc.lineAt(main.from)
  let end = doc.lineAt(main.to)
  if (end.number > start.number && end.from === main.to) end = doc.lineAt(main.to - 1)
  if (start.from < matterEnd(state.doc) || (!apart && isVerbatim(state, start.from) && isVerbatim(state, end.to))) return true
  const old = state.sliceDoc(start.from, end.to).split("\n")
  const lines = write(old)
  if (!lines) return true
  const beside = (n: number) => (n >= 1 && n <= doc.lines && doc.line(n).text.trim() !== "" && doc.line(n).to > matterEnd(state.doc) ? doc.line(n).text : null)
  const [above, below] = [beside(start.number - 1), beside(end.number + 1)]
  const parted = (text: string | null, edge: string) => text !== null && (like ? !(like(text) && like(edge)) : apart)
  const before = parted(above, lines[0]!) ? "\n" : ""
  const after = parted(below, lines.at(-1)!) ? "\n" : ""
  if (lines.length !== old.length) {
    const insert = before + lines.join("\n") + after
    dispatch(state.update({
      changes: { from: start.from, to: end.to, insert }, selection: EditorSelection.cursor(start.from + before.length + lines[0]!.length),
      userEvent: "input.format", scrollIntoView: true,
    }))
    return true
  }
  const changes: { from: number; to: number; insert: string }[] = []
  if (before) changes.push({ from: start.from, to: start.from, insert: before })
  lines.forEach((text, i) => {
    const line = doc.line(start.number + i)
    if (text === line.text) return
    let same = 0
    while (same < Math.min(text.length, line.length) && text.at(-1 - same) === line.text.at(-1 - same)) same++
    changes.push({ from: line.from, to: line.to - same, insert: text.slice(0, text.length - same) })
  })
  if (after) changes.push({ from: end.to, to: end.to, insert: after })
  const set = state.changes(changes)
  const map = (at: number) => (after && at === end.to ? set.mapPos(at, 1) - after.length : set.mapPos(at, 1))
  const anchorFirst = main.anchor <= main.head
  const [from, to] = [map(main.from), map(main.to)]
  dispatch(state.update({ changes: set, selection: EditorSelection.range(anchorFirst ? from : to, anchorFirst ? to : from), userEvent: "input.format", scrollIntoView: true }))
  return true
}
