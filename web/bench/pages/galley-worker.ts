// Galley's worker, watched from when an edit is received to when its patch is
// sent. `benchWhole`, if it is set to the text, makes it render the whole post
// at each edit: Galley without increments.
import { edited, type Edit } from "../edit"

const scope = self as unknown as {
  onmessage: (event: { data: any }) => void
  benchWhole?: { path: string; text: string }
}

const post = MessagePort.prototype.postMessage
MessagePort.prototype.postMessage = function (this: MessagePort, ...args: any[]) {
  const sent = post.apply(this, args as [any])
  performance.mark("sent")
  return sent
}
const whole = scope.benchWhole
let seq: number | null = null // of the edit that is being answered
const receive = scope.onmessage
scope.onmessage = event => {
  performance.mark("received")
  const { request } = event.data as { request?: { op: string; seq: number; changes: Edit[] } }
  if (!whole || request?.op !== "edit") return receive(event)
  seq = request.seq
  for (const change of [...request.changes].reverse()) whole.text = edited(whole.text, change)
  receive({ data: { ...event.data, request: { op: "open", path: whole.path, text: whole.text } } })
}
if (whole) {
  // The answer is made one to an edit where the worker reads it, so that
  // writing it anew is not measured with it.
  const parse = JSON.parse
  JSON.parse = (text: string) => {
    const answer = parse(text)
    if (seq !== null) Object.assign(answer, { seq, keys: null, blocks: null })
    seq = null
    return answer
  }
}
