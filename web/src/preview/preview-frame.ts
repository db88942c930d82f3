// Preview frame is this side of the frame: it connects ports, believes nothing
// that it is told without a look, and brings the frame back should it be led
// away.
import type { FrameEvent, FrameToPage, PageToFrame, PortForFrame } from "../protocol/frame"
import { createSandbox, letKeptIn } from "../protocol/sandbox"
import { answerStyles } from "./styles"

export interface PreviewFrameOptions {
  parent: HTMLElement
  /// Address of the frame's document.
  src: string
  /// Address of a document with nothing of the post in it, which the frame
  /// goes back to when the post led it away. `quirks` says whether it is in quirks
  /// mode, null where nobody knows what the page needs.
  blank: (quirks: boolean | null) => string
  /// Address of a document without a page, which is there without the server;
  /// see `fallBack`.
  empty: string
  /// Gets a style sheet of the site for the frame.
  styles: typeof fetch
  /// Moves a frame that already loads `src` into the parent, and tells whether
  /// it is there; null for none.
  adopt?: (src: string, parent: HTMLElement) => { element: HTMLIFrameElement; here: boolean } | null
  /// Called when the frame is there, again whenever its document is new.
  onReady: () => void
  /// Called when the page led the frame away, or loaded it anew, once for all its
  /// doing so; again, with `forGood`, when it is brought back no more.
  onLedAway: (forGood: boolean) => void
  /// Called with a link that was clicked, whole, and known to be harmless to
  /// open.
  onLink: (href: string) => void
  /// Called with a port over which the frame asks for pictures.
  onPictures: (port: MessagePort) => void
  /// Called with a host that the page was to load something from, and may not.
  onBlocked: (host: string) => void
  /// Called when a block was clicked.
  onBlock: (index: number) => void
  /// Called when F6 was pressed in the frame, to go on to the next part of the
  /// screen.
  onLeave: () => void
  /// Called when the reader scrolled in the frame.
  onShown: (index: number, fraction: number) => void
  /// What relative links are relative to: the post's address in the published
  /// site.
  base: () => string
  /// The same at this page's host, for what the frame cannot load.
  here: () => string
}

export interface PreviewFrame {
  /// Makes a new channel for patches, and answers this end; null before the
  /// frame is there.
  connect(): MessagePort | null
  /// Begins anew, with a document that has nothing of the post in it. `onReady`
  /// tells when it is there.
  renew(): void
  /// The path of its document's address; "" until it is known.
  at(): string
  /// Goes on with the document that is there without the server, unless another
  /// is there already.
  fallBack(): void
  /// Shows letters that were typed right behind edit number `seq`, all of them
  /// since, ahead of their rendering.
  typed(seq: number, letters: string): void
  /// Scrolls the frame to a block.
  show(index: number, fraction: number): void
  /// Scrolls the frame to a block, unless it is in sight.
  reveal(index: number): void
  /// Shows the page as it is printed, or as it is on a screen.
  look(print: boolean): void
  /// Marks a block as the one that the cursor is in; -1 for none.
  mark(index: number): void
  /// How large it is, in CSS pixels.
  size(): { width: number; height: number }
  focus(): void
  destroy(): void
}

/// How often a frame that was led away is brought back.
const returns = 3
/// How long the patcher may take to answer, in milliseconds.
const patience = 10_000

export function createPreviewFrame(options: PreviewFrameOptions): PreviewFrame {
  const begun = options.adopt?.(options.src, options.parent) ?? null
  const iframe = begun?.element ?? createSandbox()
  let returned = 0
  // Documents that were asked for here, and did not say yet that they are there.
  let awaited = 1
  let ready = false
  let fallen = false
  let at = ""
  let printed = false
  // Which mode the frame asked for last.
  let quirks: boolean | null = null
  let page: MessagePort | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  /// Loads another document in the place of the one that is there: the browser's Back is
  /// to leave the editor, and would lead the frame alone back otherwise.
  function load(address: string): void {
    if (iframe.contentWindow) iframe.contentWindow.location.replace(new URL(address, location.href).href)
    else iframe.src = address
  }

  function renew(): void {
    ready = false
    at = ""
    awaited++
    load(fallen ? options.empty : options.blank(quirks))
  }

  /// The page needs a document in another mode. Where one that was asked for is not what
  /// came, it stays.
  function needs(wanted: boolean): void {
    if (fallen || wanted === quirks) return
    quirks = wanted
    renew()
  }

  /// The page has led the frame away, or loaded itself anew: that is never let go on
  /// and on.
  function ledAway(): void {
    clearTimeout(timer)
    if (returned > returns) return
    const forGood = returned++ === returns
    if (returned === 1 || forGood) options.onLedAway(forGood)
    if (!forGood) return renew()
    ready = false
    page?.close()
    load("about:blank")
  }

  /// Our patcher has said that it is there.
  function arrived(): void {
    if (awaited === 0 || returned > returns) return ledAway()
    awaited--
    clearTimeout(timer)
    page?.close()
    const channel = new MessageChannel()
    page = channel.port1
    page.onmessage = (event: MessageEvent<FrameToPage>) => {
      const message = event.data
      if (message.type === "here") {
        clearTimeout(timer)
        if (typeof message.at === "string") at = message.at
      } else if (Number.isInteger(message.index) && Number.isFinite(message.fraction)) options.onShown(message.index, message.fraction)
    }
    iframe.contentWindow!.postMessage({ type: "galley-page" } satisfies PortForFrame, "*", [channel.port2])
    const pictures = new MessageChannel()
    iframe.contentWindow!.postMessage({ type: "galley-pictures" } satisfies PortForFrame, "*", [pictures.port2])
    options.onPictures(pictures.port1)
    const styles = new MessageChannel()
    iframe.contentWindow!.postMessage({ type: "galley-styles" } satisfies PortForFrame, "*", [styles.port2])
    answerStyles(styles.port1, { ask: options.styles, base: options.here })
    ready = true
    page.postMessage({ type: "ask" } satisfies PageToFrame)
    if (printed) page.postMessage({ type: "look", print: true } satisfies PageToFrame)
    options.onReady()
  }

  // Something in the post's page may lead the frame away, such as a refresh,
  // which no policy forbids. What has loaded then does not answer, or says that it
  // is there without being asked for. The server and patches leave what is known to do
  // so without effect, and the frame begins again from a page with nothing of the
  // post in it.
  const loaded = () => {
    clearTimeout(timer)
    timer = setTimeout(ledAway, patience)
    page?.postMessage({ type: "ask" } satisfies PageToFrame)
  }
  iframe.addEventListener("load", loaded)

  const heard = (event: MessageEvent<FrameEvent>) => {
    if (event.source !== iframe.contentWindow || typeof event.data !== "object" || !event.data) return
    if (event.data.type === "here") {
      arrived()
    } else if (event.data.type === "link" && typeof event.data.href === "string") {
      const href = safeLink(event.data.href, options.base())
      if (href) options.onLink(href)
    } else if (event.data.type === "block" && Number.isInteger(event.data.index)) {
      options.onBlock(event.data.index)
    } else if (event.data.type === "blocked" && typeof event.data.host === "string" && /^[a-z0-9.-]{1,253}$/.test(event.data.host)) {
      options.onBlocked(event.data.host)
    } else if (event.data.type === "mode" && typeof event.data.quirks === "boolean") {
      if (ready) needs(event.data.quirks)
    } else if (event.data.type === "leave" && document.activeElement === iframe) {
      options.onLeave()
    }
  }
  addEventListener("message", heard)
  if (begun) {
    // It may have loaded, and been led away, before anyone here listened.
    if (begun.here) arrived()
    loaded()
  } else {
    iframe.src = options.src
    options.parent.append(iframe)
  }

  return {
    connect() {
      if (!ready || !iframe.contentWindow) return null
      const patches = new MessageChannel()
      iframe.contentWindow.postMessage({ type: "galley-port" } satisfies PortForFrame, "*", [patches.port2])
      return patches.port1
    },
    renew,
    at: () => at,
    fallBack() {
      if (ready || fallen) return
      fallen = true
      clearTimeout(timer)
      letKeptIn(iframe)
      awaited++
      load(options.empty)
    },
    typed(seq, letters) {
      page?.postMessage({ type: "typed", seq, letters } satisfies PageToFrame)
    },
    show(index, fraction) {
      page?.postMessage({ type: "show", index, fraction } satisfies PageToFrame)
    },
    reveal(index) {
      page?.postMessage({ type: "reveal", index } satisfies PageToFrame)
    },
    look(print) {
      printed = print
      page?.postMessage({ type: "look", print } satisfies PageToFrame)
    },
    mark(index) {
      page?.postMessage({ type: "mark", index } satisfies PageToFrame)
    },
    size: () => ({ width: iframe.clientWidth, height: iframe.clientHeight }),
    focus: () => iframe.focus(),
    destroy() {
      clearTimeout(timer)
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
