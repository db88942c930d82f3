// Styles answers a frame that asks for style sheets of the site.
import { whenIdle } from "../base/idle"
import { addressIn } from "../protocol/addresses"
import type { StyleAnswer, StyleQuestion } from "../protocol/frame"

/// How many questions of one frame are answered.
const patience = 100

export interface StylesOptions {
  /// Gives what the person may read.
  ask: typeof fetch
  /// What relative addresses are relative to.
  base: () => string
}

/// Answers over a port. What the frame has is asked for all the same, when there is time: whoever
/// gives it keeps it for when the server does not answer.
export function answerStyles(port: MessagePort, { ask, base }: StylesOptions): void {
  let asked = 0
  port.onmessage = async ({ data }: MessageEvent<StyleQuestion>) => {
    // What comes out of the frame is believed as little as the post is.
    if (typeof data?.address !== "string" || data.address.length > 2048 || ++asked > patience) return
    const url = addressIn(data.address, base())
    if (!url || url.origin !== location.origin || !url.pathname.endsWith(".css") || /^\/(api|auth|app)\//.test(url.pathname)) return
    // Whole: a path that begins with two slashes would be another host's.
    const address = url.origin + url.pathname
    if (data.here) return void whenIdle(() => void ask(address).catch(() => {}))
    const response = await ask(address).catch(() => null)
    if (response?.ok) port.postMessage({ address: data.address, text: await response.text() } satisfies StyleAnswer)
  }
}
