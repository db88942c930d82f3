// What is written where two texts are compared.
import { expect, test } from "@playwright/test"
import { keptChoice } from "../src/post/kept-choice"

const place = { site: "harbour", person: "ada", at: ["post", "main", "a.md", "branch"] }

test.beforeEach(() => {
  const items = new Map<string, string>()
  const storage = new Proxy({
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  }, { ownKeys: () => [...items.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) })
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true })
})

test("it is there again for the same texts, until it is forgotten", () => {
  const kept = keptChoice(place, "one\ntwo\n", "theirs\n")
  expect(kept.begin).toBe("one\ntwo\n")
  kept.put("one, changed\ntwo\n")
  expect(kept.text()).toBe("one, changed\ntwo\n")
  expect(keptChoice(place, "one\ntwo\n", "theirs\n").begin).toBe("one, changed\ntwo\n")
  expect(keptChoice(place, "one\ntwo\n", "other\n").begin).toBe("one\ntwo\n")
  keptChoice(place, "one\ntwo\n", "theirs\n").forget()
  expect(keptChoice(place, "one\ntwo\n", "theirs\n").begin).toBe("one\ntwo\n")
})

for (const [mine, text, now, wanted] of [
  ["a\nb\nc\n", "a1\nb\nc\n", "a\nb\nc\nd\n", "a1\nb\nc\nd\n"],
  ["a\nb\nc\n", "a\nb\nc1\n", "0\na\nb\nc\n", "0\na\nb\nc1\n"],
  ["a\nb\nc\n", "a\nb1\nc\n", "a\nb2\nc\n", "a\nb2\nc\n"],
] as const) {
  test(`${JSON.stringify(text)} in what became ${JSON.stringify(now)}`, () => {
    keptChoice(place, mine, "theirs").put(text)
    expect(keptChoice(place, now, "theirs").begin).toBe(wanted)
  })
}
