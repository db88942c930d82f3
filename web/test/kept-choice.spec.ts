// What is written where two texts are compared.
import { expect, test } from "@playwright/test"
import { comparedThere, forgetChoice, keptChoice } from "../src/post/kept-choice"
import { emptyStorage } from "./storage"

const place = { site: "harbour", person: "ada", at: ["post", "main", "a.md", "branch"] }

test.beforeEach(emptyStorage)

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

const [mine, theirs] = ["Rain in March.\n\nThe harbour was open.\n\nNobody came.\n", "Rain in March.\n\nThe harbour was closed.\n\nNobody came.\n"]
const written = "Rain, and hail, in March.\n\nThe harbour was open.\n\nNobody came, or so they say.\n"

test("what was written at two places outlives a letter between them", () => {
  keptChoice(place, "a\nb\nc\nd\ne\n", "theirs\n").put("a, new\nb\nc\nd\ne, new\n")
  expect(keptChoice(place, "a\nb\nc!\nd\ne\n", "theirs\n").begin).toBe("a, new\nb\nc!\nd\ne, new\n")
})

test("what was written outlives a letter elsewhere in one's own text", () => {
  keptChoice(place, mine, theirs).put(written)
  const again = keptChoice(place, mine.replace("open", "open, mostly"), theirs)
  expect(again.begin).toBe(written.replace("open", "open, mostly"))
  expect(again.left()).toEqual([])
})

test("what was written outlives a letter elsewhere in theirs", () => {
  keptChoice(place, mine, theirs).put(written)
  const again = keptChoice(place, mine, theirs.replace("closed", "closed again"))
  expect(again.begin).toBe(written)
  expect(again.left()).toEqual([])
})

test("what was written where either text is another by now is offered until it is forgotten", () => {
  keptChoice(place, mine, theirs).put(written)
  const again = keptChoice(place, mine.replace("Rain", "Snow"), theirs.replace("came", "came at all"))
  expect(again.begin).toBe(mine.replace("Rain", "Snow"))
  expect(again.left()).toEqual(["Rain, and hail, in March.\n", "Nobody came, or so they say.\n"])
  again.put("Snow.\n")
  again.forget() // it was used
  const later = keptChoice(place, "Snow.\n", theirs)
  expect(later.begin).toBe("Snow.\n")
  expect(later.left()).toHaveLength(2)
  for (const lines of later.left()) later.drop(lines)
  expect(localStorage.getItem(Object.keys(localStorage)[0] ?? "")).toBeNull()
})

test("what was kept without anything to offer is read", () => {
  keptChoice(place, "a\n", "b\n").put("c\n")
  const name = Object.keys(localStorage)[0]!
  localStorage.setItem(name, localStorage.getItem(name)!.replace(',\\"left\\":[]', ""))
  expect(keptChoice(place, "a\n", "b\n").begin).toBe("c\n")
})

test("what was used is forgotten by its place, and what is offered stays", () => {
  const there = comparedThere({ site: "harbour", person: "ada", branch: "main", path: "a.md" })
  forgetChoice(there)
  keptChoice(there, mine, theirs).put(written)
  const again = keptChoice(there, mine.replace("Rain", "Snow"), theirs)
  again.put(again.text())
  expect(again.left()).toHaveLength(1)
  forgetChoice(there)
  const later = keptChoice(there, "Other.\n", theirs)
  expect([later.begin, later.left()]).toEqual(["Other.\n", ["Rain, and hail, in March.\n"]])
})

test("where the browser keeps nothing, what was written goes on in the comparison that takes its place", () => {
  localStorage.setItem = () => {
    throw new Error("full")
  }
  const kept = keptChoice(place, mine, theirs)
  kept.put(written)
  expect(kept.kept).toBe(false)
  expect(keptChoice(place, mine, theirs.replace("closed", "closed again"), kept.state()).begin).toBe(written)
})
