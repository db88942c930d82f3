import { expect, test } from "@playwright/test"
import { encodeRequest } from "../src/renderer"

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
