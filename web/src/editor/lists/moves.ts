// Moves are what becomes of an item and its children: further in, further out, past
// its neighbour. Each answers all lines anew. Numbers stay in order.
import { columnOf, indentOf, numberOf, readList, siblings, signOf, type Item } from "./list"

/// Makes the item of a line a child of the one before it; null where there is none.
export function indent(lines: readonly string[], line: number): string[] | null {
  const list = readList(lines)
  const item = list.at(line)
  if (!item) return null
  const level = item.parent?.children ?? list.items
  const before = level[level.indexOf(item) - 1]
  // Two lists in a row are a level, with words between them.
  if (!before || lines.slice(before.end, item.line).some(text => text.trim() !== "")) return null
  const last = before.children.at(-1)
  const out = place(lines, item, last?.column ?? before.content, last ? next(last) : first(item), (last ?? item).gap)
  return renumber(renumber(out, item.line), before.line)
}

/// Makes the item of a line the one behind its parent; null where it has none. What
/// stands behind it in its list becomes its own.
export function outdent(lines: readonly string[], line: number): string[] | null {
  const item = readList(lines).at(line)
  const parent = item?.parent
  if (!item || !parent) return null
  let out = place(lines, item, parent.column, next(parent), parent.gap)
  // Those behind it stand at its text.
  const moved = readList(out).at(item.line)!
  for (const other of parent.children.slice(parent.children.indexOf(item) + 1)) {
    if (other.column < moved.content || other.column >= moved.content + 4) out = place(out, other, moved.content, other.sign, other.gap)
  }
  const children = readList(out).at(item.line)!.children
  for (const child of children.slice(0, 1)) out = renumber(out, child.line, numberOf(children[0]!) === null ? undefined : 1)
  return renumber(out, parent.line)
}

/// Puts the items of the lines from `from` to `to` before the one that is before them
/// (`by` -1), or behind the one behind them (1); null where there is none. `shift` is
/// by how many lines they moved.
export function pass(lines: readonly string[], from: number, to: number, by: -1 | 1): { lines: string[]; shift: number } | null {
  const list = readList(lines)
  const a = list.at(from)
  if (!a) return null
  const level = a.parent?.children ?? list.items
  let last = list.at(to)
  while (last && !level.includes(last)) last = last.parent
  if (!last) return null
  const other = by < 0 ? level[level.indexOf(a) - 1] : level[level.indexOf(last) + 1]
  if (!other) return null
  const [up, down] = by < 0 ? [[other, other], [a, last]] : [[a, last], [other, other]]
  const [first, second] = [[up[0]!.line, up[1]!.end], [down[0]!.line, down[1]!.end]] as [[number, number], [number, number]]
  const between = lines.slice(first[1], second[0])
  if (between.some(text => text.trim() !== "")) return null
  const start = siblings(list, a)[0]!
  const out = [
    ...lines.slice(0, first[0]), ...lines.slice(...second), ...between, ...lines.slice(...first), ...lines.slice(second[1]),
  ]
  const shift = by < 0 ? first[0] - second[0] : second[1] - second[0] + between.length
  const one = siblings(list, a).length > 1 && numberOf(start) === numberOf(siblings(list, a)[1]!)
  const number = numberOf(start)
  return { lines: one || number === null ? out : renumber(out, first[0], number), shift }
}

/// Numbers the list that the item of a line is in, from its first number or `from`.
/// Where all have one number, they keep it.
export function renumber(lines: readonly string[], line: number, from?: number): string[] {
  let out = [...lines]
  const list = readList(out)
  const item = list.at(line)
  if (!item || numberOf(item) === null) return out
  const run = siblings(list, item)
  const start = from ?? numberOf(run[0]!)!
  const same = from === undefined && run.length > 1 && numberOf(run[0]!) === numberOf(run[1]!)
  run.forEach((one, i) => {
    const sign = (same ? start : start + i) + one.sign.slice(-1)
    if (sign !== one.sign) out = place(out, one, one.column, sign, one.gap)
  })
  return out
}

/// Writes an item with another sign at another column, and moves what is its own.
function place(lines: readonly string[], item: Item, column: number, sign: string, gap: string): string[] {
  const by = column + sign.length + gap.length - item.content
  return lines.map((text, line) => {
    if (line < item.line || line >= item.end || text.trim() === "") return text
    if (line === item.line) {
      const old = signOf(text)!
      return " ".repeat(column) + sign + (old.gap === "" ? gap : columnOf(old.gap) > 4 ? old.gap : gap) + text.slice((old.indent + old.sign + old.gap).length)
    }
    const space = indentOf(text)
    // A lazy line has no column of its own.
    if (columnOf(space) < item.content) return text
    return " ".repeat(columnOf(space) + by) + text.slice(space.length)
  })
}

function next(item: Item): string {
  const number = numberOf(item)
  return number === null ? item.sign : number + 1 + item.sign.slice(-1)
}

function first(item: Item): string {
  return numberOf(item) === null ? item.sign : "1" + item.sign.slice(-1)
}

/// The bullet that lists of a text have: its own where it has one, or a star.
export function bulletOf(lines: readonly string[]): string {
  const count = (sign: string) => lines.filter(text => signOf(text)?.sign === sign).length
  const [star, dash, plus] = [count("*"), count("-"), count("+")]
  return star >= dash && star >= plus ? "*" : dash >= plus ? "-" : "+"
}

