// DOM reads and changes nodes by what their interfaces have. The published page
// may give anything any name, and a form's fields stand in the place of the
// form's own properties, a picture's or a form's in that of the document's
// (https://html.spec.whatwg.org/multipage/dom.html#dom-document-nameditem):
// behind `<form><input name="remove"></form>`, `form.remove` is an input. So
// nothing in this folder asks an element or a document of the page for a property
// itself.

/// Reads a property as its interface has it.
function reader<T extends object, K extends keyof T & string>(of: T, name: K): (it: T) => T[K] {
  const { get } = Object.getOwnPropertyDescriptor(of, name)!
  return it => get!.call(it) as T[K]
}

/// Sets a property as its interface does.
function writer<T extends object, K extends keyof T & string>(of: T, name: K): (it: T, value: T[K]) => void {
  const { set } = Object.getOwnPropertyDescriptor(of, name)!
  return (it, value) => set!.call(it, value)
}

/// Calls a method as its interface has it.
function caller<T extends object, A extends unknown[], R>(_: T, method: (this: T, ...rest: A) => R): (it: T, ...rest: A) => R {
  return (it, ...rest) => Reflect.apply(method, it, rest) as R
}

const node = Node.prototype
const element = Element.prototype
const page = Document.prototype

export const nodeType = reader(node, "nodeType")
export const nodeName = reader(node, "nodeName")
export const nodeValue = reader(node, "nodeValue")
export const textOf = reader(node, "textContent")
export const parentOf = reader(node, "parentNode") as (it: Node) => ParentNode | null
export const parentElementOf = reader(node, "parentElement")
export const firstChildOf = reader(node, "firstChild")
export const nextOf = reader(node, "nextSibling")
export const previousOf = reader(node, "previousSibling")
export const isEqual = caller(node, node.isEqualNode)
export const contains = caller(node, node.contains)
export const insert = caller(node, node.insertBefore as (this: Node, child: Node, before: Node | null) => Node)
const childList = reader(node, "childNodes")
const removeChild = caller(node, node.removeChild as (this: Node, child: Node) => Node)

export const localName = reader(element, "localName")
export const namespaceOf = reader(element, "namespaceURI")
export const prefixOf = reader(element, "prefix")
export const outerHTML = reader(element, "outerHTML")
export const setInnerHTML = writer(element, "innerHTML")
export const attributesOf = reader(element, "attributes")
export const attribute = caller(element, element.getAttribute)
export const attributeNS = caller(element, element.getAttributeNS)
export const hasAttributeNS = caller(element, element.hasAttributeNS)
export const attributeNodeNS = caller(element, element.getAttributeNodeNS)
export const setAttributeNode = caller(element, element.setAttributeNodeNS)
export const removeAttributeNode = caller(element, element.removeAttributeNode)
export const removeAttribute = caller(element, element.removeAttribute)
export const setAttribute = caller(element, element.setAttribute)
export const closest = caller(element, element.closest as (this: Element, selector: string) => Element | null)
export const descendants = caller(element, element.getElementsByTagName as (this: Element, name: string) => HTMLCollectionOf<Element>)
export const selectedIn = caller(element, element.querySelectorAll as (this: Element, selector: string) => NodeListOf<Element>)
export const boxOf = caller(element, element.getBoundingClientRect)
export const boxesOf = caller(element, element.getClientRects)
export const childCount = reader(element, "childElementCount")
export const childElements = reader(element, "children")
export const nextElementOf = reader(element, "nextElementSibling")
export const clientWidth = reader(element, "clientWidth")
export const scrollWidth = reader(element, "scrollWidth")
export const scrollHeight = reader(element, "scrollHeight")
export const scrollIntoView = caller(element, element.scrollIntoView as (this: Element) => void)
export const computedStyles = caller(element, element.computedStyleMap)

export const rootOf = reader(page, "documentElement")
export const modeOf = reader(page, "compatMode")
export const walkerOf = caller(page, page.createTreeWalker as (this: Document, root: Node, what: number) => TreeWalker)
export const rangeIn = caller(page, page.createRange)
export const elementById = caller(page, page.getElementById)
export const selected = caller(page, page.querySelectorAll as (this: Document, selector: string) => NodeListOf<Element>)
export const styleSheetsOf = reader(page, "styleSheets")
export const sheetsOf = reader(page, "adoptedStyleSheets")
export const setSheets = writer(page, "adoptedStyleSheets")

/// A node's children, as they are now.
export const childrenOf = (it: Node): ChildNode[] => [...childList(it)]

/// Takes a node out of its parent, if it has one.
export function remove(it: Node): void {
  const parent = parentOf(it)
  if (parent) removeChild(parent, it)
}

/// Puts nodes before a child of a parent, or behind all of them.
export function insertAll(parent: Node, nodes: readonly Node[], before: Node | null): void {
  for (const one of nodes) insert(parent, one, before)
}
