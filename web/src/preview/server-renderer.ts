// Server renderer has the server make the preview while there is no worker, and
// where none can be: a moment after each change, one request at a time.
import type { Text } from "@codemirror/state"
import type { FromFrame, ToFrame } from "../protocol/frame"
import type { PreviewAnswer } from "../protocol/preview"

export interface ServerRendererOptions {
  /// What the editor holds now.
  text: () => Text
  render: (text: string, signal: AbortSignal) => Promise<PreviewAnswer>
  /// Makes a new channel to the frame; null while there is no frame.
  connectFrame: () => MessagePort | null
  /// Whether the preview is the server's to make.
  needed: () => boolean
  /// The number of the last edit.
  seq: () => number
  onAnswer: (answer: PreviewAnswer) => void
  onPainted: (seq: number) => void
  /// Called when the frame could not take the page.
  onLost: () => void
  /// Milliseconds from a change to the request.
  delay: number
}

export interface ServerRenderer {
  /// Tells that the preview is not of the text; with false, that it may be.
  changed(stale?: boolean): void
  /// Tells that there is a new frame.
  frameChanged(): void
  /// Tells that a worker's page is shown.
  superseded(): void
  destroy(): void
}

export function createServerRenderer(options: ServerRendererOptions): ServerRenderer {
  let stale = false
  let port: MessagePort | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let rendering: AbortController | null = null
  let destroyed = false

  /// Asks for the page in a moment, if there is need of it then.
  function soon(): void {
    clearTimeout(timer)
    if (destroyed || !stale || !options.needed()) return
    timer = setTimeout(render, options.delay)
  }

  async function render(): Promise<void> {
    if (rendering || !stale || destroyed) return
    const mine = (rendering = new AbortController())
    stale = false
    const text = options.text()
    try {
      const answer = await options.render(text.toString(), mine.signal)
      if (destroyed || mine.signal.aborted || !options.needed()) return
      port ??= connect()
      if (answer.patch) port?.postMessage({ seq: options.seq(), patch: answer.patch } satisfies ToFrame)
      // Positions are of a text that may have changed; then the next answer tells.
      if (text.eq(options.text())) options.onAnswer(answer)
    } catch {
      // The last good preview stays. The next change asks again.
    } finally {
      rendering = null
      soon()
    }
  }

  function connect(): MessagePort | null {
    const port = options.connectFrame()
    if (port) {
      port.onmessage = (event: MessageEvent<FromFrame>) => {
        if (event.data.type === "painted") options.onPainted(event.data.seq)
        else options.onLost()
      }
    }
    return port
  }

  function disconnect(): void {
    port?.close()
    port = null
  }

  return {
    changed(now = true) {
      stale ||= now
      soon()
    },
    frameChanged: disconnect,
    superseded() {
      stale = false
      clearTimeout(timer)
      rendering?.abort()
      disconnect()
    },
    destroy() {
      destroyed = true
      clearTimeout(timer)
      rendering?.abort()
      disconnect()
    },
  }
}
