// Placing says where a bullet goes: into its section, behind what is there, or to
// the cursor. All offsets are of the document's lines.
import type { Line, Text } from "@codemirror/state"
import { chaptersOf, sameChapter } from "./chapters"

export interface Placed {
  from: number
  to: number
  insert: string
  /// Where the cursor goes: the end of the bullet.
  head: number
  /// The section that it went to; "" where that is the cursor's place.
  section: string
}

const item = /^([*+-])[ \t]+(?=\S)/
const emptyItem = /^([*+-])[ \t]*$/

/// Where a bullet goes. It is given the sign that the list around it has, unless
/// it is a heading or an item already. `section` "" is the cursor's place, and so
/// is one that the text does not have.
export function place(doc: Text, bullet: string, section: string, head: number): Placed {
  const chapters = section ? chaptersOf(doc) : []
  const n = chapters.findIndex(chapter => sameChapter(chapter.name, section))
  if (n < 0) return atCursor(doc, bullet, head)
  const first = doc.lineAt(chapters[n]!.from).number + 1
  const last = n + 1 < chapters.length ? doc.lineAt(chapters[n + 1]!.from).number - 1 : doc.lines
  return { ...inSection(doc, bullet, first, last), section: chapters[n]!.name }
}

/// Where a bullet goes that is dropped on a line.
export function placeAtLine(doc: Text, bullet: string, at: number): Placed {
  return atCursor(doc, bullet, at)
}

/// Behind the last item of the section, in the place of an empty one, or at its end.
function inSection(doc: Text, bullet: string, first: number, last: number): Placed {
  let end = doc.line(Math.min(first - 1, doc.lines)) // of all that stands there
  let items: Line | null = null // the last item's end
  let mark = ""
  let inside = false
  for (let n = first; n <= last; n++) {
    const line = doc.line(n)
    const blank = line.text.trim() === ""
    const empty = emptyItem.exec(line.text)
    const underline = n === first && underlines(line.text)
    if (empty && !underline && !isHeading(bullet)) return filled(line, bullet, empty[1]!)
    const found = item.exec(line.text)
    if (found) mark = found[1]!
    inside = !!found || (inside && !blank) || (inside && blank && n < last && /^[ \t]+\S/.test(doc.line(n + 1).text))
    if (inside && !blank) items = line
    if (!blank) end = line
  }
  return items && !isHeading(bullet) ? put(doc, items, bullet, mark, true) : put(doc, end, bullet, mark, end === items)
}

/// Whether a line belongs to a list's item: it is one, or goes on with one.
function inList(doc: Text, line: Line, first: number): boolean {
  for (let n = line.number; n >= first; n--) {
    const { text } = doc.line(n)
    if (item.test(text)) return true
    if (text.trim() === "" || !/^[ \t]/.test(text)) return false
  }
  return false
}

function atCursor(doc: Text, bullet: string, head: number): Placed {
  const line = doc.lineAt(head)
  const empty = emptyItem.exec(line.text)
  if (empty && !isHeading(bullet)) return filled(line, bullet, empty[1]!)
  if (line.text.trim() === "") {
    const before = line.number > 1 ? doc.line(line.number - 1) : null
    const after = line.number < doc.lines ? doc.line(line.number + 1) : null
    const inside = before !== null && inList(doc, before, 1)
    const mark = (before && markBefore(doc, before)) || (after && item.exec(after.text)?.[1]) || ""
    const text = marked(bullet, mark)
    const lead = before === null || before.text.trim() === "" || (inside && isItem(text)) ? "" : "\n"
    const tail = after !== null && after.text.trim() !== "" && !(item.test(after.text) && isItem(text)) ? "\n" : ""
    return { from: line.from, to: line.to, insert: lead + text + tail, head: line.from + lead.length + text.length, section: "" }
  }
  let end = line // the whole item, or the paragraph
  while (end.number < doc.lines) {
    const next = doc.line(end.number + 1)
    if (next.text.trim() === "" || item.test(next.text) || emptyItem.test(next.text) || /^#{1,6}[ \t]/.test(next.text)) break
    end = next
  }
  return put(doc, end, bullet, markBefore(doc, end), inList(doc, end, 1))
}

/// Puts a bullet behind a line.
function put(doc: Text, behind: Line, bullet: string, mark: string, list: boolean): Placed {
  const text = marked(bullet, mark || markBefore(doc, behind))
  const insert = (list && isItem(text) ? "\n" : "\n\n") + text
  const next = behind.number < doc.lines ? doc.line(behind.number + 1) : null
  // What follows in the next line stays apart from it.
  const tail = next === null ? (behind.text === "" ? "" : "\n") : next.text.trim() === "" || (item.test(next.text) && isItem(text)) ? "" : "\n"
  return { from: behind.to, to: behind.to, insert: insert + tail, head: behind.to + insert.length, section: "" }
}

function filled(line: Line, bullet: string, mark: string): Placed {
  const insert = marked(bullet, mark)
  return { from: line.from, to: line.to, insert, head: line.from + insert.length, section: "" }
}

/// The sign of the list's item at a line or before it.
function markBefore(doc: Text, line: Line): string {
  for (let n = line.number; n >= Math.max(1, line.number - 200); n--) {
    const found = item.exec(doc.line(n).text)
    if (found) return found[1]!
  }
  return ""
}

function marked(bullet: string, mark: string): string {
  if (isHeading(bullet) || isItem(bullet)) return bullet
  return `${mark || "*"} ${bullet.replace(/\n(?=[^\n])/g, "\n  ")}`
}

function isItem(text: string): boolean {
  return item.test(text)
}

function isHeading(text: string): boolean {
  return /^(#{1,6}[ \t]|>|\|)/.test(text)
}

function underlines(text: string): boolean {
  return /^(=+|-+)[ \t]*$/.test(text)
}
