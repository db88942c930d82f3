// Renderer is the WebAssembly module as a function of bytes. wasm/main_js.go is
// its other side.
import type { Request } from "../protocol/preview"

/// What the module exports.
export interface RendererExports {
  mem: WebAssembly.Memory
  reserve(size: number): number
  handle(size: number): number
  rest(): void
}

export interface Renderer {
  /// Answers a request, as docs/protocol.md tells. What is answered may be
  /// overwritten by the next call. Throws when the program crashes, which is not
  /// to be called again then.
  handle(request: Uint8Array): Uint8Array
  /// Collects garbage; throws likewise.
  rest(): void
}

/// `exited` tells whether the program has ended: a call in which it does so
/// returns all the same, with whatever stands there.
export function createRenderer({ mem, reserve, handle, rest }: RendererExports, exited: () => boolean): Renderer {
  let room = 0
  let at = 0
  const checked = (answer: number): number => {
    if (exited()) throw new Error("the renderer crashed")
    return answer >>> 0
  }
  return {
    handle(request) {
      if (request.length > room) {
        const size = Math.max(request.length, 4096)
        at = checked(reserve(size))
        room = size
      }
      // Each call may make the memory grow, which is another buffer then.
      new Uint8Array(mem.buffer, at, request.length).set(request)
      const span = checked(handle(request.length))
      const [start, size] = new Uint32Array(mem.buffer, span, 2)
      return new Uint8Array(mem.buffer, start, size)
    },
    rest() {
      rest()
      checked(0)
    },
  }
}

const encoder = new TextEncoder()

/// A request as the module takes it: JSON, and an edit as numbers and a text.
export function encodeRequest(request: Request): Uint8Array {
  if (request.op !== "edit") return encoder.encode(JSON.stringify(request))
  const { seq, changes } = request
  const texts = changes.map(change => encoder.encode(change.insert))
  const bytes = new Uint8Array(9 + 12 * changes.length + texts.reduce((sum, text) => sum + text.length, 0))
  const view = new DataView(bytes.buffer)
  bytes[0] = 1
  view.setUint32(1, seq, true)
  view.setUint32(5, changes.length, true)
  let end = 9 + 12 * changes.length
  for (const [i, { from, to }] of changes.entries()) {
    const text = texts[i]!
    const at = 9 + 12 * i
    view.setUint32(at, from, true)
    view.setUint32(at + 4, to, true)
    view.setUint32(at + 8, text.length, true)
    bytes.set(text, end)
    end += text.length
  }
  return bytes
}
