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
  const { galley } = scope
  const parse = JSON.parse
  const encoder = new TextEncoder()
  const decoder = new TextDecoder()
  let seq: number | null = null // of the edit that is being answered
  scope.galley = bytes => {
    const request = parse(decoder.decode(bytes)) as { op: string; seq: number; changes: Edit[] }
    if (request.op !== "edit") return galley(bytes)
    seq = request.seq
    for (const change of [...request.changes].reverse()) whole.text = edited(whole.text, change)
    return galley(encoder.encode(JSON.stringify({ op: "open", path: whole.path, text: whole.text })))
  }
  // The answer is made one to an edit where the worker reads it, so that
  // writing it anew is not measured with it.
  JSON.parse = (text: string) => {
    const answer = parse(text)
    if (seq !== null) Object.assign(answer, { seq, keys: null, blocks: null })
    seq = null
    return answer
  }
}
