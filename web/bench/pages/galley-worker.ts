// Galley's worker, watched from when an edit is received to when its patch is
// sent. `benchWhole`, if it is set to the text, makes it render the whole post
// at each edit: Galley without increments.
import { edited, type Edit } from "../edit"

const scope = self as unknown as {
  galley: (request: Uint8Array) => Uint8Array
  onmessage: (event: MessageEvent) => void
  benchWhole?: { path: string; text: string }
}

const post = MessagePort.prototype.postMessage
MessagePort.prototype.postMessage = function (this: MessagePort, ...args: any[]) {
  const sent = post.apply(this, args as [any])
  performance.mark("sent")
  return sent
}
const receive = scope.onmessage
scope.onmessage = event => {
  performance.mark("received")
  receive(event)
}

const whole = scope.benchWhole
if (whole) {
  const galley = scope.galley
  const encoder = new TextEncoder()
  const decoder = new TextDecoder()
  scope.galley = bytes => {
    const request = JSON.parse(decoder.decode(bytes)) as { op: string; seq: number; changes: Edit[] }
    if (request.op !== "edit") return galley(bytes)
    for (const change of [...request.changes].reverse()) whole.text = edited(whole.text, change)
    const answer = galley(encoder.encode(JSON.stringify({ op: "open", path: whole.path, text: whole.text })))
    return answer
  }
}
