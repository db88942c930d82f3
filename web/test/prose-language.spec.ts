// A text is coloured in a time that its size alone decides.
import { expect, test } from "@playwright/test"
import { proseLanguage } from "../src/editor/prose-language"

const { parser } = proseLanguage().language

/// How long a text takes to be parsed, in milliseconds: the shortest of three times, since
/// the machine has other things to do.
function timeOf(text: string): number {
  return Math.min(...[1, 2, 3].map(() => {
    const begun = performance.now()
    parser.parse(text)
    return performance.now() - begun
  }))
}

for (const [name, piece] of [["links that do not end", "[c](d "], ["links", "[c](d) "], ["emphasis", "*a _b "], ["pictures in links", "[![a](b)"]] as const) {
  test(`a paragraph of ${name} takes no more than its size`, () => {
    const [less, more] = [60_000, 480_000].map(size => timeOf(piece.repeat(size / piece.length) + "\n"))
    expect(more! / Math.max(1, less!)).toBeLessThan(8 * 4)
  })
}

test("a paragraph of ordinary length is coloured inside, one behind a long one, too", () => {
  const links = (text: string) => {
    let found = 0
    parser.parse(text).iterate({ enter: node => void (found += node.name === "Link" ? 1 : 0) })
    return found
  }
  expect(links("A [b](c) and [d](e).\n")).toBe(2)
  expect(links("[c](d) ".repeat(5_000) + "\n\nA [b](c).\n")).toBe(1)
})
