// Frame is the only script of the preview's document, which has an opaque
// origin. It shows what arrives by its ports and reports clicks; it follows no
// link. docs/protocol.md describes its messages.
import { createCursorMark, type Box } from "./cursor-mark"
import { attribute, attributeNS, boxOf as rectangleOf, elementById, localName, modeOf, rootOf, scrollHeight, scrollIntoView } from "./dom"
import { createFramePictures } from "./pictures"
import { createFrameStyles } from "./styles"
import { createPatcher } from "./patcher"
import { createPrinted } from "./printed"
import type { FrameEvent, FromFrame, FrameToPage, PageToFrame, PortForFrame, ToFrame } from "../protocol/frame"

const me = document.currentScript ?? document.querySelector("script")
if (me) {
  // The page has no such element: without it the document is the page.
  const { previousSibling: left, nextSibling: right } = me
  me.remove()
  if (left instanceof Text && right instanceof Text) {
    right.data = left.data + right.data
    left.remove()
  }
}

/// How many hosts are told of.
const mostBlocked = 60
/// How long the page has to be one of another mode until that is told, in milliseconds:
/// while a layout's name is typed it has none.
const otherModePatience = 600

const patcher = createPatcher(document)
const mark = createCursorMark(document, boxOf)
const pictures = createFramePictures(document)
const styles = createFrameStyles(document)
const printed = createPrinted(document, styles.source)

function tell(event: FrameEvent): void {
  if (parent !== window) parent.postMessage(event, "*")
}

addEventListener("message", (event: MessageEvent<PortForFrame | undefined>) => {
  const port = event.ports[0]
  if (parent === window || event.source !== parent || !port) return
  if (event.data?.type === "galley-port") takePatches(port)
  else if (event.data?.type === "galley-page") follow(port)
  else if (event.data?.type === "galley-pictures") pictures.connect(port)
  else if (event.data?.type === "galley-styles") styles.connect(port)
})

// Pictures may take their time; patches need only the nodes.
if (document.readyState !== "loading") arrive()
else document.addEventListener("DOMContentLoaded", arrive, { once: true })

function arrive(): void {
  tell({ type: "here" })
  // Frames are drawn while style sheets are still on their way, with nothing in them.
  const painting = new PerformanceObserver(() => {
    painting.disconnect()
    tell({ type: "seen" })
  })
  painting.observe({ type: "paint", buffered: true })
}

/// By which port the page came that is shown.
let shownBy: MessagePort | null = null

function takePatches(port: MessagePort): void {
  port.onmessage = (event: MessageEvent<ToFrame>) => {
    const { seq, patch } = event.data
    let done = false
    try {
      // A worker's changes are of the page that it sent. Where the server's was
      // later on its way, they would be of another text.
      done = (patch?.kind === "page" || shownBy === port) && patcher.apply(patch, seq)
      if (done) {
        shownBy = port
        watchMode()
      }
      printed.refresh()
    } catch (error) {
      console.error("Galley's preview could not apply a change:", error)
    }
    port.postMessage((done ? { type: "painted", seq } : { type: "lost", seq, page: patch?.kind === "page" }) satisfies FromFrame)
  }
}

let otherMode: ReturnType<typeof setTimeout> | undefined

/// Tells where this document is laid out otherwise than the published page, which no
/// change of nodes mends.
function watchMode(): void {
  clearTimeout(otherMode)
  const quirks = patcher.mode() === "BackCompat"
  if (quirks !== (modeOf(document) === "BackCompat")) otherMode = setTimeout(() => tell({ type: "mode", quirks }), otherModePatience)
}

// Each host that the policy kept the page from is told once.
const blocked = new Set<string>()
addEventListener("securitypolicyviolation", event => {
  if (!/^(img|media|font|frame|style)-src/.test(event.effectiveDirective) || !event.blockedURI.startsWith("https:")) return
  const { hostname } = new URL(event.blockedURI)
  if (blocked.has(hostname) || blocked.size >= mostBlocked) return
  blocked.add(hostname)
  tell({ type: "blocked", host: hostname })
})

// Links are the page's to open: here none may lead away from the preview.
for (const type of ["click", "auxclick"] as const) {
  addEventListener(type, event => {
    const link = linkAt(event)
    if (link !== null) {
      event.preventDefault()
      if (link.startsWith("#")) jump(link.slice(1))
      else if (type === "click" || event.button === 1) tell({ type: "link", href: link })
      return
    }
    if (type !== "click" || !getSelection()?.isCollapsed) return
    const index = event.target instanceof Node ? patcher.blockOf(event.target) : -1
    if (index >= 0) tell({ type: "block", index })
  }, true)
}
// The app does not hear keys that are pressed here, so the way out is told.
addEventListener("keydown", event => {
  if (!event.isTrusted || event.key !== "F6") return
  event.preventDefault()
  tell({ type: "leave" })
}, true)
addEventListener("submit", event => event.preventDefault(), true)
// A file that is dropped here would be opened in the page's place.
for (const type of ["dragover", "drop"] as const) addEventListener(type, event => event.preventDefault(), true)
addEventListener("dragstart", event => {
  if (linkAt(event) !== null) event.preventDefault()
}, true)

/// The address, as it is written, of the link that an event hit; null for none.
function linkAt(event: Event): string | null {
  for (const target of event.composedPath()) {
    if (!(target instanceof Element)) continue
    const name = localName(target)
    if (name !== "a" && name !== "area") continue
    const href = attribute(target, "href") ?? attributeNS(target, "http://www.w3.org/1999/xlink", "href")
    if (href !== null) return href
  }
  return null
}

function jump(fragment: string): void {
  let id = fragment
  try {
    id = decodeURIComponent(fragment)
  } catch {
    // It is no encoding, so it is the name itself.
  }
  const target = elementById(document, id) ?? elementById(document, fragment)
  if (target) scrollIntoView(target)
  else if (id === "" || id === "top") scrollTo(0, 0)
}

/// Scrolls with the editor, and tells it where the reader scrolled to.
function follow(port: MessagePort): void {
  // Whoever begins to listen has not heard what was told before.
  for (const host of blocked) tell({ type: "blocked", host })
  let led = -1 // where the editor scrolled to, so that it is not told back
  const lead = (wanted: number) => {
    const top = Math.max(0, Math.min(Math.round(wanted), scrollHeight(rootOf(document)) - innerHeight))
    if (Math.abs(top - scrollY) < 1) return
    led = top
    scrollTo({ top, behavior: "instant" })
  }
  port.onmessage = (event: MessageEvent<PageToFrame>) => {
    const message = event.data
    if (message.type === "ask") return port.postMessage({ type: "here", at: location.pathname } satisfies FrameToPage)
    if (message.type === "typed") return patcher.typed(message.seq, message.letters)
    if (message.type === "look") return printed.set(message.print)
    if (message.type === "mark") return mark.set(message.index)
    const box = message.index < 0 ? { top: -scrollY, bottom: -scrollY } : boxOf(message.index)
    if (!box) return
    if (message.type === "show") lead(scrollY + box.top + message.fraction * (box.bottom - box.top))
    else if (box.bottom > innerHeight) lead(scrollY + Math.min(box.top - innerHeight / 4, box.bottom - innerHeight * 0.75))
    else if (box.top < 0) lead(scrollY + Math.max(box.top, box.bottom - innerHeight) - innerHeight / 4)
  }
  let asked = 0
  addEventListener("scroll", () => {
    if (Math.abs(scrollY - led) < 2) return
    led = -1
    cancelAnimationFrame(asked)
    asked = requestAnimationFrame(() => {
      const at = topBlock()
      if (at) port.postMessage(at satisfies FrameToPage)
    })
  }, { passive: true })
}

function boxOf(index: number): Box | null {
  let top = Infinity
  let bottom = -Infinity
  let left = Infinity
  for (const node of patcher.nodesOf(index)) {
    if (!(node instanceof Element)) continue
    const rect = rectangleOf(node)
    if (rect.height === 0 && rect.width === 0) continue
    top = Math.min(top, rect.top)
    bottom = Math.max(bottom, rect.bottom)
    left = Math.min(left, rect.left)
  }
  return top <= bottom ? { top, bottom, left } : null
}

type Shown = Extract<FrameToPage, { type: "shown" }>

/// The block at the window's top, found by halving: boxes follow one another.
function topBlock(): Shown | null {
  if (scrollY <= 0) return { type: "shown", index: -1, fraction: 0 }
  let low = 0
  let high = patcher.count() - 1
  let best: Shown | null = null
  while (low <= high) {
    const middle = (low + high) >> 1
    let at = middle
    let box = boxOf(at)
    while (!box && at > low) box = boxOf(--at)
    if (!box) {
      low = middle + 1
      continue
    }
    if (box.top <= 1) {
      const height = box.bottom - box.top
      const fraction = height > 0 ? Math.min(1, Math.max(0, -box.top / height)) : 0
      if (!best || at >= best.index) best = { type: "shown", index: at, fraction }
      low = middle + 1
    } else {
      high = at - 1
    }
  }
  return best ?? (patcher.count() > 0 ? { type: "shown", index: 0, fraction: 0 } : null)
}
