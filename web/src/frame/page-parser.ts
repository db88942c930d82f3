// Page parser makes documents of pages as a browser does, and finds in them
// where the content's blocks stand. Nothing of a parsed page acts.
import { attribute, childrenOf, closest, nextOf, nodeName, parentElementOf, parentOf, previousOf, remove, removeAttribute, selected, selectedIn, walkerOf } from "./dom"
import { isText, join } from "./text-nodes"

/// The page around its content.
export interface Slot {
  before: string
  after: string
}

/// A page whose blocks are known.
export interface ParsedPage {
  document: Document
  /// Holds the content.
  parent: Element
  /// How many children of `parent` come before the first part.
  first: number
  /// How many nodes each part has; see Content for parts and runs.
  counts: number[]
  runs: boolean[]
  head: string
  tail: string
}

/// A page without its content.
export interface ParsedShell {
  document: Document
  parent: Element
  /// The children of `parent` before and after the content, and the texts right
  /// beside it.
  before: ChildNode[]
  after: ChildNode[]
  head: string
  tail: string
}

/// Stands between blocks while a page is parsed, to find their nodes again.
const marker = "galley:block"
const markerHTML = `<!--${marker}-->`

export function parsePage(html: string): Document {
  const document = new DOMParser().parseFromString(html, "text/html")
  neutralise(document)
  return document
}

/// Takes the sting out of what would act by merely standing in the page.
/// Scripts need nothing: the document's policy runs none of them.
export function neutralise(root: Document | Element): void {
  const selector = "meta[http-equiv]"
  for (const meta of root instanceof Element ? selectedIn(root, selector) : selected(root, selector)) {
    if (attribute(meta, "http-equiv")!.trim().toLowerCase() === "refresh") removeAttribute(meta, "content")
  }
}

/// Parses a page with a mark at each border of a block, and takes the marks
/// out again. Null where the marks show that the blocks are not a run of
/// siblings.
export function parseBlocks(slot: Slot, blocks: readonly string[]): ParsedPage | null {
  const document = parsePage(slot.before + markerHTML + blocks.map(b => b + markerHTML).join("") + slot.after)
  const marks = marksIn(document)
  const parent = marks[0] && parentElementOf(marks[0])
  if (!parent || marks.length !== blocks.length + 1 || marks.some(m => parentOf(m) !== parent)) return null
  const head = previousOf(marks[0]!)
  const tail = nextOf(marks.at(-1)!)
  const children = childrenOf(parent)
  const first = children.indexOf(isText(head) ? head : marks[0]!)
  const parts: ChildNode[][] = [isText(head) ? [head] : []]
  let mark = 0
  for (let i = children.indexOf(marks[0]!); mark < marks.length; i++) {
    const child = children[i]!
    if (child === marks[mark]) {
      mark++
      parts.push([])
    } else {
      parts.at(-1)!.push(child)
    }
  }
  if (isText(tail)) parts.at(-1)!.push(tail)
  const texts = { head: isText(head) ? head.data : "", tail: isText(tail) ? tail.data : "" }
  for (const mark of marks) remove(mark)
  const runs = join(parts)
  return { document, parent, first, counts: parts.map(part => part.length), runs, ...texts }
}

/// Parses a page with a paragraph in place of its content. Null where what
/// becomes of the paragraph shows that blocks are not parsed there as they are
/// alone: outside of the body, inside of another paragraph, or after a tag that
/// was left open.
export function parseShell(slot: Slot): ParsedShell | null {
  const document = parsePage(slot.before + markerHTML + "<p>x</p>" + markerHTML + slot.after)
  const [start, end, more] = marksIn(document)
  const parent = start && parentElementOf(start)
  const stand = start && nextOf(start)
  if (!parent || !end || more || !closest(parent, "body") || /^(PRE|LISTING)$/.test(nodeName(parent))) return null
  if (!(stand instanceof HTMLParagraphElement) || stand.innerHTML !== "x" || stand.nextSibling !== end) return null
  const children = childrenOf(parent)
  const before = children.slice(0, children.indexOf(start))
  const after = children.slice(children.indexOf(end) + 1)
  const head = isText(before.at(-1)) ? (before.pop() as Text).data : ""
  const tail = isText(after[0]) ? (after.shift() as Text).data : ""
  return { document, parent, before, after, head, tail }
}

function marksIn(document: Document): Comment[] {
  const walker = walkerOf(document, document, NodeFilter.SHOW_COMMENT)
  const marks: Comment[] = []
  while (walker.nextNode()) {
    const comment = walker.currentNode as Comment
    if (comment.data === marker) marks.push(comment)
  }
  return marks
}
