// Content knows which nodes of the document belong to which block of the page's
// content, finds the one text of a block that is to change, or replaces the nodes
// of some blocks without touching others. What it does costs what the blocks
// have, whatever stands beside them.
import type { Details } from "./details"
import { childrenOf, contains, firstChildOf, nextOf, parentOf, remove, setInnerHTML } from "./dom"
import { neutralise } from "./page-parser"
import { reconcileChildren } from "./reconcile"
import { findText, textAt, type TextPlace } from "./text-change"
import { isText, join } from "./text-nodes"

/// Where the blocks' nodes are.
export interface Places {
  parent: Element
  /// The nodes of each part: the text right before the content, the blocks,
  /// the text right after it. Where text of one part runs into the next, the
  /// node belongs to the first.
  parts: ChildNode[][]
  /// runs[i]: a text runs from part i into part i+1.
  runs: boolean[]
  /// The texts around the content, as the page around it has them.
  head: string
  tail: string
  /// The node behind the last part.
  end: ChildNode | null
}

export interface Content {
  /// Replaces `remove` blocks from number `at` on, by as many as `blocks`, which
  /// are the HTML of all blocks as they are to be, then has more.
  replace(blocks: readonly string[], at: number, remove: number): void
  /// Where block number `at` changes from one HTML to another in one text alone,
  /// that text and what it is to be; null elsewhere. Changes nothing.
  changedText(at: number, was: string, is: string): { text: Text; data: string } | null
  /// The element that holds the content.
  readonly parent: Element
  /// Makes the element's other children, and the texts right beside the
  /// content, those of a page around it.
  surround(blocks: readonly string[], around: { before: ChildNode[]; after: ChildNode[]; head: string; tail: string }): void
  /// The number of the block that a node belongs to, -1 outside of all.
  blockOf(node: Node): number
  /// The nodes of a block; empty where there is no such block.
  nodesOf(block: number): readonly ChildNode[]
  count(): number
}

/// `inert` is a document in which nothing acts, to parse in.
export function createContent(places: Places, inert: Document, details: Details): Content {
  const { parent, parts, runs } = places
  /// The text that was changed last, as long as nothing else was.
  let typed: (TextPlace & { block: number }) | null = null

  /// Replaces the parts from `low` to `high`, without it, and those beside them
  /// whose text runs into theirs. There are to be `grown` parts more.
  function replaceParts(blocks: readonly string[], low: number, high: number, grown: number): void {
    typed = null
    const last = parts.length - 1
    for (;;) {
      while (low > 0 && runs[low - 1]) low--
      while (high <= last && runs[high - 1]) high++
      const fresh: ChildNode[][] = []
      for (let i = low; i < high + grown; i++) {
        if (i === 0) fresh.push(textPart(places.head))
        else if (i === last + grown) fresh.push(textPart(places.tail))
        else fresh.push(parse(blocks[i - 1]!))
      }
      const freshRuns = join(fresh)
      const line = fresh.flat()
      let left = low - 1
      while (left >= 0 && parts[left]!.length === 0) left--
      let right = high
      while (right <= last && parts[right]!.length === 0) right++
      const before = parts[left]?.at(-1)
      const next = parts[right]?.[0] ?? places.end
      if (isText(before) && isText(line[0] ?? next)) {
        low = left
        continue
      }
      if (right <= last && isText(next) && isText(line.at(-1) ?? before)) {
        high = right + 1
        continue
      }
      const old = parts.slice(low, high).flat()
      const now = details.keep(
        one => old.some(node => contains(node, one)),
        () => reconcileChildren(parent, old, line, next),
      )
      let from = 0
      parts.splice(low, high - low, ...fresh.map(part => now.slice(from, (from += part.length))))
      const borders = fresh.length === 0 ? [false] : [...(low > 0 ? [false] : []), ...freshRuns, ...(high <= last ? [false] : [])]
      const start = Math.max(0, low - 1)
      runs.splice(start, Math.min(high, last) - start, ...borders)
      return
    }
  }

  function textPart(text: string): ChildNode[] {
    return text === "" ? [] : [inert.createTextNode(text)]
  }

  function parse(html: string): ChildNode[] {
    const context = inert.importNode<Element>(parent, false)
    setInnerHTML(context, html)
    neutralise(context)
    const nodes = childrenOf(context)
    for (const node of nodes) remove(node)
    return nodes
  }

  return {
    parent,
    replace(blocks, at, remove) {
      replaceParts(blocks, at + 1, at + 1 + remove, blocks.length - (parts.length - 2))
    },
    changedText(at, was, is) {
      if (typed?.block !== at || !sameAround(typed, was, is)) {
        const place = findText(was, is, parts[at + 1] ?? [])
        typed = place && { ...place, block: at }
      }
      const data = typed && textAt(typed, is)
      return typed && data !== null ? { text: typed.node, data } : null
    },
    surround(blocks, { before, after, head, tail }) {
      typed = null
      const first = parts.find(part => part.length > 0)?.[0] ?? places.end
      const ahead: ChildNode[] = []
      for (let node = firstChildOf(parent); node && node !== first; node = nextOf(node)) ahead.push(node)
      const behind: ChildNode[] = []
      for (let node = places.end; node; node = nextOf(node)) behind.push(node)
      reconcileChildren(parent, ahead, before, first)
      places.end = reconcileChildren(parent, behind, after, null)[0] ?? null
      if (places.head !== head) {
        places.head = head
        replaceParts(blocks, 0, 1, 0)
      }
      if (places.tail !== tail) {
        places.tail = tail
        replaceParts(blocks, parts.length - 1, parts.length, 0)
      }
    },
    blockOf(node) {
      if (!contains(parent, node) || node === parent) return -1
      while (parentOf(node) !== parent) node = parentOf(node)!
      const part = parts.findIndex(part => part.includes(node as ChildNode))
      return part > 0 && part < parts.length - 1 ? part - 1 : -1
    },
    nodesOf: block => (block >= 0 && block < parts.length - 2 ? parts[block + 1]! : []),
    count: () => parts.length - 2,
  }
}

/// Whether all but one text of a block is as it was.
function sameAround({ before, after }: TextPlace, was: string, is: string): boolean {
  return was.slice(0, before) === is.slice(0, before) && was.slice(was.length - after) === is.slice(is.length - after)
}
