// Copy makes a document of a rendered page that can be looked at by scripts that ask
// nodes for their properties: axe-core does. It is no longer the published page node
// for node, as the preview is, but looks and reads the same.
import {
  attribute, attributesOf, descendants, firstChildOf, localName, namespaceOf, nextOf, nodeType, parentOf, remove, removeAttribute, setAttribute, rootOf,
} from "../frame/dom"
import { parsePage } from "../frame/page-parser"
import type { PageCopy } from "../protocol/audit"

export interface Copy {
  /// The root element, in a document in which nothing acts.
  root: Element
  /// The number of the block that an element was begun in, -1 outside of all.
  blockOf(element: Element): number
}

/// `secret` is a text that whoever wrote the page cannot know.
export function copyOf(page: PageCopy, secret: string): Copy {
  const html = page.before + page.blocks.map((block, i) => mark(secret, i) + block).join("") + mark(secret, -1) + page.after
  const document = parsePage(html)
  const root = rootOf(document)
  const numbers = new WeakMap<Element, number>()
  let block = -1
  const marks: Comment[] = []
  for (const node of nodesFrom(root)) {
    if (node instanceof Comment) {
      if (!node.data.startsWith(secret)) continue
      block = Number(node.data.slice(secret.length))
      marks.push(node)
    } else if (nodeType(node) === Node.ELEMENT_NODE) numbers.set(node as Element, block)
  }
  for (const one of marks) remove(one)
  const elements = [root, ...descendants(root, "*")]
  for (const element of elements) calm(element)
  unshadow(elements)
  return { root, blockOf: element => numbers.get(element) ?? -1 }
}

const mark = (secret: string, block: number) => `<!--${secret}${block}-->`

/// All nodes from one on, as they stand in the source.
function* nodesFrom(root: Node): Generator<Node> {
  for (let node: Node | null = root; node;) {
    yield node
    let next = firstChildOf(node)
    while (!next && node && node !== root) {
      next = nextOf(node)
      if (!next) node = parentOf(node)
    }
    node = next
  }
}

/// What a copy need not load, since it is not looked into.
const loading: Readonly<Record<string, readonly string[]>> = {
  iframe: ["src", "srcdoc"], frame: ["src"], object: ["data"], embed: ["src"], video: ["src", "poster"], audio: ["src"], source: ["src", "srcset"], track: ["src"],
}

function calm(element: Element): void {
  for (const name of loading[localName(element)] ?? []) removeAttribute(element, name)
}

/// What is read of the document by its name, and what of a form.
const named: ReadonlySet<string> = new Set(["embed", "form", "iframe", "img", "object"])
const listed: ReadonlySet<string> = new Set(["button", "fieldset", "img", "input", "object", "output", "select", "textarea"])
/// Attributes that have names of other elements, several or one.
const referring: ReadonlySet<string> = new Set([
  "for", "form", "headers", "list", "aria-activedescendant", "aria-controls", "aria-describedby", "aria-details", "aria-errormessage", "aria-flowto", "aria-labelledby", "aria-owns",
])

/// Gives what would stand in the place of a property of the document or of a form
/// another name, and to whatever refers to it.
function unshadow(elements: readonly Element[]): void {
  const renamed = new Map<string, string>()
  for (const element of elements) {
    if (namespaceOf(element) !== "http://www.w3.org/1999/xhtml") continue
    const name = localName(element)
    if (!named.has(name) && !listed.has(name)) continue
    for (const key of ["id", "name"]) {
      const value = attribute(element, key)
      if (value === null || !isProperty(value)) continue
      const other = "its-" + value
      setAttribute(element, key, other)
      if (key === "id") renamed.set(value, other)
    }
  }
  if (renamed.size === 0) return
  for (const element of elements) {
    for (const { name, value } of [...attributesOf(element)]) {
      if (referring.has(name)) setAttribute(element, name, value.split(/\s+/).map(one => renamed.get(one) ?? one).join(" "))
      else if (name === "href" && value.startsWith("#") && renamed.has(value.slice(1))) setAttribute(element, name, "#" + renamed.get(value.slice(1))!)
    }
  }
}

/// An empty document and form, which no page has touched.
const plain = document.implementation.createHTMLDocument("")
const form = plain.createElement("form")

function isProperty(name: string): boolean {
  return name in plain || name in form || name in globalThis
}
