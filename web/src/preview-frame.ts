// Preview frame is this side of the frame: it connects ports, believes nothing
// that it is told without a look, and brings the frame back should it be led
// away.
import type { FrameEvent, FrameToPage, PageToFrame } from "./protocol"

export interface PreviewFrameOptions {
  parent: HTMLElement
  /// Address of the frame's document.
  src: string
  /// Called when the frame is there, again whenever its document is new.
  onReady: () => void
  /// Called with a link that was clicked, whole, and known to be harmless to
  /// open.
  onLink: (href: string) => void
  /// Called when a block was clicked.
  onBlock: (index: number) => void
  /// Called when the reader scrolled in the frame.
  onShown: (index: number, fraction: number) => void
  /// What relative links are relative to: the post's address in the published
  /// site.
  base: () => string
}

export interface PreviewFrame {
  /// Makes a new channel for patches, and answers this end; null before the
  /// frame is there.
  connect(): MessagePort | null
  /// Scrolls the frame to a block.
  show(index: number, fraction: number): void
  focus(): void
  destroy(): void
}

/// How often a frame that was led away is brought back.
const returns = 3

export function createPreviewFrame(options: PreviewFrameOptions): PreviewFrame {
  const iframe = document.createElement("iframe")
  iframe.setAttribute("sandbox", "allow-scripts")
  iframe.title = "Page preview"
  iframe.referrerPolicy = "no-referrer"
  let loads = 0
  let ready = false
  let page: MessagePort | null = null

  iframe.addEventListener("load", () => {
    loads++
    // Nothing in it may navigate. If something did, its document is not ours
    // any more, and only we can put ours back.
    if (loads % 2 === 0 && loads <= 2 * returns) {
      ready = false
      iframe.src = options.src
      return
    }
    if (loads > 2 * returns) return
    ready = true
    page?.close()
    page = null
    options.onReady()
  })

  const heard = (event: MessageEvent<FrameEvent>) => {
    if (event.source !== iframe.contentWindow || typeof event.data !== "object" || !event.data) return
    if (event.data.type === "link" && typeof event.data.href === "string") {
      const href = safeLink(event.data.href, options.base())
      if (href) options.onLink(href)
    } else if (event.data.type === "block" && Number.isInteger(event.data.index)) {
      options.onBlock(event.data.index)
    }
  }
  addEventListener("message", heard)
  iframe.src = options.src
  options.parent.append(iframe)

  return {
    connect() {
      if (!ready || !iframe.contentWindow) return null
      const patches = new MessageChannel()
      const ports = [patches.port2]
      if (!page) {
        const channel = new MessageChannel()
        page = channel.port1
        page.onmessage = (event: MessageEvent<FrameToPage>) => {
          const { index, fraction } = event.data
          if (Number.isInteger(index) && Number.isFinite(fraction)) options.onShown(index, fraction)
        }
        ports.push(channel.port2)
      }
      iframe.contentWindow.postMessage({ type: "galley-port" }, "*", ports)
      return patches.port1
    },
    show(index, fraction) {
      page?.postMessage({ type: "show", index, fraction } satisfies PageToFrame)
    },
    focus: () => iframe.focus(),
    destroy() {
      removeEventListener("message", heard)
      page?.close()
      iframe.remove()
    },
  }
}

/// A link's whole address, or null where it is not one to open in a tab.
export function safeLink(href: string, base: string): string | null {
  let address: URL
  try {
    address = new URL(href, base)
  } catch {
    return null
  }
  return /^(https?|mailto):$/.test(address.protocol) ? address.href : null
}
