// Outline is a text's headings, and how long it is to read.
import type { Text } from "@codemirror/state"
import { atxHeading, linkTarget, withoutAttributes } from "./headings"
import { segmentsOf } from "./segments"

export interface Heading {
  /// 1 to 6.
  level: number
  /// Its words, without marks.
  name: string
  /// Where its line begins.
  from: number
  line: number
}

/// The headings of a text, in order.
export function outlineOf(doc: Text): Heading[] {
  const found: Heading[] = []
  let fence = ""
  let before = ""
  let at = 0
  let n = 0
  let matter = false
  for (const text of doc.iterLines()) {
    n++
    if (n === 1 && /^---\s*$/.test(text)) matter = true
    else if (matter) matter = !/^---\s*$/.test(text)
    else {
      const mark = /^ {0,3}(`{3,}|~{3,})/.exec(text)?.[1] ?? ""
      if (fence !== "") {
        if (mark.startsWith(fence) && /^[\s`~]*$/.test(text)) fence = ""
      } else if (mark !== "") fence = mark
      else {
        const atx = atxHeading(text.replace(/^ {1,3}/, ""))
        const line = /^(?:(=+)|-+)\s*$/.exec(text)
        if (atx) found.push({ level: atx.level, name: plain(atx.text), from: at, line: n })
        else if (line && /^[^\s#>*|-]/.test(before)) found.push({ level: line[1] ? 1 : 2, name: plain(before), from: at - before.length - 1, line: n - 1 })
      }
      before = text
    }
    at += text.length + 1
  }
  return found
}

const link = new RegExp(`!?\\[([^\\[\\]]*)\\]${linkTarget.source}`, "g")
/// What of a text nobody reads. Nothing of it goes on over another's beginning.
const unread = new RegExp(`\\]${linkTarget.source}|<[^<>]*>|\\{%(?:(?!\\{%).)*?%\\}|https?:\\/\\/\\S+`, "g")

function plain(text: string): string {
  return withoutAttributes(text.trimEnd(), false).replace(link, "$1").replace(/[*`~]/g, "").trim()
}

/// A heading's id as kramdown's GFM parser and GitHub make it, of all headings of a
/// text in order.
export function idsOf(headings: readonly Heading[]): string[] {
  const seen = new Map<string, number>()
  return headings.map(({ name }) => {
    const base = name.toLowerCase().replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "").trim().replaceAll(" ", "-")
    const count = seen.get(base) ?? 0
    seen.set(base, count + 1)
    return count > 0 ? `${base}-${count}` : base
  })
}

/// How many words a text has, and how many minutes they take: 230 words a minute, or
/// 400 characters of a script without spaces.
export function readingOf(text: string, lang = "en"): { words: number; minutes: number } {
  const body = text.replace(/^\uFEFF?---[ \t]*\n[^]*?\n---[ \t]*(?:\n|$)/, "")
    .replace(unread, " ")
  let words = 0
  let signs = 0
  for (const { segment, isWordLike } of segmentsOf(body, new Intl.Segmenter(lang, { granularity: "word" }))) {
    if (!isWordLike) continue
    words++
    if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(segment)) signs += segment.length
  }
  return { words, minutes: words === 0 ? 0 : Math.max(1, Math.round(signs > words ? signs / 400 : words / 230)) }
}
