// Patcher keeps a document equal to the page that Galley renders. A page patch
// is parsed whole and reconciled; a blocks patch sets the one text that changed,
// or parses and replaces the nodes of those blocks, and of the page around them,
// that changed. Either way the
// document equals, node for node, what the browser would make of the whole page.
import { createAhead } from "./letters-ahead"
import { createContent, type Content } from "./content"
import { watchDetails } from "./details"
import { childrenOf, localName, modeOf, namespaceOf, parentElementOf, rootOf } from "./dom"
import { parseBlocks, parsePage, parseShell, type ParsedPage, type Slot } from "./page-parser"
import type { BlockRange, BlocksPatch, PagePatch, Patch } from "../protocol/preview"
import { createPin } from "./held-size"
import { reconcileAround, reconcileDocument } from "./reconcile"

export interface Patcher {
  /// Brings the document to the patch's page, which edit number `seq` made; null
  /// for the page as it was rendered last. False when the patch does not follow
  /// on what is shown, and the whole page is needed.
  apply(patch: Patch | null, seq: number): boolean
  /// Shows letters that were typed right behind edit number `seq`, all of them
  /// since, ahead of the patch that they make, where that is certain enough.
  typed(seq: number, letters: string): void
  /// The number of the block that a node belongs to, -1 outside of all.
  blockOf(node: Node): number
  /// The nodes of a block; empty where they are not known.
  nodesOf(block: number): readonly ChildNode[]
  /// How many blocks are shown; 0 where they are not known.
  count(): number
  /// The mode that a browser lays the published page out in, as `compatMode` names it.
  /// The document keeps the one that it began with.
  mode(): string
}

/// What is known about the page that is shown.
interface Shown {
  slot: Slot
  blocks: string[]
  /// Null where blocks cannot be told apart in the document.
  content: Content | null
}

export function createPatcher(document: Document): Patcher {
  const inert = document.implementation.createHTMLDocument("")
  const details = watchDetails(document)
  const pin = createPin(document)
  const ahead = createAhead()
  let shown: Shown | null = null
  let mode = modeOf(document)

  function applyPage(patch: PagePatch): boolean {
    const blocks = patch.blocks ?? []
    const parsed = patch.slot ? parseBlocks(patch.slot, blocks) : null
    const wanted = parsed?.document ?? parsePage(patch.html)
    mode = modeOf(wanted)
    pin.release()
    ahead.takeBack()
    const path = parsed ? pathTo(parsed.parent) : []
    details.keep(() => true, () => reconcileDocument(document, wanted))
    shown = patch.slot ? { slot: patch.slot, blocks, content: parsed && contentIn(path, parsed) } : null
    return true
  }

  function applyBlocks({ ranges = [], slot }: BlocksPatch, seq: number): boolean {
    if (!shown) return false
    const { blocks, content } = shown
    if (!slot && ranges.length === 1 && retype(ranges[0]!, seq)) return true
    pin.release()
    ahead.takeBack()
    let end = 0
    for (const { at, remove } of ranges) {
      if (at < end || remove < 0) return false
      end = at + remove
    }
    if (end > blocks.length) return false
    // From the last on, so that the numbers of those before stay right.
    for (const { at, remove, insert } of [...ranges].reverse()) {
      blocks.splice(at, remove, ...insert)
      content?.replace(blocks, at, remove)
    }
    if (slot) shown.slot = slot
    if (content && (!slot || applySlot(content, slot, blocks))) return true
    // The whole page again, out of its parts; what did not change stays.
    const { before, after } = shown.slot
    return applyPage({ kind: "page", html: before + blocks.join("") + after, slot: shown.slot, blocks })
  }

  /// Changes one text, where that is all. Most of what is typed is such.
  function retype({ at, remove, insert }: BlockRange, seq: number): boolean {
    const is = insert[0]
    const was = shown!.blocks[at]
    if (remove !== 1 || insert.length !== 1 || is === undefined || was === undefined) return false
    const found = shown!.content?.changedText(at, was, is)
    if (!found) return false
    shown!.blocks[at] = is
    ahead.rendered(seq, found.text, found.data)
    pin.typed(found.text)
    return true
  }

  /// Brings the page around the content to what it became. False where the
  /// content stands at another place in it than it did.
  function applySlot(content: Content, slot: Slot, blocks: readonly string[]): boolean {
    const wanted = parseShell(slot)
    if (!wanted) return false
    mode = modeOf(wanted.document)
    const now = lineTo(content.parent)
    const then = lineTo(wanted.parent)
    const alike = now.length === then.length &&
      now.every((element, i) => localName(element) === localName(then[i]!) && namespaceOf(element) === namespaceOf(then[i]!))
    if (!alike) return false
    details.keep(one => content.blockOf(one) < 0, () => {
      reconcileAround(document, wanted.document, now, then)
      content.surround(blocks, wanted)
    })
    return true
  }

  function contentIn(path: readonly number[], parsed: ParsedPage): Content | null {
    let parent: Node = rootOf(document)
    for (const i of path) {
      const child = childrenOf(parent)[i]
      if (!child) return null
      parent = child
    }
    const children = childrenOf(parent)
    let at = parsed.first
    const parts = parsed.counts.map(count => children.slice(at, (at += count)))
    const { head, tail, runs } = parsed
    return createContent({ parent: parent as Element, parts, runs, head, tail, end: children[at] ?? null }, inert, details)
  }

  return {
    apply(patch, seq) {
      if (patch) return patch.kind === "page" ? applyPage(patch) : applyBlocks(patch, seq)
      pin.release()
      ahead.takeBack()
      return true
    },
    typed(seq, letters) {
      const text = ahead.typed(seq, letters)
      if (text) pin.typed(text)
    },
    blockOf: node => shown?.content?.blockOf(node) ?? -1,
    nodesOf: block => shown?.content?.nodesOf(block) ?? [],
    count: () => shown?.content?.count() ?? 0,
    mode: () => mode,
  }
}

/// The way to an element, as places among the children from the root.
function pathTo(element: Element): number[] {
  const path: number[] = []
  let node = element
  for (let parent = parentElementOf(node); parent; parent = parentElementOf(node)) {
    path.unshift(childrenOf(parent).indexOf(node))
    node = parent
  }
  return path
}

/// The elements from the root to one, which is the last.
function lineTo(element: Element): Element[] {
  const line: Element[] = []
  for (let node: Element | null = element; node; node = parentElementOf(node)) line.unshift(node)
  return line
}
