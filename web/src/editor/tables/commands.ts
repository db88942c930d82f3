// Table commands are what keys and the bar do to the table that the cursor is in.
import { EditorSelection, type EditorState, type StateCommand } from "@codemirror/state"
import { isVerbatim } from "../places"
import { cellsOf, isDelimiter, isRow, readTable, writeTable, type Align, type Table } from "./table"

/// A table in the text, and the cell that the cursor is in.
export interface Place {
  table: Table
  /// The number of its first line, from 1, and how many it has.
  first: number
  lines: number
  /// From 0; the line below the head counts as the head's.
  row: number
  column: number
}

/// How many rows are looked through.
const most = 2_000

/// The table that an offset is in; null for none, and in a line above or below one that
/// has no edges of cells: its words would be in none.
export function tableAt(state: EditorState, at: number): Place | null {
  const { doc } = state
  const here = doc.lineAt(at)
  if (!(isRow(here.text) || isDelimiter(here.text)) || isVerbatim(state, at)) return null
  let first = here.number
  let last = first
  while (first > 1 && first > here.number - most && isRow(doc.line(first - 1).text)) first--
  while (last < doc.lines && last < here.number + most && isRow(doc.line(last + 1).text)) last++
  // The head is the line above the one of hyphens.
  let rule = first
  while (rule <= last && !isDelimiter(doc.line(rule).text)) rule++
  if (rule > last || rule === first) return null
  first = rule - 1
  if (here.number < first) return null
  const lines: string[] = []
  for (let n = first; n <= last; n++) lines.push(doc.line(n).text)
  const cells = cellsOf(here.text)
  const found = cells.findIndex(cell => at - here.from <= cell.to)
  const index = here.number - first
  return {
    table: readTable(lines), first, lines: lines.length, row: index < 2 ? 0 : index - 1,
    column: Math.max(0, found < 0 ? cells.length - 1 : found),
  }
}

/// Selects the next cell's text, or that of the one before; a row is added behind the
/// last. False outside of a table.
export function goToCell(by: 1 | -1): StateCommand {
  return onTable((place) => {
    const { table } = place
    const width = table.aligns.length
    let cell = place.row * width + place.column + by
    if (cell < 0) cell = 0
    if (cell >= table.rows.length * width) table.rows.push(table.aligns.map(() => ""))
    return { row: Math.floor(cell / width), column: cell % width, all: true }
  })
}

/// Writes the table with its cells under each other.
export const formatTable: StateCommand = onTable(({ row, column }) => ({ row, column }))

/// Adds a row below the cursor's.
export const addRow: StateCommand = onTable(({ table, row, column }) => {
  table.rows.splice(row + 1, 0, table.aligns.map(() => ""))
  return { row: row + 1, column }
})

/// Adds a column behind the cursor's.
export const addColumn: StateCommand = onTable(({ table, row, column }) => {
  for (const cells of table.rows) cells.splice(column + 1, 0, "")
  table.aligns.splice(column + 1, 0, "")
  return { row, column: column + 1 }
})

/// Takes the cursor's row away; the head stays, and is emptied.
export const deleteRow: StateCommand = onTable(({ table, row, column }) => {
  if (row === 0) table.rows[0] = table.aligns.map(() => "")
  else table.rows.splice(row, 1)
  return { row: Math.min(row, table.rows.length - 1), column }
})

/// Takes its column away; the last one stays.
export const deleteColumn: StateCommand = onTable(({ table, row, column }) => {
  if (table.aligns.length === 1) return { row, column }
  for (const cells of table.rows) cells.splice(column, 1)
  table.aligns.splice(column, 1)
  return { row, column: Math.min(column, table.aligns.length - 1) }
})

/// Moves its row; the head changes places, too.
export function moveRow(by: 1 | -1): StateCommand {
  return onTable(({ table, row, column }) => {
    const to = row + by
    if (to < 0 || to >= table.rows.length) return { row, column }
    table.rows.splice(to, 0, ...table.rows.splice(row, 1))
    return { row: to, column }
  })
}

/// Moves its column.
export function moveColumn(by: 1 | -1): StateCommand {
  return onTable(({ table, row, column }) => {
    const to = column + by
    if (to < 0 || to >= table.aligns.length) return { row, column }
    for (const cells of table.rows) cells.splice(to, 0, ...cells.splice(column, 1))
    table.aligns.splice(to, 0, ...table.aligns.splice(column, 1))
    return { row, column: to }
  })
}

/// Aligns its column; where it is so already, as the site has it.
export function alignColumn(align: Align): StateCommand {
  return onTable(({ table, row, column }) => {
    table.aligns[column] = table.aligns[column] === align ? "" : align
    return { row, column }
  })
}

/// Puts a table of two columns behind the cursor's paragraph.
export const insertTable: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly || tableAt(state, state.selection.main.head)) return true
  const line = state.doc.lineAt(state.selection.main.head)
  if (isVerbatim(state, line.from)) return true
  const lines = writeTable({ rows: [["", ""], ["", ""]], aligns: ["", ""], before: "" })
  const blank = line.text.trim() === ""
  const above = line.number > 1 ? state.doc.line(line.number - 1).text.trim() : ""
  const below = line.number < state.doc.lines ? state.doc.line(line.number + 1).text.trim() : ""
  const before = blank ? (above === "" || above === "---" ? "" : "\n") : "\n\n"
  const after = below === "" ? "" : "\n"
  const at = blank ? line.from : line.to
  dispatch(state.update({
    changes: { from: at, to: line.to, insert: before + lines.join("\n") + after },
    selection: EditorSelection.cursor(at + before.length + 2), userEvent: "input.table", scrollIntoView: true,
  }))
  return true
}

/// Does something to the table that the cursor is in, and goes to the cell that it
/// answers; `all` selects its text.
function onTable(work: (place: Place) => { row: number; column: number; all?: boolean }): StateCommand {
  return ({ state, dispatch }) => {
    const place = state.readOnly ? null : tableAt(state, state.selection.main.head)
    if (!place) return false
    const start = state.doc.line(place.first).from
    const end = state.doc.line(place.first + place.lines - 1).to
    const { row, column, all } = work(place)
    const lines = writeTable(place.table)
    const index = row === 0 ? 0 : row + 1
    const cell = cellsOf(lines[index]!)[column]!
    const text = lines[index]!.slice(cell.from, cell.to)
    const from = start + lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0) + cell.from + (text.trim() === "" ? 1 : text.length - text.trimStart().length)
    const to = from + text.trim().length
    const old = state.sliceDoc(start, end).split("\n")
    const changes = old.length === lines.length
      ? lines.flatMap((line, i) => (line === old[i] ? [] : [{ from: state.doc.line(place.first + i).from, to: state.doc.line(place.first + i).to, insert: line }]))
      : [{ from: start, to: end, insert: lines.join("\n") }]
    dispatch(state.update({
      changes, selection: all ? EditorSelection.range(from, to) : EditorSelection.cursor(to), userEvent: "input.table", scrollIntoView: true,
    }))
    return true
  }
}
