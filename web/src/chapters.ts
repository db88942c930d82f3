// Chapters are the sections that people share a post by, one to each: those of
// level 2, as internal/post finds them, by the text's lines.
import type { Text } from "@codemirror/state"

export interface Chapter {
  name: string
  /// Where its heading starts.
  from: number
}

const heading = /^(#{1,6})[ \t]+(.*?)(?:[ \t]+#*)?\s*$/
const fence = /^ {0,3}(`{3,}|~{3,})/

/// The chapters of a text.
export function chaptersOf(doc: Text): Chapter[] {
  const found: (Chapter & { level: number })[] = []
  let open = ""
  let at = 0
  for (const lines = doc.iterLines(); !lines.next().done;) {
    const line = lines.value
    const mark = fence.exec(line)?.[1]
    if (open) {
      if (mark && mark[0] === open[0] && mark.length >= open.length) open = ""
    } else if (mark) {
      open = mark
    } else {
      const match = heading.exec(line)
      if (match?.[2]) found.push({ level: match[1]!.length, name: nameOf(match[2]), from: at })
    }
    at += line.length + 1
  }
  const list: Chapter[] = []
  let level = 7 // of the chapter that is open
  found.forEach((section, i) => {
    const next = found[i + 1]
    if (section.level <= level) level = 7
    if (level < 7 || (section.level === 1 && next && next.level > 1)) return
    level = section.level
    list.push({ name: section.name, from: section.from })
  })
  return list
}

/// The chapter that an offset is in; null before the first.
export function chapterAt(doc: Text, at: number): Chapter | null {
  return chaptersOf(doc).filter(chapter => chapter.from <= at).at(-1) ?? null
}

/// The chapter whose heading a line is; "" for other lines.
export function chapterName(line: string): string {
  return nameOf(heading.exec(line)?.[2] ?? "")
}

/// Whether two names are one section's.
export function sameChapter(a: string, b: string): boolean {
  const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim()
  return plain(a) === plain(b)
}

/// A heading as one reads it.
function nameOf(text: string): string {
  return text.replace(/[ \t]+\{[:#][^}]*\}$/, "").replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/\*\*|__|`/g, "").replace(/\s+/g, " ").trim()
}
