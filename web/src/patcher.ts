// Patcher keeps a document equal to the page that Galley renders. A page patch
// is parsed whole and reconciled; a blocks patch parses and replaces the nodes
// of those blocks alone. Either way the document equals, node for node, what
// the browser would make of the whole page.
import type { BlocksPatch, PagePatch, Patch } from "./protocol"
import { reconcile, reconcileChildren } from "./reconcile"

export interface Patcher {
  /// Brings the document to the patch's page. False when the patch does not
  /// follow on what is shown, and the whole page is needed.
  apply(patch: Patch): boolean
  /// The number of the block that a node belongs to, -1 outside of all.
  blockOf(node: Node): number
  /// The nodes of a block; empty where they are not known.
  nodesOf(block: number): ChildNode[]
  /// How many blocks are shown; 0 where they are not known.
  count(): number
}

/// Stands between blocks while a page is parsed, to find their nodes again.
const marker = "galley:block"
const markerHTML = `<!--${marker}-->`

/// What is known about the page that is shown.
interface Shown {
  before: string
  after: string
  blocks: string[]
  /// Null where blocks cannot be told apart in the document.
  places: Places | null
}

/// Where the blocks' nodes are.
interface Places {
  parent: Element
  /// The nodes of each block, without text that ran into `tail`.
  nodes: ChildNode[][]
  /// The node behind the content.
  tail: ChildNode | null
  /// What of `tail` the page around the content wrote, when the last block's
  /// text ran into it; null when nothing did.
  tailText: string | null
}

export function createPatcher(document: Document): Patcher {
  const inert = document.implementation.createHTMLDocument("")
  const touched = watchDetails(document)
  let shown: Shown | null = null

  function applyPage(patch: PagePatch): boolean {
    const parsed = patch.slot ? parseBlocks(patch.slot, patch.blocks ?? []) : null
    const wanted = parsed?.document ?? parse(patch.html)
    neutralise(wanted)
    const path = parsed ? pathTo(parsed.parent) : []
    touched.keep(() => reconcileDocument(document, wanted))
    shown = patch.slot ? { ...patch.slot, blocks: patch.blocks ?? [], places: null } : null
    if (parsed && shown) shown.places = placesIn(document, path, parsed)
    return true
  }

  function applyBlocks(patch: BlocksPatch): boolean {
    if (!shown || patch.at < 0 || patch.remove < 0 || patch.at + patch.remove > shown.blocks.length) return false
    const insert = patch.insert ?? []
    const before = shown.blocks
    const atEnd = patch.at + patch.remove === before.length
    // The last block's text may have run into the text behind the content, so
    // what becomes or was the last block is made anew.
    let at = patch.at
    if (atEnd && at > 0) {
      do at--
      while (at > 0 && before[at] === "")
    }
    const removed = patch.remove + patch.at - at
    const added = [...before.slice(at, patch.at), ...insert]
    before.splice(patch.at, patch.remove, ...insert)
    if (shown.places && replaceBlocks(shown.places, at, removed, added, atEnd)) return true
    const { before: head, after, blocks } = shown
    return applyPage({ kind: "page", html: head + blocks.join("") + after, slot: { before: head, after }, blocks })
  }

  /// False, with nothing done, where text would run together.
  function replaceBlocks(places: Places, at: number, removed: number, added: string[], atEnd: boolean): boolean {
    const { parent, nodes } = places
    const context = inert.importNode(parent, false) as Element
    const groups: ChildNode[][] = []
    for (const html of added) {
      context.innerHTML = html
      neutralise(context)
      const group = [...context.childNodes]
      for (const node of group) node.remove()
      groups.push(group)
    }
    const old = nodes.slice(at, at + removed).flat()
    let next = places.tail
    for (let i = at + removed; i < nodes.length; i++) {
      if (nodes[i]!.length > 0) {
        next = nodes[i]![0]!
        break
      }
    }
    let runsIn: string | null = null
    const tail = places.tail
    if (atEnd && tail instanceof Text) {
      const own = places.tailText ?? tail.data
      const last = groups.findLast(group => group.length > 0)
      const text = last?.at(-1)
      if (last && text instanceof Text) {
        last.pop()
        runsIn = text.data + own
      } else if (places.tailText !== null) {
        runsIn = own
      }
      places.tailText = text instanceof Text ? own : null
    }
    const fresh = groups.flat()
    const first = old[0] ? old[0].previousSibling : next ? next.previousSibling : parent.lastChild
    const line: (Node | null)[] = [first, ...fresh, next]
    for (let i = 1; i < line.length; i++) {
      if (line[i - 1] instanceof Text && line[i] instanceof Text) return false
    }
    touched.keep(() => {
      const now = reconcileChildren(parent, old, fresh, next)
      let from = 0
      const live = groups.map(group => now.slice(from, (from += group.length)))
      nodes.splice(at, removed, ...live)
      if (runsIn !== null) (tail as Text).data = runsIn
    })
    return true
  }

  return {
    apply: patch => (patch.kind === "page" ? applyPage(patch) : applyBlocks(patch)),
    blockOf(node) {
      const places = shown?.places
      if (!places || !places.parent.contains(node) || node === places.parent) return -1
      while (node.parentNode !== places.parent) node = node.parentNode!
      return places.nodes.findIndex(group => group.includes(node as ChildNode))
    },
    nodesOf: block => shown?.places?.nodes[block] ?? [],
    count: () => shown?.places?.nodes.length ?? 0,
  }
}

function parse(html: string): Document {
  return new DOMParser().parseFromString(html, "text/html")
}

interface Parsed {
  document: Document
  parent: Element
  /// How many children of `parent` come before the first block.
  first: number
  /// How many nodes each block has.
  counts: number[]
  tailText: string | null
}

/// Parses a page with a mark at each border of a block, and takes the marks
/// out again. Null where the marks show that the blocks are not a run of
/// siblings, or where text of one runs into the next.
function parseBlocks(slot: { before: string; after: string }, blocks: string[]): Parsed | null {
  const html = slot.before + markerHTML + blocks.map(b => b + markerHTML).join("") + slot.after
  const document = parse(html)
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT)
  const marks: Comment[] = []
  while (walker.nextNode()) {
    const comment = walker.currentNode as Comment
    if (comment.data === marker) marks.push(comment)
  }
  const parent = marks[0]?.parentElement
  if (!parent || marks.length !== blocks.length + 1 || marks.some(m => m.parentNode !== parent)) return null
  const children = [...parent.childNodes]
  const first = children.indexOf(marks[0]!)
  const counts: number[] = []
  let count = 0
  for (let i = first + 1; counts.length < blocks.length; i++) {
    if (children[i] === marks[counts.length + 1]) {
      counts.push(count)
      count = 0
    } else {
      count++
    }
  }
  let tailText: string | null = null
  for (const mark of marks) {
    const { previousSibling: left, nextSibling: right } = mark
    mark.remove()
    if (!(left instanceof Text && right instanceof Text)) continue
    const last = counts.findLastIndex(count => count > 0)
    if (mark !== marks.at(-1) || last < 0) return null
    tailText = right.data
    right.data = left.data + right.data
    left.remove()
    counts[last]!--
  }
  return { document, parent, first, counts, tailText }
}

/// The way to an element, as places among the children from the root.
function pathTo(element: Element): number[] {
  const path: number[] = []
  for (let node: Element = element; node.parentElement; node = node.parentElement) {
    path.unshift([...node.parentElement.childNodes].indexOf(node))
  }
  return path
}

function placesIn(document: Document, path: number[], parsed: Parsed): Places | null {
  let parent: Node = document.documentElement
  for (const i of path) {
    const child = parent.childNodes[i]
    if (!child) return null
    parent = child
  }
  const children = [...parent.childNodes]
  let at = parsed.first
  const nodes = parsed.counts.map(count => children.slice(at, (at += count)))
  return { parent: parent as Element, nodes, tail: children[at] ?? null, tailText: parsed.tailText }
}

/// Takes the sting out of what would act by merely standing in the page.
/// Scripts need nothing: the document's policy runs none of them.
function neutralise(root: ParentNode): void {
  for (const meta of root.querySelectorAll("meta[http-equiv]")) {
    if (meta.getAttribute("http-equiv")!.trim().toLowerCase() === "refresh") meta.removeAttribute("content")
  }
}

function reconcileDocument(live: Document, wanted: Document): void {
  const around = (d: Document): [ChildNode[], ChildNode[]] => {
    const all = [...d.childNodes]
    const at = all.indexOf(d.documentElement)
    return [all.slice(0, at), all.slice(at + 1)]
  }
  const now = around(live)
  const then = around(wanted)
  const root = wanted.documentElement
  for (const side of [0, 1] as const) {
    const same = now[side].length === then[side].length && now[side].every((n, i) => n.isEqualNode(then[side][i]!))
    if (same) continue
    for (const node of now[side]) node.remove()
    if (side === 0) live.documentElement.before(...then[side])
    else live.documentElement.after(...then[side])
  }
  reconcile(live.documentElement, root)
}

/// Remembers which `<details>` the reader opened or closed, so that a patch
/// elsewhere leaves them as they are.
function watchDetails(document: Document): { keep(change: () => void): void } {
  const written = new Map<HTMLDetailsElement, boolean>()
  document.addEventListener("click", event => {
    const summary = event.target instanceof Element ? event.target.closest("summary") : null
    const details = summary?.parentElement
    if (details instanceof HTMLDetailsElement && !written.has(details)) written.set(details, details.open)
  }, true)
  return {
    keep(change) {
      if (written.size === 0) return change()
      const chosen = new Map([...written].map(([details]) => [details, details.open]))
      for (const [details, open] of written) details.open = open
      change()
      for (const [details, open] of written) {
        if (!details.isConnected || details.open !== open) written.delete(details)
        else details.open = chosen.get(details)!
      }
    },
  }
}
