// Renderer is the WebAssembly module as a function of bytes. wasm/main_js.go is
// its other side.
import type { Request } from "./protocol"

/// What the module exports.
export interface RendererExports {
  mem: WebAssembly.Memory
  reserve(size: number): number
  handle(size: number): number
  rest(): void
}

export interface Renderer {
  /// Answers a request, as docs/protocol.md tells. What is answered may be
  /// overwritten by the next call. Throws when the module crashes.
  handle(request: Uint8Array): Uint8Array
  /// Collects garbage.
  rest(): void
}

export function createRenderer(exports: RendererExports): Renderer {
  const { mem, reserve, handle, rest } = exports
  let room = 0
  let at = 0
  return {
    handle(request) {
      if (request.length > room) {
        room = Math.max(request.length, 4096)
        at = reserve(room) >>> 0
      }
      // The memory may have grown since the last call.
      new Uint8Array(mem.buffer, at, request.length).set(request)
      const span = handle(request.length) >>> 0
      const [start, size] = new Uint32Array(mem.buffer, span, 2)
      if (!start) throw new Error("the renderer crashed")
      return new Uint8Array(mem.buffer, start, size)
    },
    rest,
  }
}

const encoder = new TextEncoder()

/// A request as the module takes it: JSON, and an edit as numbers and a text.
export function encodeRequest(request: Request): Uint8Array {
  if (request.op !== "edit") return encoder.encode(JSON.stringify(request))
  const { seq, changes } = request
  const text = encoder.encode(changes.map(change => change.insert).join(""))
  const bytes = new Uint8Array(9 + 12 * changes.length + text.length)
  const view = new DataView(bytes.buffer)
  bytes[0] = 1
  view.setUint32(1, seq, true)
  view.setUint32(5, changes.length, true)
  let at = 9
  for (const { from, to, insert } of changes) {
    view.setUint32(at, from, true)
    view.setUint32(at + 4, to, true)
    view.setUint32(at + 8, changes.length === 1 ? text.length : encoder.encode(insert).length, true)
    at += 12
  }
  bytes.set(text, at)
  return bytes
}
