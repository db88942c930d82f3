// Frame styles brings style sheets into the preview that the frame cannot load
// by itself, as loading them takes a sign-in and the frame has no cookies: the
// site's own, of a private repository. They come over a port, as text, and are
// put where no element is, so that the document stays the published page.
import { selected, setSheets, sheetsOf } from "./dom"
import type { StyleAnswer, StyleQuestion } from "../protocol/frame"

/// How many addresses are asked for in one document.
const limit = 30

export interface FrameStyles {
  /// Takes the port over which style sheets are asked for and come; a later one
  /// takes the place of an earlier.
  connect(port: MessagePort): void
}

export function createFrameStyles(document: Document): FrameStyles {
  const here = new URL(document.baseURI)
  /// By address, in the order of the page; null until they are there.
  const sheets = new Map<string, CSSStyleSheet | null>()
  let port: MessagePort | null = null

  // Events of links that fail do not bubble.
  document.addEventListener("error", event => {
    if (!(event.target instanceof HTMLLinkElement) || !event.target.relList.contains("stylesheet")) return
    const url = new URL(event.target.href, here)
    if (url.host !== here.host || url.protocol !== here.protocol || sheets.has(url.pathname) || sheets.size >= limit) return
    sheets.set(url.pathname, null)
    ask(url.pathname)
  }, true)

  // What the frame has is told, for the page to keep.
  const told = new Set<string>()
  function tell(link: HTMLLinkElement): void {
    const url = new URL(link.href, here)
    if (!port || url.host !== here.host || told.has(url.pathname) || told.size >= limit) return
    told.add(url.pathname)
    port.postMessage({ address: url.pathname, here: true } satisfies StyleQuestion)
  }
  document.addEventListener("load", event => {
    if (event.target instanceof HTMLLinkElement && event.target.relList.contains("stylesheet")) tell(event.target)
  }, true)

  function ask(address: string): void {
    port?.postMessage({ address } satisfies StyleQuestion)
  }

  return {
    connect(next) {
      port?.close()
      port = next
      port.onmessage = ({ data }: MessageEvent<StyleAnswer>) => {
        if (sheets.get(data.address) !== null) return
        const others = sheetsOf(document).filter(s => ![...sheets.values()].includes(s))
        const sheet = new CSSStyleSheet({ baseURL: new URL(data.address, here).href })
        sheet.replaceSync(data.text)
        sheets.set(data.address, sheet)
        setSheets(document, [...[...sheets.values()].filter(s => s !== null), ...others])
      }
      for (const link of selected(document, "link[rel~=stylesheet][href]") as NodeListOf<HTMLLinkElement>) {
        if (link.sheet) tell(link)
      }
      for (const [address, sheet] of sheets) {
        if (!sheet) ask(address)
      }
    },
  }
}
