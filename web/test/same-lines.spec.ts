// Which lines of a text another has.
import { Text } from "@codemirror/state"
import fc from "fast-check"
import { expect, test } from "@playwright/test"
import { sameLines } from "../src/editor/same-lines"

const text = (lines: readonly string[]) => Text.of([...lines])
const found = (a: string, b: string) => sameLines(text(a.split("\n")), text(b.split("\n"))).slice(1)

test("lines are found in a text that was made of theirs", () => {
  for (const [name, a, b, wanted] of [
    ["the same", "a\nb\nc", "a\nb\nc", [1, 2, 3]],
    ["nothing but twins, the same", "a\na\n", "a\na\n", [1, 2, 3]],
    ["one put in before", "a\nb", "x\na\nb", [2, 3]],
    ["one put in between", "a\nb", "a\nx\nb", [1, 3]],
    ["one taken out", "a\nb\nc", "a\nc", [1, 0, 2]],
    ["one taken out that begins like the next", "a\n* second line\n* other b", "a\n* other b", [1, 0, 2]],
    ["one replaced", "a\n* b\nc", "a\n* B\nc", [1, 0, 3]],
    ["all replaced", "a\nb", "x\ny", [0, 0]],
    ["one moved", "a\nb\nc\nd", "b\nc\nd\na", [4, 1, 2, 3]],
    ["two that changed places", "a\nb", "b\na", [2, 1]],
    ["a twin taken out elsewhere", "## A\n* x\n## B\n* x\n* b", "## A\n* x\n## B\n* b", [1, 2, 3, 0, 4]],
    ["a twin taken out beside its like", "a\n* x\n* x\nb", "a\n* x\nb", [1, 0, 0, 3]],
    ["a twin put in", "a\n* x\nb", "a\n* x\nb\n* x", [1, 2, 3]],
    ["twins whose surroundings are gone", "## A\n* x\n## B\n* x", "## C\n* x\n## D", [0, 0, 0, 0]],
    ["other ends of lines", "\ufeffa\r\nb\r\nc\r\n", "a\nc\n", [1, 0, 2, 3]],
    ["pairs of two units", "😀\n😁\n😂", "😀\n😂", [1, 0, 2]],
  ] as const) expect([name, found(a, b)]).toEqual([name, wanted])
})

test("what is found is equal, and found once", () => {
  const lines = fc.array(fc.constantFrom("", "* x", "* y", "## A", "## B", "one", "two", "three"), { maxLength: 20 })
  fc.assert(fc.property(lines, lines, (a, b) => {
    const numbers = sameLines(text(a.length ? a : [""]), text(b.length ? b : [""])).slice(1)
    const there = numbers.filter(n => n > 0)
    return new Set(there).size === there.length && numbers.every((n, at) => n === 0 || (b[n - 1] ?? "") === (a[at] ?? ""))
  }), { numRuns: 500 })
})

test("more lines than there are letters are not found, and not mistaken", () => {
  const many = Array.from({ length: 60_001 }, (_, n) => `line ${n}`)
  const numbers = sameLines(text(many), text([...many.slice(0, 10), "new", ...many.slice(11)]))
  expect(numbers.slice(9, 13)).toEqual([9, 10, 0, 12])
})
