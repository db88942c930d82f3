// Frame pictures shows pictures that the frame cannot load by itself: those that
// are in no commit yet, those of another branch than the site is published
// from, and those that take a sign-in. Their bytes come over a port.
//
// The document is not changed for it. A style sheet that is in no element gives
// each such `<img>` its picture as `content`, by the address that is written in
// it, so that the document stays the published page, node for node, and an
// element that a patch makes anew has its picture at once.
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
  /// By address: what is written in the elements that mean it.
  const spellings = new Map<string, Set<string>>()
  const shown = new Map<string, string>() // address -> blob:
  const failed = new Set<string>()
  let port: MessagePort | null = null

  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  // Pictures that fail do so one by one, and their events do not bubble.
  document.addEventListener("error", event => {
    if (!(event.target instanceof HTMLImageElement)) return
    const address = note(event.target)
    if (address === null || failed.has(address) || shown.has(address)) return
    failed.add(address)
    ask(address)
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

  /// Notes a picture of the site, and answers its address; null for any other.
  function note(image: HTMLImageElement): string | null {
    const written = image.getAttribute("src")
    const address = written ? addressOf(written) : null
    if (!written || address === null) return null
    let known = spellings.get(address)
    if (!known) {
      if (spellings.size >= limit) return null
      spellings.set(address, (known = new Set()))
      ask(address)
    }
    if (!known.has(written)) {
      known.add(written)
      const blob = shown.get(address)
      if (blob) rule(written, blob)
    }
    return address
  }

  function addressOf(written: string): string | null {
    try {
      const url = new URL(written, here)
      return url.host === here.host && url.protocol === here.protocol ? url.pathname : null
    } catch {
      return null
    }
  }

  function ask(address: string): void {
    port?.postMessage({ address, failed: failed.has(address) } satisfies PictureQuestion)
  }

  function rule(written: string, blob: string): void {
    sheet.insertRule(`img[src=${CSS.escape(written)}] { content: url("${blob}") }`, sheet.cssRules.length)
  }

  return {
    connect(next) {
      port?.close()
      port = next
      port.onmessage = ({ data }: MessageEvent<PictureAnswer>) => {
        if (shown.has(data.address)) return
        const blob = URL.createObjectURL(data.picture)
        shown.set(data.address, blob)
        for (const written of spellings.get(data.address) ?? []) rule(written, blob)
      }
      for (const image of images) note(image)
      for (const address of spellings.keys()) {
        if (!shown.has(address)) ask(address)
      }
    },
  }
}
