// Which keys of a front matter its form has.
import { expect, test } from "@playwright/test"
import type { FrontMatterKey } from "../src/protocol/preview"
import { formKeys, mostKeys } from "../src/text/matter-keys"

const keysOf = (...names: string[]): FrontMatterKey[] => names.map((name, n) => ({ name, value: "v", scalar: true, from: n * 10, to: n * 10 + 9 }))
const many = (n: number) => Array.from({ length: n }, (_, at) => `k${at}`)

test("a form has all keys of a text, and those that every text has", () => {
  expect(formKeys(keysOf("layout", "slug"), true)).toEqual({ names: ["title", "date", "slug", "layout"], others: [] })
  expect(formKeys(keysOf("layout", "date"), false)).toEqual({ names: ["title", "layout", "date"], others: [] })
  expect(formKeys(keysOf("b", "a", "b"), false)).toEqual({ names: ["title", "b", "a"], others: [] })
  expect(formKeys(keysOf(...many(mostKeys - 3)), true)).toEqual({ names: ["title", "date", "slug", ...many(mostKeys - 3)], others: [] })
})

test("a form has no more fields than somebody looks through, and the rest is told", () => {
  for (const n of [mostKeys - 2, 1000, 20_000]) {
    const { names, others } = formKeys(keysOf(...many(n), "layout", "title"), true)
    expect(names).toHaveLength(mostKeys)
    expect(names.slice(0, 4)).toEqual(["title", "date", "slug", "k0"])
    expect(names.at(-1)).toBe("layout") // Jekyll's own has room wherever it stands
    expect(others.map(({ name }) => name)).toEqual(many(n).slice(mostKeys - 4))
  }
})
