// Text change finds the one text of a block that an edit changes, where it
// changes nothing else. To set that text's data is all that is left to do then:
// nothing is parsed and nothing is compared.

import { closest, nodeType, parentElementOf, walkerOf } from "./dom"

/// A text node, and where its characters stand in its block's HTML.
export interface TextPlace {
  node: Text
  /// How many characters of the HTML come before it, and how many after it.
  before: number
  after: number
}

/// Elements in which a parser makes one node of each run of characters between
/// two tags, in their order, if they are nothing but these. Tables move text out
/// of themselves, some elements hold no nodes, and so on.
const simple = new Set(("a abbr article aside b blockquote br cite code dd del details dfn div dl dt em figcaption figure footer " +
  "h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp section small span strong sub summary sup time u ul var").split(" "))
const tag = /<\/?([a-z][a-z0-9]*)(?:\s+[^\s"'<>\/=]+(?:="[^"<>]*")?)*\s*\/?>/y

/// The text among a block's `nodes` in which alone its HTML `was` differs from
/// what it `is` to be; null where there is none, or where that is not certain.
export function findText(was: string, is: string, nodes: readonly Node[]): TextPlace | null {
  const most = Math.min(was.length, is.length)
  let same = 0
  while (same < most && was.charCodeAt(same) === is.charCodeAt(same)) same++
  let tail = 0
  while (tail < most - same && was.charCodeAt(was.length - 1 - tail) === is.charCodeAt(is.length - 1 - tail)) tail++
  const before = was.lastIndexOf(">", same - 1) + 1
  const end = was.indexOf("<", Math.max(before, was.length - tail))
  if (same === 0 || before === 0 || end < 0) return null
  const number = numberOf(was, before)
  if (!number) return null
  let node: Text | null = null
  let count = 0
  for (const top of nodes) {
    const walker = walkerOf(document, top, NodeFilter.SHOW_TEXT)
    for (let one: Node | null = nodeType(top) === Node.TEXT_NODE ? top : walker.nextNode(); one; one = walker.nextNode()) {
      if (count++ === number.of) node = one as Text
    }
  }
  // As many nodes as runs: none was joined or left out.
  if (!node || count !== number.count) return null
  const place = { node, before, after: was.length - end }
  return textAt(place, was) === node.data ? place : null
}

/// Which of its HTML's runs of characters begins at an offset, counted from 0,
/// and how many there are; null where there are other things than simple ones.
function numberOf(html: string, before: number): { of: number; count: number } | null {
  let count = 0
  let of = -1
  for (let at = 0; at < html.length;) {
    if (html.charCodeAt(at) === 60) {
      tag.lastIndex = at
      const found = tag.exec(html)
      if (!found || !simple.has(found[1]!)) return null
      at = tag.lastIndex
    } else {
      if (at === before) of = count
      count++
      const next = html.indexOf("<", at)
      at = next < 0 ? html.length : next
    }
  }
  return of < 0 ? null : { of, count }
}

/// The characters that the HTML of a text's block, in which nothing but that
/// text may have changed, has at its place; null where that is not certain.
export function textAt({ node, before, after }: TextPlace, html: string): string | null {
  if (html.length - after <= before) return null
  const text = html.slice(before, html.length - after)
  if (/[<>\r\0]/.test(text) || text.startsWith("\n") && isIn(node, "pre")) return null
  if (!text.includes("&")) return text
  if (/&(?!(?:amp|lt|gt|quot);)/.test(text)) return null
  return text.replace(/&(amp|lt|gt|quot);/g, (_, name: keyof typeof characters) => characters[name])
}

function isIn(node: Node, selector: string): boolean {
  const parent = parentElementOf(node)
  return parent !== null && closest(parent, selector) !== null
}

const characters = { amp: "&", lt: "<", gt: ">", quot: '"' }
