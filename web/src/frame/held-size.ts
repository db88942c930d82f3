// Held size spares the page a layout while letters are typed into one paragraph,
// heading or item. A browser lays out every block around a change, since its
// height may have become another; so the element that is typed into is held at
// the size that it has anyway, and is let go as soon as its lines are more or
// fewer. A style sheet that is in no element holds it: the document stays the
// published page, node for node.
//
// `contain: size layout` makes the layout of what is in an element its own
// affair (https://drafts.csswg.org/css-contain/#containment-size). Nobody can
// tell as long as there is nothing in it but text, and its size is right:
// `isPlain` sees to the one and to its width, which must not be up to what is in
// it, and `linesOf` tells when its height may be another. A second after the last
// letter it is let go, whatever is the case.

import {
  boxesOf, boxOf, childCount, childElements, clientWidth, closest, computedStyles, contains, descendants, localName, nextElementOf, parentElementOf, rangeIn,
  rootOf, scrollWidth, setSheets, sheetsOf,
} from "./dom"

export interface Pin {
  /// Tells that the characters of a text were changed, and nothing else. Its
  /// element is held from the next idle moment on.
  typed(text: Text): void
  /// Lets go, before any other change of the document.
  release(): void
}

/// What is held, and how it was broken into lines then.
interface Held {
  element: HTMLElement
  contents: Range
  lines: string
  parentWidth: number
}

const holdable = "p, li, h1, h2, h3, h4, h5, h6, dt, dd"
/// What may stand in it.
const phrasing = new Set("a abbr b br cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var".split(" "))
/// How many elements may stand in it, and how many must stand beside it for a
/// page's layout to be worth sparing.
const mostInside = 20
const leastBeside = 60
/// How long it is held behind a letter, in milliseconds: there may be changes of
/// the page that nobody tells of.
const patience = 1_000

export function createPin(document: Document): Pin {
  if (typeof requestIdleCallback !== "function" || typeof Element.prototype.computedStyleMap !== "function") return { typed() {}, release() {} }
  const sheet = new CSSStyleSheet()
  let held: Held | null = null
  let letGo: ReturnType<typeof setTimeout> | undefined
  let wanted: Text | null = null
  let asked = 0
  // Something moved when it was held.
  let refused: HTMLElement | null = null

  // What else changes how wide or high a text is, as far as it is told.
  const widths = new ResizeObserver(() => {
    if (held && widthOf(parentElementOf(held.element)!) !== held.parentWidth) release()
  })
  for (const type of ["load", "toggle"]) document.addEventListener(type, release, true)
  document.fonts.addEventListener("loadingdone", release)
  for (const type of ["resize", "beforeprint"]) addEventListener(type, release)

  function release(): void {
    wanted = null
    if (!held) return
    const { element } = held
    held = null
    widths.disconnect()
    sheet.replaceSync("")
    // At once: a rule that counts siblings would make the next change among
    // them one of all their styles.
    void getComputedStyle(element).contain
  }

  function hold(): void {
    asked = 0
    const around = wanted && parentElementOf(wanted)
    const element = around && closest(around, holdable) as HTMLElement | null
    const parent = element && parentElementOf(element)
    wanted = null
    if (!element || !parent || element === refused || !isPlain(element)) return
    const contents = rangeIn(document)
    contents.selectNodeContents(element)
    const now: Held = { element, contents, lines: linesOf(element, contents), parentWidth: widthOf(parent) }
    const was = placesOf(element)
    if (!sheetsOf(document).includes(sheet)) setSheets(document, [...sheetsOf(document), sheet])
    // Its rectangle is exact; as text, a computed style has six digits.
    const { width, height } = boxOf(element)
    sheet.replaceSync(`${pathTo(element)} { contain: size layout !important; box-sizing: border-box !important; width: ${width}px !important; height: ${height}px !important }`)
    held = now
    if (placesOf(element) === was && fits(now)) return widths.observe(parent)
    release()
    refused = element
  }

  return {
    typed(text) {
      if (held && (!contains(held.element, text) || !fits(held))) release()
      clearTimeout(letGo)
      letGo = setTimeout(release, patience)
      if (held) return
      wanted = text
      asked ||= requestIdleCallback(hold, { timeout: 100 })
    },
    release,
  }
}

/// Whether an element still has the size that it is held at.
function fits({ element, contents, lines }: Held): boolean {
  return linesOf(element, contents) === lines && scrollWidth(element) <= clientWidth(element)
}

/// How an element's text is broken into lines, as far as its height goes: where
/// the first and the last line are and on which lines the elements in it stand,
/// which may make a line higher.
function linesOf(element: Element, contents: Range): string {
  const { top } = boxOf(element)
  const all = contents.getBoundingClientRect()
  const edges = [all.top, all.bottom]
  for (const one of descendants(element, "*")) {
    for (const rect of boxesOf(one)) edges.push(rect.top)
  }
  // The browser counts in 64ths of a pixel.
  return edges.map(edge => Math.round((edge - top) * 64)).join()
}

const widthOf = (element: Element) => boxOf(element).width

/// Where an element and what follows it are, to see whether anything moved.
function placesOf(element: Element): string {
  return [element, nextElementOf(element) ?? parentElementOf(element)!, rootOf(document)]
    .map(one => boxOf(one)).map(({ x, y, width, height }) => [x, y, width, height].join()).join()
}

/// Whether an element is a run of text among many blocks whose size nothing but
/// its lines depend on, and whose width depends on nothing in it.
function isPlain(element: HTMLElement): boolean {
  const parent = parentElementOf(element)!
  const above = parentElementOf(parent)
  if (childCount(parent) + (above ? childCount(above) : 0) < leastBeside) return false
  // Else a letter of another font may make a line higher.
  const { lineHeight, writingMode } = getComputedStyle(element)
  if (lineHeight === "normal" || writingMode !== "horizontal-tb" || getComputedStyle(element, "::first-letter").float !== "none") return false
  if (hasMore(element)) return false
  const inside = descendants(element, "*")
  if (inside.length > mostInside) return false
  for (const one of inside) {
    const { display, position, float, lineHeight } = getComputedStyle(one)
    if (!phrasing.has(localName(one)) || display !== "inline" || position !== "static" || float !== "none" || lineHeight === "normal" || hasMore(one)) return false
  }
  for (let one: HTMLElement | null = element; one; one = parentElementOf(one)) {
    if (!isWide(one)) return false
  }
  return true
}

/// Whether a style sheet adds something to an element's contents.
function hasMore(element: Element): boolean {
  return ["::before", "::after"].some(name => !/^(none|normal)$/.test(getComputedStyle(element, name).content))
}

/// Whether an element is as wide as its parent lets it be, whatever it holds.
function isWide(element: HTMLElement): boolean {
  const { display, float, position, columnCount, columnWidth } = getComputedStyle(element)
  if (!/^(block|flow-root|list-item|flex)$/.test(display) || float !== "none" || !/^(static|relative)$/.test(position)) return false
  if (columnCount !== "auto" || columnWidth !== "auto") return false
  const styles = computedStyles(element)
  if (["width", "min-width", "max-width"].some(name => /content/.test(String(styles.get(name))))) return false
  const around = parentElementOf(element)
  const parent = around && getComputedStyle(around)
  if (parent?.display !== "flex") return true
  if (!parent.flexDirection.startsWith("column")) return false
  if (String(styles.get("width")) !== "auto") return true
  if (["margin-left", "margin-right"].some(name => String(styles.get(name)) === "auto")) return false
  const { alignSelf } = getComputedStyle(element)
  const align = /^(auto|normal)$/.test(alignSelf) ? parent.alignItems : alignSelf
  return /^(normal|stretch)$/.test(align)
}

/// A selector of one element.
function pathTo(element: Element): string {
  let path = ""
  let one = element
  for (let parent = parentElementOf(one); parent; parent = parentElementOf(one)) {
    path = `>${CSS.escape(localName(one))}:nth-child(${[...childElements(parent)].indexOf(one) + 1})${path}`
    one = parent
  }
  return ":root" + path
}
