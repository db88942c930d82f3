import { expect, test } from "@playwright/test"
import { createRenderer, encodeRequest } from "../src/worker/renderer"

test("an edit is numbers and a text", () => {
  const request = { op: "edit", seq: 7, changes: [{ from: 0, to: 257, insert: "é" }, { from: 258, to: 258, insert: "y" }] } as const
  expect([...encodeRequest({ ...request, changes: [...request.changes] })]).toEqual([
    1, 7, 0, 0, 0, 2, 0, 0, 0,
    0, 0, 0, 0, 1, 1, 0, 0, 2, 0, 0, 0,
    2, 1, 0, 0, 2, 1, 0, 0, 1, 0, 0, 0,
    0xc3, 0xa9, 0x79,
  ])
})

test("other requests are JSON", () => {
  expect(new TextDecoder().decode(encodeRequest({ op: "describe" }))).toBe('{"op":"describe"}')
})

test("an edit's texts are measured as they are sent", () => {
  const half = { op: "edit" as const, seq: 1, changes: [{ from: 0, to: 0, insert: "a\ud83d" }, { from: 1, to: 1, insert: "\ude00b" }] }
  const bytes = encodeRequest(half)
  const view = new DataView(bytes.buffer)
  expect(view.getUint32(17, true) + view.getUint32(29, true)).toBe(bytes.length - 33)
})

/// A program that answers what it is asked, until it ends.
function program() {
  const mem = new WebAssembly.Memory({ initial: 1 })
  const state = { exited: false, last: "" as "reserve" | "handle" | "rest" | "" }
  const end = (call: typeof state.last) => {
    if (state.last === call) state.exited = true
  }
  return {
    state,
    renderer: createRenderer({
      mem,
      reserve() {
        end("reserve")
        return state.exited ? 4 : 1024
      },
      handle(size) {
        end("handle")
        new Uint32Array(mem.buffer, 64, 2).set([1024, size])
        return 64
      },
      rest: () => end("rest"),
    }, () => state.exited),
  }
}

test("a renderer answers, and says when the program has ended, whatever that call returned", () => {
  const request = new TextEncoder().encode("as it is")
  for (const call of ["reserve", "handle", "rest"] as const) {
    const { state, renderer } = program()
    if (call !== "reserve") expect(new TextDecoder().decode(renderer.handle(request))).toBe("as it is")
    state.last = call
    expect(() => (call === "rest" ? renderer.rest() : renderer.handle(request)), call).toThrow("the renderer crashed")
  }
})
