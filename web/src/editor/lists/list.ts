// List is a text's lists as lines: which line is an item's, where its text begins,
// and what belongs to it. Depth is by the column of the text of the item above, as
// kramdown and CommonMark both read it. There is no editor in here.

/// An item of a list. Lines are counted from 0, and columns with tabs of four.
export interface Item {
  /// Where it begins, and the line behind its last, children included.
  line: number
  end: number
  /// The column of its sign, and that of its text.
  column: number
  content: number
  /// "*", "-", "+", "1." or "1)".
  sign: string
  /// The spaces between sign and text, one where there are more than four.
  gap: string
  parent: Item | null
  children: Item[]
}

export interface List {
  /// Those of the outermost level, each with its children.
  items: Item[]
  /// The innermost item that a line belongs to; null for none.
  at(line: number): Item | null
}

const sign = /^([ \t]*)([*+-]|\d{1,9}[.)])([ \t]+|$)/
const rule = /^[ \t]*([*_-])(?:[ \t]*\1){2,}[ \t]*$/
const quoted = /^(?: {0,3}> ?)+/

/// The signs of a quotation that a line begins with.
export function quoteOf(line: string): string {
  return quoted.exec(line)?.[0] ?? ""
}

/// The column that a text of spaces and tabs ends in.
export function columnOf(space: string): number {
  let column = 0
  for (const c of space) column += c === "\t" ? 4 - (column % 4) : 1
  return column
}

/// The spaces and tabs that a line begins with.
export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)![0]
}

/// The sign of an item that a line begins with, if it does.
export function signOf(line: string): { indent: string; sign: string; gap: string } | null {
  const found = rule.test(line) ? null : sign.exec(line)
  return found && { indent: found[1]!, sign: found[2]!, gap: found[3]! }
}

/// Where the lines begin among which a line's list is.
export function listStart(lines: { readonly length: number; at(i: number): string }, line: number): number {
  let from = line
  const begins = (text: string) => text.trim() !== "" && !/^[ \t]/.test(text) && !signOf(text)
  while (from > 0) {
    const text = lines.at(from)
    if (rule.test(text) && from < line) return from + 1
    if (begins(text) && lines.at(from - 1).trim() === "") return from
    from--
  }
  return from
}

/// The lists of lines, which begin outside of any list.
export function readList(lines: readonly string[]): List {
  const items: Item[] = []
  const owners: (Item | null)[] = []
  const open: Item[] = []
  let blank = false
  let fence = ""
  lines.forEach((text, line) => {
    const column = columnOf(indentOf(text))
    const top = () => open.at(-1) ?? null
    const closeTo = (column: number) => {
      while (open.length > 0 && column < top()!.content) open.pop()
    }
    if (text.trim() === "") {
      blank = true
      owners.push(top())
      return
    }
    const mark = /^[ \t]*(`{3,}|~{3,})/.exec(text)?.[1] ?? ""
    const inFence = fence !== ""
    if (inFence && mark.startsWith(fence)) fence = ""
    const found = inFence || column >= (top()?.content ?? 0) + 4 ? null : signOf(text)
    if (found) {
      closeTo(column)
      const gap = found.gap === "" || columnOf(found.gap) > 4 ? " " : " ".repeat(columnOf(found.indent + found.sign + found.gap) - columnOf(found.indent + found.sign))
      const item: Item = { line, end: line + 1, column, content: column + found.sign.length + gap.length, sign: found.sign, gap, parent: top(), children: [] }
      ;(item.parent?.children ?? items).push(item)
      open.push(item)
    } else if (!inFence && (blank || mark !== "" || rule.test(text) || /^ {0,3}#{1,6}\s/.test(text))) {
      closeTo(column)
    }
    if (!inFence && mark !== "" && !found) fence = mark
    for (const item of open) item.end = line + 1
    owners.push(top())
    blank = false
  })
  return { items, at: line => owners[line] ?? null }
}

/// The items of a level that follow each other with signs of a kind: one list.
export function siblings(list: List, item: Item): Item[] {
  const level = item.parent?.children ?? list.items
  const at = level.indexOf(item)
  let [from, to] = [at, at + 1]
  while (from > 0 && kind(level[from - 1]!) === kind(item)) from--
  while (to < level.length && kind(level[to]!) === kind(item)) to++
  return level.slice(from, to)
}

function kind(item: Item): string {
  return item.sign.replace(/\d+/, "1")
}

/// The number that an item has; null where it has none.
export function numberOf(item: Item): number | null {
  return /^\d/.test(item.sign) ? parseInt(item.sign, 10) : null
}
