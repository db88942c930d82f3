// Table is a table of Markdown as rows of cells, and how it is written: one line a
// row, cells under each other, as GitHub's Markdown and kramdown both read it.
import { segmentsOf } from "../../text/segments"

export type Align = "" | "left" | "center" | "right"

export interface Table {
  /// The first is the head.
  rows: string[][]
  /// Of each column.
  aligns: Align[]
  /// What stands before each line: signs of a quotation, an item's spaces.
  before: string
}

/// Whether a line is the one below a table's head.
export function isDelimiter(line: string): boolean {
  if (!line.includes("|") || !line.includes("-")) return false
  const cells = line.slice(/^[\s>]*/.exec(line)![0].length).trimEnd().replace(/^\||\|$/g, "")
  return cells.split("|").every(cell => /^:?-+:?$/.test(cell.trim()))
}

/// Whether a line can be a table's row.
export function isRow(line: string): boolean {
  return cellsOf(line).length > 1 || /^[\s>]*\|.*\|\s*$/.test(line)
}

/// A cell's place in its line.
export interface Cell {
  from: number
  to: number
}

/// The cells of a line. A bar in code, or behind a "\", is a character.
export function cellsOf(line: string): Cell[] {
  const start = /^[\s>]*/.exec(line)![0].length
  const bars: number[] = []
  for (let i = start; i < line.length; i++) {
    if (line[i] === "\\") i++
    else if (line[i] === "`") {
      const open = ticksEnd(line, i)
      let end = open
      let from = i
      do {
        from = line.indexOf("`", end)
        end = ticksEnd(line, from)
      } while (from >= 0 && end - from !== open - i)
      i = (from < 0 ? open : end) - 1
    } else if (line[i] === "|") bars.push(i)
  }
  if (bars.length === 0) return []
  const edges = [...bars]
  if (bars[0] !== start) edges.unshift(start - 1)
  if (bars.at(-1)! < line.trimEnd().length - 1) edges.push(line.length)
  return edges.slice(1).map((to, i) => ({ from: edges[i]! + 1, to }))
}

/// Where a run of backticks ends that begins at an offset.
function ticksEnd(line: string, from: number): number {
  let end = from
  while (line[end] === "`") end++
  return end
}

/// The table that lines are; the second is the one below the head.
export function readTable(lines: readonly string[]): Table {
  const texts = lines.map(line => cellsOf(line).map(({ from, to }) => line.slice(from, to).trim()))
  const aligns = texts[1]!.map((text): Align => (/^:.*:$/.test(text) ? "center" : text.endsWith(":") ? "right" : text.startsWith(":") ? "left" : ""))
  const rows = texts.filter((_, i) => i !== 1)
  const width = Math.max(...rows.map(row => row.length), aligns.length)
  for (const row of rows) while (row.length < width) row.push("")
  while (aligns.length < width) aligns.push("")
  return { rows, aligns, before: /^[\s>]*/.exec(lines[0]!)![0] }
}

/// The lines that a table is written as, cells under each other. `wide` false: with
/// no more spaces than it takes.
export function writeTable({ rows, aligns, before }: Table, wide = true): string[] {
  const widths = aligns.map((_, i) => (wide ? Math.max(3, ...rows.map(row => widthOf(row[i]!))) : 3))
  const line = (cells: string[]) => `${before}| ${cells.join(" | ")} |`
  const text = (row: readonly string[]) => line(row.map((cell, i) => {
    if (!wide) return cell
    const free = widths[i]! - widthOf(cell)
    const left = aligns[i] === "right" ? free : aligns[i] === "center" ? Math.floor(free / 2) : 0
    return " ".repeat(left) + cell + " ".repeat(free - left)
  }))
  const rule = aligns.map((align, i) => {
    const [left, right] = [align === "left" || align === "center", align === "right" || align === "center"]
    return (left ? ":" : "") + "-".repeat(widths[i]! - Number(left) - Number(right)) + (right ? ":" : "")
  })
  const [head, ...body] = rows
  return [text(head!), line(rule), ...body.map(text)]
}

/// A text as it can stand in a cell.
export function cellText(text: string): string {
  return text.trim().replace(/\s+/g, space => (space.includes("\n") ? "<br>" : space)).replace(/(?<!\\)\|/g, "\\|")
}

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u
const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" })

/// How many columns a text takes in a font of one width.
export function widthOf(text: string): number {
  let width = 0
  for (const { segment } of segmentsOf(text, segmenter)) width += wide.test(segment) ? 2 : 1
  return width
}
