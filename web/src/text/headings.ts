// Headings are read by hand, from their lines' ends: patterns for them have many ways to
// read a long run of spaces, and take hours for one of a few thousand.

import { withoutEnd } from "./ends"

/// A heading behind signs of a line that has no spaces before it: its level from 1 to 6,
/// and its text without the signs that close it. Null where the line is none, and where
/// it has no text.
export function atxHeading(line: string): { level: number; text: string } | null {
  const signs = /^#{1,6}(?=[ \t])/.exec(line)?.[0]
  if (signs === undefined) return null
  const rest = withoutEnd(line, " \t\r").slice(signs.length)
  const text = rest.slice(rest.search(/[^ \t]|$/))
  const open = withoutEnd(text, "#")
  const closed = open !== text && /[ \t]$/.test(open) ? withoutEnd(open, " \t") : text
  return closed === "" || /[\r\n\u2028\u2029]/.test(closed) ? null : { level: signs.length, text: closed }
}

/// A heading's text without the attributes at its end, as kramdown has them, before
/// which there are spaces where `apart`.
export function withoutAttributes(text: string, apart: boolean): string {
  if (!text.endsWith("}")) return text
  const inner = text.slice(text.slice(0, -1).lastIndexOf("}") + 1)
  const begin = inner.search(apart ? /[ \t]\{[:#]/ : /\{[:#]/)
  return begin < 0 ? text : text.slice(0, text.length - inner.length + begin)
}

/// An address behind a link's words, which may have brackets within.
export const linkTarget = /\([^()]*(?:\([^()]*\)[^()]*)*\)/
