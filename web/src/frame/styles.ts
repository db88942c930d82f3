// Frame styles brings style sheets into the preview that the frame cannot load
// by itself, as loading them takes a sign-in and the frame has no cookies: the
// site's own, of a private repository. They come over a port, as text, and are
// put where no element is, so that the document stays the published page.
import { selected, setSheets, sheetsOf } from "./dom"
import type { StyleAnswer, StyleQuestion } from "../protocol/frame"

/// How many addresses are asked for in one document.
const limit = 30

/// How long a text is waited for, in milliseconds.
const patience = 5_000

export interface FrameStyles {
  /// Takes the port over which style sheets are asked for and come; a later one
  /// takes the place of an earlier.
  connect(port: MessagePort): void
  /// The text of a link's style sheet, and the address that it is relative to; null
  /// where it is another site's, or nobody gives it.
  source(link: HTMLLinkElement): Promise<{ text: string; base: string } | null>
}

export function createFrameStyles(document: Document): FrameStyles {
  const here = new URL(document.baseURI)
  /// By address, in the order of the page; null until they are there.
  const sheets = new Map<string, CSSStyleSheet | null>()
  let port: MessagePort | null = null
  const texts = new Map<string, (text: string) => void>() // who waits for a text, by address

  // Events of links that fail do not bubble.
  document.addEventListener("error", event => {
    if (!(event.target instanceof HTMLLinkElement) || !event.target.relList.contains("stylesheet")) return
    const address = addressOf(event.target)
    if (address === null || sheets.has(address) || sheets.size >= limit) return
    sheets.set(address, null)
    ask(address)
  }, true)

  // What the frame has is told, for the page to keep.
  const told = new Set<string>()
  function tell(link: HTMLLinkElement): void {
    const address = addressOf(link)
    if (!port || address === null || told.has(address) || told.size >= limit) return
    told.add(address)
    port.postMessage({ address, here: true } satisfies StyleQuestion)
  }
  document.addEventListener("load", event => {
    if (event.target instanceof HTMLLinkElement && event.target.relList.contains("stylesheet")) tell(event.target)
  }, true)

  /// The address, as it is written, of a style sheet of the site; null for another's.
  function addressOf(link: HTMLLinkElement): string | null {
    const url = new URL(link.href, here)
    return url.host === here.host && url.protocol === here.protocol ? link.getAttribute("href") : null
  }

  function ask(address: string): void {
    port?.postMessage({ address } satisfies StyleQuestion)
  }

  return {
    async source(link) {
      const address = addressOf(link)
      if (address === null || sheets.has(address)) return null
      const text = await new Promise<string | null>(resolve => {
        texts.set(address, resolve)
        setTimeout(() => resolve(null), patience)
        ask(address)
      })
      return text === null ? null : { text, base: new URL(address, here).href }
    },
    connect(next) {
      port?.close()
      port = next
      port.onmessage = ({ data }: MessageEvent<StyleAnswer>) => {
        texts.get(data.address)?.(data.text)
        texts.delete(data.address)
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
