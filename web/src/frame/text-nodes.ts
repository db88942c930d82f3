// Text nodes that stand side by side are one after a parser.

import { nodeType, remove } from "./dom"

export function isText(node: Node | null | undefined): node is Text {
  return !!node && nodeType(node) === Node.TEXT_NODE
}

/// Makes one text of those that stand side by side, as a parser does, and
/// tells where one runs from a part into the next.
export function join(parts: ChildNode[][]): boolean[] {
  const runs = parts.slice(1).map(() => false)
  let last: ChildNode | undefined
  let owner = 0
  for (const [i, part] of parts.entries()) {
    const first = part[0]
    if (isText(last) && isText(first)) {
      last.data += first.data
      remove(first)
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
