// Styles answers a frame that asks for style sheets of the site.
import { whenIdle } from "../base/idle"
import type { StyleAnswer, StyleQuestion } from "../protocol/frame"

/// How many questions of one frame are answered.
const patience = 100

/// Answers over a port, with what `ask` gives: what the person may read.
/// What the frame has is asked for all the same, when there is time: whoever
/// gives it keeps it for when the server does not answer.
export function answerStyles(port: MessagePort, ask: typeof fetch): void {
  let asked = 0
  port.onmessage = async ({ data }: MessageEvent<StyleQuestion>) => {
    // What comes out of the frame is believed as little as the post is.
    if (typeof data?.address !== "string" || data.address.length > 2048 || ++asked > patience) return
    const url = new URL(data.address, location.origin)
    if (url.origin !== location.origin || !url.pathname.endsWith(".css") || /^\/(api|auth|app)\//.test(url.pathname)) return
    // Whole: a path that begins with two slashes would be another host's.
    if (data.here) return void whenIdle(() => void ask(url.href).catch(() => {}))
    const response = await ask(url.href).catch(() => null)
    if (response?.ok) port.postMessage({ address: data.address, text: await response.text() } satisfies StyleAnswer)
  }
}
