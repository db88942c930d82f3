// Frame pictures shows pictures that the frame cannot load by itself: those that
// are in no commit yet, those of another branch than the site is published
// from, and those that take a sign-in. Their bytes come over a port.
//
// The document is not changed for it. A style sheet that is in no element gives
// each such `<img>` its picture as `content`, by the address that is written in
// it, so that the document stays the published page, node for node, and an
// element that a patch makes anew has its picture at once. What nobody has is shown as a
// picture that says so.
import { selectedIn } from "./dom"
import type { PictureAnswer, PictureQuestion } from "../protocol/frame"

/// How many addresses are asked for in one document.
const limit = 300

export interface FramePictures {
  /// Takes the port over which pictures are asked for and come; a later one
  /// takes the place of an earlier.
  connect(port: MessagePort): void
}

export function createFramePictures(document: Document): FramePictures {
  const here = new URL(document.baseURI)
  const images = document.getElementsByTagName("img")
  const sheet = new CSSStyleSheet()
  /// By what is written in elements: the path that the frame loads for it.
  const asked = new Map<string, string>()
  const shown = new Set<string>()
  const failed = new Set<string>()
  /// What says that a picture is missing, until there is one.
  const signs = new Map<string, CSSRule>()
  let port: MessagePort | null = null

  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  // Pictures that fail do so one by one, and their events do not bubble.
  document.addEventListener("error", event => {
    if (!(event.target instanceof HTMLImageElement)) return
    const written = note(event.target)
    if (written === null || failed.has(written) || shown.has(written)) return
    failed.add(written)
    ask(written)
  }, true)
  document.addEventListener("load", event => {
    if (event.target instanceof HTMLImageElement) takeSign(event.target.getAttribute("src") ?? "")
  }, true)
  new MutationObserver(changes => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") look(target)
      else for (const node of addedNodes) look(node)
    }
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["src"] })

  function look(node: Node): void {
    if (!(node instanceof Element)) return
    if (node instanceof HTMLImageElement) note(node)
    for (const image of selectedIn(node, "img")) note(image as HTMLImageElement)
  }

  /// Notes a picture of the site, and answers its address as it is written; null for
  /// any other.
  function note(image: HTMLImageElement): string | null {
    const written = image.getAttribute("src")
    if (!written) return null
    if (!asked.has(written)) {
      const path = pathOf(written)
      if (path === null || asked.size >= limit) return null
      asked.set(written, path)
      ask(written)
    }
    return written
  }

  /// Takes the sign away from a picture that is there.
  function takeSign(written: string): void {
    const at = [...sheet.cssRules].indexOf(signs.get(written)!)
    if (signs.delete(written) && at >= 0) sheet.deleteRule(at)
  }

  function pathOf(written: string): string | null {
    try {
      const url = new URL(written, here)
      return url.host === here.host && url.protocol === here.protocol ? url.pathname : null
    } catch {
      return null
    }
  }

  function ask(written: string): void {
    port?.postMessage({ address: written, loads: asked.get(written)!, failed: failed.has(written) } satisfies PictureQuestion)
  }

  return {
    connect(next) {
      port?.close()
      port = next
      port.onmessage = ({ data }: MessageEvent<PictureAnswer>) => {
        if (shown.has(data.address) || (data.missing && signs.has(data.address))) return
        takeSign(data.address)
        if (!data.missing) shown.add(data.address)
        const rule = `img[src=${CSS.escape(data.address)}] { content: url("${URL.createObjectURL(data.picture)}") }`
        const at = sheet.insertRule(rule, sheet.cssRules.length)
        if (data.missing) signs.set(data.address, sheet.cssRules[at]!)
      }
      for (const image of images) note(image)
      for (const written of asked.keys()) {
        if (!shown.has(written)) ask(written)
      }
    },
  }
}
