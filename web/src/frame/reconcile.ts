// Reconcile makes one tree equal to another while keeping every node that did
// not change, so that pictures stay loaded, media keep playing and a selection
// elsewhere survives. The wanted tree is used up: its nodes are moved.

import {
  attributeNodeNS, attributesOf, childrenOf, hasAttributeNS, insert, insertAll, isEqual, namespaceOf, nextOf, nodeName, nodeType, nodeValue, outerHTML, prefixOf,
  remove, removeAttributeNode, rootOf, setAttributeNode,
} from "./dom"

/// Makes `live`'s attributes and children equal to those of `wanted`, which has
/// the same name. Nodes that are equal already are left alone.
export function reconcile(live: Element, wanted: Element): void {
  reconcileAttributes(live, wanted)
  reconcileChildren(live, childrenOf(live), childrenOf(wanted), null)
}

/// Makes one document equal to another.
export function reconcileDocument(live: Document, wanted: Document): void {
  reconcileSiblings(live, wanted)
  reconcile(rootOf(live), rootOf(wanted))
}

/// Makes a document equal to another, all but the children of one element:
/// `line` are the elements from the root to it, and `wantedLine` those of the
/// other document, which have the same names.
export function reconcileAround(live: Document, wanted: Document, line: readonly Element[], wantedLine: readonly Element[]): void {
  reconcileSiblings(live, wanted)
  for (const [i, element] of line.entries()) {
    const other = wantedLine[i]!
    reconcileAttributes(element, other)
    const next = line[i + 1]
    if (!next) return
    const [before, after] = splitAt(element, next)
    const [wantedBefore, wantedAfter] = splitAt(other, wantedLine[i + 1]!)
    reconcileChildren(element, before, wantedBefore, next)
    reconcileChildren(element, after, wantedAfter, null)
  }
}

/// What stands beside the root, the document's type for instance.
function reconcileSiblings(live: Document, wanted: Document): void {
  const now = splitAt(live, rootOf(live))
  const then = splitAt(wanted, rootOf(wanted))
  for (const side of [0, 1] as const) {
    const same = now[side].length === then[side].length && now[side].every((n, i) => isEqual(n, then[side][i]!))
    if (same) continue
    for (const node of now[side]) remove(node)
    insertAll(live, then[side], side === 0 ? rootOf(live) : nextOf(rootOf(live)))
  }
}

/// The children before one of them, and those after.
function splitAt(parent: Node, child: Node): [ChildNode[], ChildNode[]] {
  const all = childrenOf(parent)
  const at = all.indexOf(child as ChildNode)
  return [all.slice(0, at), all.slice(at + 1)]
}

/// Makes a run of `parent`'s children equal to `wanted`. `before` is the node
/// that the run stands before, null at the end. Answers the nodes that stand
/// there now.
export function reconcileChildren(
  parent: Node, live: ChildNode[], wanted: ChildNode[], before: ChildNode | null,
): ChildNode[] {
  const result = new Array<ChildNode>(wanted.length)
  let start = 0
  let liveEnd = live.length
  let wantedEnd = wanted.length
  while (start < liveEnd && start < wantedEnd && isEqual(live[start]!, wanted[start]!)) {
    result[start] = live[start]!
    start++
  }
  let anchor = before
  while (liveEnd > start && wantedEnd > start && isEqual(live[liveEnd - 1]!, wanted[wantedEnd - 1]!)) {
    anchor = live[--liveEnd]!
    result[--wantedEnd] = anchor
  }
  // Nodes in the middle that are only moved along by an insertion or a removal
  // are found again by what they are.
  const later = new Map<string, number[]>()
  if (liveEnd - start > 1 || wantedEnd - start > 1) {
    for (let i = start; i < liveEnd; i++) {
      const key = keyOf(live[i]!)
      const places = later.get(key)
      if (places) places.push(i)
      else later.set(key, [i])
    }
  }
  const plan = planMiddle(wanted, start, wantedEnd, later)
  const keepers = new Set(plan)
  let at = start
  for (let i = start; i < wantedEnd; i++) {
    const want = wanted[i]!
    const kept = plan[i - start]!
    if (kept >= at) {
      while (at < kept) remove(live[at++]!)
      result[i] = live[at++]!
      continue
    }
    const here = at < liveEnd && !keepers.has(at) ? live[at]! : null
    if (here && morph(here, want)) {
      result[i] = here
      at++
      continue
    }
    const next = at < liveEnd ? live[at]! : anchor
    insert(parent, want, next)
    result[i] = want
  }
  while (at < liveEnd) remove(live[at++]!)
  return result
}

/// For each wanted node in the middle the index of the live node to keep for
/// it, or -1; indexes ascend.
function planMiddle(
  wanted: ChildNode[], start: number, end: number, later: Map<string, number[]>,
): number[] {
  const plan: number[] = []
  let last = -1
  for (let i = start; i < end; i++) {
    const places = later.size > 0 ? later.get(keyOf(wanted[i]!)) : undefined
    while (places && places.length > 0 && places[0]! <= last) places.shift()
    // White space and the like is no anchor: it would tie unrelated places.
    const found = places && places.length > 0 && nodeType(wanted[i]!) === 1 ? places.shift()! : -1
    if (found > last) last = found
    plan.push(found)
  }
  return plan
}

function keyOf(node: ChildNode): string {
  if (nodeType(node) === 1) return outerHTML(node as Element)
  return nodeType(node) + ":" + (nodeValue(node) ?? "")
}

/// Turns one node into another of the same kind; false when it cannot.
function morph(live: ChildNode, wanted: ChildNode): boolean {
  if (nodeType(live) !== nodeType(wanted) || nodeName(live) !== nodeName(wanted)) return false
  if (isEqual(live, wanted)) return true
  switch (nodeType(live)) {
    case 1: {
      const a = live as Element
      const b = wanted as Element
      if (namespaceOf(a) !== namespaceOf(b) || prefixOf(a) !== prefixOf(b)) return false
      // What a script, a template or a frame holds is not only in its children.
      if (/^(SCRIPT|TEMPLATE|IFRAME|OBJECT|EMBED)$/.test(nodeName(a)) || nodeName(a).includes("-")) return false
      if (/^(VIDEO|AUDIO)$/.test(nodeName(a)) && !sameSources(a, b)) return false
      reconcile(a, b)
      return true
    }
    case 3:
    case 4:
    case 8:
      live.nodeValue = wanted.nodeValue
      return true
  }
  return false
}

/// Whether a film or a sound goes on rightly with the wanted one's sources: one that has
/// begun looks at none that come or change, nor for another when its own is taken away
/// (https://html.spec.whatwg.org/multipage/embedded-content.html#the-source-element).
function sameSources(live: Element, wanted: Element): boolean {
  const sources = (it: Element) => childrenOf(it).filter(child => nodeName(child) === "SOURCE").map(keyOf).join()
  return sources(live) === sources(wanted) && (hasAttributeNS(wanted, null, "src") || !hasAttributeNS(live, null, "src"))
}

function reconcileAttributes(live: Element, wanted: Element): void {
  for (const attribute of [...attributesOf(live)]) {
    if (!hasAttributeNS(wanted, attribute.namespaceURI, attribute.localName)) removeAttributeNode(live, attribute)
  }
  for (const attribute of [...attributesOf(wanted)]) {
    const now = attributeNodeNS(live, attribute.namespaceURI, attribute.localName)
    if (now && now.value === attribute.value && now.name === attribute.name) continue
    // Nodes, not names: a parser takes names that setAttribute refuses.
    setAttributeNode(live, attribute.cloneNode() as Attr)
  }
}
