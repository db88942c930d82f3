// Chapters are the sections that people share a post by, one to each: those of
// level 2, found by the text's lines, as internal/post finds them. The server
// names sections by that, so both must find the same; one table
// (internal/post/testdata/chapters.json) tests them.
import { Text } from "@codemirror/state"
import { atxHeading, linkTarget, withoutAttributes } from "./headings"

export interface Chapter {
  name: string
  /// Where its heading starts.
  from: number
}

const underline = /^(=+|-+)[ \t\r]*$/
const notText = /^(?:[ \t]|[*+-][ \t]|\d+\.[ \t]|>|#{1,6}[ \t]|\|)/
const fence = /^ {0,3}(`{3,32}|~{3,32})/
const matter = /^---[ \t\r\f\v]*$/
const matterEnd = /^(?:---|\.\.\.)[ \t\r\f\v]*$/

/// The chapters of a text.
export function chaptersOf(doc: Text): Chapter[] {
  const list: Chapter[] = []
  const found = headingsOf(doc)
  let level = 7 // of the chapter that is open
  found.forEach((section, i) => {
    const next = found[i + 1]
    if (section.level <= level) level = 7
    if (level < 7 || (section.level === 1 && next && next.level > 1)) return
    level = section.level
    list.push({ name: nameOf(section.text), from: section.from })
  })
  return list
}

/// The names of the chapters of a file's text.
export function chapterNames(text: string): string[] {
  return chaptersOf(Text.of(text.split(/\r\n?|\n/))).map(chapter => chapter.name)
}

interface Heading {
  level: number
  text: string
  from: number
}

function headingsOf(doc: Text): Heading[] {
  const lines: string[] = []
  for (const each = doc.iterLines(); !each.next().done;) lines.push(each.value)
  const starts: number[] = []
  lines.reduce((at, line, i) => {
    starts[i] = at
    return at + line.length + 1
  }, 0)

  if (lines[0]!.startsWith("\ufeff")) {
    lines[0] = lines[0]!.slice(1)
    starts[0] = 1
  }

  const list: Heading[] = []
  const open = new Map<string, number>() // signs in the shortest fence known to have no end
  let blank = true // the line before
  let before = -1 // the line before, if it could be underlined
  let comments = true // whether a comment that begins may still end
  for (let i = bodyOf(lines); i < lines.length; i++) {
    const line = lines[i]!
    const mark = fence.exec(line)?.[1] ?? ""
    if (mark && mark.length < (open.get(mark[0]!) ?? Infinity)) {
      const end = fenceEnd(lines, i + 1, mark)
      if (end > 0) {
        i = end
        blank = false
        before = -1
        continue
      }
      open.set(mark[0]!, mark.length)
    }
    if (comments && line.startsWith("<!--")) {
      let end = i
      while (end < lines.length && !lines[end]!.includes("-->")) end++
      if (end < lines.length) {
        i = end
        blank = false
        before = -1
        continue
      }
      comments = false
    }
    const empty = line.trim() === ""
    const heading = atxHeading(line)
    if (heading) {
      list.push({ ...heading, from: starts[i]! })
      before = -1
    } else if (before >= 0 && underline.test(line)) {
      list.push({ level: line.startsWith("=") ? 1 : 2, text: lines[before]!.trim(), from: starts[before]! })
      before = -1
    } else {
      before = blank && !empty && !notText.test(line) ? i : -1
    }
    blank = empty
  }
  return list
}

/// The first line of the body, behind the front matter.
function bodyOf(lines: readonly string[]): number {
  if (!matter.test(lines[0]!)) return 0
  const end = lines.findIndex((line, i) => i > 0 && matterEnd.test(line))
  return end < 0 ? 0 : end + 1
}

/// The line that ends a fence of code; 0 for a fence without end, which is none.
function fenceEnd(lines: readonly string[], from: number, mark: string): number {
  for (let i = from; i < lines.length; i++) {
    const found = fence.exec(lines[i]!)?.[1] ?? ""
    if (found[0] === mark[0] && found.length >= mark.length && lines[i]!.trim().replaceAll(mark[0]!, "") === "") return i
  }
  return 0
}

/// The chapter that an offset is in; null before the first.
export function chapterAt(doc: Text, at: number): Chapter | null {
  return chaptersOf(doc).filter(chapter => chapter.from <= at).at(-1) ?? null
}

/// The chapter whose heading a line is, which may be underlined by the next one;
/// "" for other lines.
export function chapterName(line: string, next = ""): string {
  const heading = atxHeading(line)
  if (heading) return nameOf(heading.text)
  return line.trim() !== "" && !notText.test(line) && underline.test(next) ? nameOf(line) : ""
}

/// Whether two names are one section's.
export function sameChapter(a: string, b: string): boolean {
  const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim()
  return plain(a) === plain(b)
}

const link = new RegExp(`!?\\[([^\\]\\[]*)\\](?:${linkTarget.source}|\\[[^\\]]*\\])`, "g")

/// A heading as one reads it.
function nameOf(text: string): string {
  return withoutAttributes(text, true)
    .replace(link, "$1")
    .replace(/\*\*|__|`/g, "").replace(/\s+/g, " ").trim()
}
