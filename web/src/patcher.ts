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
    shown.blocks.splice(patch.at, patch.remove, ...(patch.insert ?? []))
    if (patch.slot) {
      Object.assign(shown, patch.slot)
    } else if (shown.places) {
      replaceBlocks(shown.places, shown.blocks, patch)
      return true
    }
    // The whole page again, out of its parts; what did not change stays.
    const { before, after, blocks } = shown
    return applyPage({ kind: "page", html: before + blocks.join("") + after, slot: { before, after }, blocks })
  }

  /// Replaces the nodes of blocks, and of those beside them whose text runs
  /// into theirs. `blocks` are all, as they are to be.
  function replaceBlocks(places: Places, blocks: readonly string[], patch: BlocksPatch): void {
    const { parent, parts, runs } = places
    const grown = (patch.insert?.length ?? 0) - patch.remove
    const last = parts.length - 1
    let low = patch.at + 1
    let high = low + patch.remove // behind the last part that goes
    for (;;) {
      while (low > 0 && runs[low - 1]) low--
      while (high <= last && runs[high - 1]) high++
      const fresh: ChildNode[][] = []
      for (let i = low; i < high + grown; i++) {
        if (i === 0) fresh.push(textPart(places.head))
        else if (i === last + grown) fresh.push(textPart(places.tail))
        else fresh.push(parseAlone(parent, blocks[i - 1]!))
      }
      const freshRuns = join(fresh)
      const line = fresh.flat()
      const left = parts.findLastIndex((part, i) => i < low && part.length > 0)
      const right = parts.findIndex((part, i) => i >= high && part.length > 0)
      const before = parts[left]?.at(-1)
      const next = parts[right]?.[0] ?? places.end
      if (isText(before) && isText(line[0] ?? next)) {
        low = left
        continue
      }
      if (right >= 0 && isText(next) && isText(line.at(-1) ?? before)) {
        high = right + 1
        continue
      }
      touched.keep(() => {
        const now = reconcileChildren(parent, parts.slice(low, high).flat(), line, next)
        let from = 0
        parts.splice(low, high - low, ...fresh.map(part => now.slice(from, (from += part.length))))
      })
      const borders = fresh.length === 0 ? [false] : [...(low > 0 ? [false] : []), ...freshRuns, ...(high <= last ? [false] : [])]
      const start = Math.max(0, low - 1)
      runs.splice(start, Math.min(high, last) - start, ...borders)
      return
    }
  }

  function textPart(text: string): ChildNode[] {
    return text === "" ? [] : [inert.createTextNode(text)]
  }

  function parseAlone(parent: Element, html: string): ChildNode[] {
    const context = inert.importNode(parent, false) as Element
    context.innerHTML = html
    neutralise(context)
    const nodes = [...context.childNodes]
    for (const node of nodes) node.remove()
    return nodes
  }

  return {
    apply: patch => (patch.kind === "page" ? applyPage(patch) : applyBlocks(patch)),
    blockOf(node) {
      const places = shown?.places
      if (!places || !places.parent.contains(node) || node === places.parent) return -1
      while (node.parentNode !== places.parent) node = node.parentNode!
      const part = places.parts.findIndex(part => part.includes(node as ChildNode))
      return part > 0 && part < places.parts.length - 1 ? part - 1 : -1
    },
    nodesOf: block => (shown?.places && block >= 0 && block < shown.places.parts.length - 2 ? shown.places.parts[block + 1]! : []),
    count: () => (shown?.places ? shown.places.parts.length - 2 : 0),
  }
}

function parse(html: string): Document {
  return new DOMParser().parseFromString(html, "text/html")
}

/// A page whose blocks are known; counts are of nodes in each part.
interface Parsed {
  document: Document
  parent: Element
  /// How many children of `parent` come before the first part.
  first: number
  counts: number[]
  runs: boolean[]
  head: string
  tail: string
}

/// Parses a page with a mark at each border of a block, and takes the marks
/// out again. Null where the marks show that the blocks are not a run of
/// siblings.
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
  const head = marks[0]!.previousSibling
  const tail = marks.at(-1)!.nextSibling
  const children = [...parent.childNodes]
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
  for (const mark of marks) mark.remove()
  const runs = join(parts)
  return { document, parent, first, counts: parts.map(part => part.length), runs, ...texts }
}

/// Makes one text of those that stand side by side, as a parser does, and
/// tells where one runs from a part into the next.
function join(parts: ChildNode[][]): boolean[] {
  const runs = parts.slice(1).map(() => false)
  let last: ChildNode | undefined
  let owner = 0
  for (const [i, part] of parts.entries()) {
    const first = part[0]
    if (isText(last) && isText(first)) {
      last.data += first.data
      first.remove()
      part.shift()
      runs.fill(true, owner, i)
    }
    if (part.length > 0) {
      last = part.at(-1)
      owner = i
    }
  }
  return runs
}

function isText(node: Node | null | undefined): node is Text {
  return node?.nodeType === Node.TEXT_NODE
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
  const parts = parsed.counts.map(count => children.slice(at, (at += count)))
  const { head, tail, runs } = parsed
  return { parent: parent as Element, parts, runs, head, tail, end: children[at] ?? null }
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
