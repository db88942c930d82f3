// What differs between two texts, in a time that their sizes alone decide.
import { expect, test } from "@playwright/test"
import { Text } from "@codemirror/state"
import fc from "fast-check"
import assert from "node:assert/strict"
import { carryOver } from "../src/editor/carry-over"
import { changedLines } from "../src/editor/changed-lines"
import { compare, compareLines } from "../src/editor/compare"
import { sameLines } from "../src/editor/same-lines"

/// Text of words that no other text has, of a size.
function words(size: number, seed: number): string {
  let random = seed
  const below = (n: number) => (random = (random * 48271) % 2147483647) % n
  const all: string[] = []
  for (let length = 0; length < size; length += all.at(-1)!.length) {
    all.push(Array.from({ length: 3 + below(8) }, () => "etaoinshrdlucmf"[below(15)]).join("") + (below(12) === 0 ? "\n" : " "))
  }
  return all.join("")
}

/// A text made of another by what is said to have changed.
function made(a: string, b: string): string {
  let [text, done] = ["", 0]
  for (const { fromA, toA, fromB, toB } of compare(a, b)) {
    assert(fromA >= done && toA >= fromA && toB >= fromB)
    text += a.slice(done, fromA)
    assert.equal(text.length, fromB)
    text += b.slice(fromB, toB)
    done = toA
  }
  return text + a.slice(done)
}

// Long enough that no more than a part of it is compared by letters.
const long = fc.array(fc.constantFrom("one\n", "two\r\n", "\n", "🐦 three\n", words(3_000, 1), words(8_000, 2), words(8_001, 3), words(12_000, 4), "end"), { maxLength: 12 }).map(parts => parts.join(""))

test("what changed makes the one text of the other, however long they are", () => {
  fc.assert(fc.property(long, long, (a, b) => {
    assert.equal(made(a, b), b)
    const [before, now] = [a.split("\n"), b.split("\n")]
    const changes = compareLines(before, now)
    let [done, there] = [0, 0]
    for (const { fromA, toA, fromB, toB } of [...changes, { fromA: before.length, toA: 0, fromB: now.length, toB: 0 }]) {
      assert.deepEqual(before.slice(done, fromA), now.slice(there, fromB))
      ;[done, there] = [toA, toB]
    }
  }), { seed: 20_261_130, numRuns: 200 })
})

test("places far from each other in a long text are changes of their own", () => {
  const text = words(400_000, 5)
  const at = [1_000, 200_000, 399_000]
  let other = text
  for (const n of [...at].reverse()) other = other.slice(0, n) + "!" + other.slice(n)
  expect(compare(text, other).map(({ fromA, toA }) => [fromA, toA])).toEqual(at.map(n => [n, n]))
  expect(changedLines(text, other)).toBe("3 lines new, 3 gone")
  const third = text + "More.\n"
  expect(carryOver(text, other, third)).toEqual({ text: other + "More.\n", left: [], whole: true })
})

/// How long something takes, in milliseconds: the shortest of three times, since the
/// machine has other things to do.
function timeOf(act: () => void): number {
  return Math.min(...[1, 2, 3].map(() => {
    const begun = performance.now()
    act()
    return performance.now() - begun
  }))
}

const around = (text: string): [string, string] => [`x${text}x`, `y${text}y`]
const kinds: readonly (readonly [string, (size: number) => [string, string]])[] = [
  ["with nothing in common", size => [words(size, 7), words(size, 99)]],
  ["of one sign", size => around("a".repeat(size))],
  ["of two signs", size => around("ab".repeat(size / 2))],
  ["of blank lines", size => around("\n".repeat(size))],
  ["of one line", size => around("=====\n".repeat(size / 6))],
  ["that share every other line", size => {
    const lines = words(size, 7).split("\n")
    return [lines.map((line, n) => (n % 2 ? line : line + "1")).join("\n"), lines.map((line, n) => (n % 2 ? line : line + "2")).join("\n")]
  }],
]
for (const [name, textsOf] of kinds) {
  test(`texts ${name} are compared in a time that follows their size`, () => {
    const [less, more] = [30_000, 240_000].map(size => {
      const [a, b] = textsOf(size)
      return timeOf(() => {
        changedLines(a, b)
        carryOver(a, b, a)
        sameLines(Text.of(a.split("\n")), Text.of(b.split("\n")))
      })
    })
    expect(more! / Math.max(20, less!)).toBeLessThan(8 * 4)
  })
}
