// What is typed beside the text, as local storage keeps it.
import { expect, test } from "@playwright/test"
import { forgetTyped } from "../src/post/forgetting"
import { leaveBehind } from "../src/post/parting-draft"
import { forgetWords, hasWords, placeOf, within, wordsAt } from "../src/post/kept-words"
import { emptyStorage } from "./storage"

const day = 24 * 60 * 60 * 1000
const site = (id: string, login: string) => ({ id, person: { login, name: "", email: login + "@example.org" } })
const ada = placeOf(site("harbour", "ada"))
const message = within(ada, "post", "main", "a.md", "message")

test.beforeEach(emptyStorage)

test("words are there until they are sent, for their person, site and place alone", () => {
  const field = wordsAt(message)
  expect(field.text).toBe("")
  expect(field.keep("A long")).toBe(true)
  field.keep("A long message")
  expect(wordsAt(message).text).toBe("A long message")
  expect(wordsAt({ ...message, person: "ben" }).text).toBe("")
  expect(wordsAt({ ...message, site: "lighthouse" }).text).toBe("")
  expect(wordsAt(within(ada, "post", "main", "b.md", "message")).text).toBe("")
  field.keep("")
  expect(wordsAt(message).text).toBe("")
  expect(Object.keys(localStorage)).toEqual([])
})

test("two tabs do not write over each other's, and what one sent the other does not bring back", () => {
  const [one, other] = [wordsAt(message), wordsAt(message)]
  one.keep("From one")
  other.keep("From the other")
  other.keep("From the other tab")
  one.keep("") // sent
  expect(wordsAt(message).text).toBe("From the other tab")
  const later = wordsAt(message)
  later.keep("From the other tab, and on")
  later.keep("")
  expect(wordsAt(message).text).toBe("")
})

test("they are forgotten with drafts: all of a person's, or what is within a place", () => {
  for (const at of [["post", "main", "a.md", "title"], ["post", "main", "a.md", "message"], ["post", "main", "a.md2", "title"], ["pull", "1", "all"]]) wordsAt(within(ada, ...at)).keep("Words")
  wordsAt({ ...message, person: "ben" }).keep("Words")
  forgetWords(within(ada, "post", "main", "a.md"))
  expect(Object.keys(localStorage)).toHaveLength(3)
  expect(hasWords(ada)).toBe(true)
  forgetWords(ada)
  expect(hasWords(ada)).toBe(false)
  expect(wordsAt({ ...message, person: "ben" }).text).toBe("Words")
})

test("a field knows whether what it was given last is kept; what is empty need not be", () => {
  const field = wordsAt(message)
  const { setItem } = localStorage
  field.keep("Kept")
  localStorage.setItem = () => {
    throw new Error("no room")
  }
  field.keep("Not kept")
  expect(field.kept).toBe(false)
  field.keep("")
  expect(field.kept).toBe(true)
  localStorage.setItem = setItem
  field.keep("Kept again")
  expect(field.kept).toBe(true)
  field.keep("x".repeat(600_000)) // more than fits beside others'
  expect(field.kept).toBe(false)
})

test("with all drafts goes what a page left in its last moment, of whatever post", () => {
  const left = (person: string) => leaveBehind({ site: "harbour", person, branch: "main", path: "a.md" }, { draft: { site: "harbour", person, branch: "main", path: "a.md", text: "A word" } as never, seen: 0 })
  expect(left("ada") && left("ben")).toBe(true)
  wordsAt(message).keep("A message")
  forgetTyped("harbour", "ada", ada)
  expect(Object.keys(localStorage)).toEqual([expect.stringContaining("ben")])
})

test("a clock that is wrong for a moment, by years, forgets nothing", () => {
  const right = Date.parse("2026-11-30")
  for (const wrong of [0, Date.parse("2038-01-01")]) {
    wordsAt(message, () => right).keep("A long message")
    wordsAt(within(ada, "elsewhere"), () => wrong)
    const field = wordsAt(message, () => right)
    expect(field.text).toBe("A long message")
    field.keep("")
    // Nor what is written meanwhile.
    wordsAt(message, () => wrong).keep("Meanwhile")
    const later = wordsAt(message, () => right + day)
    expect(later.text).toBe("Meanwhile")
    later.keep("")
  }
})

test("they are forgotten after sixty days of use, and the oldest where there is too much", () => {
  let now = 0
  const clock = () => now
  wordsAt(message, clock).keep("Old")
  for (let i = 0; i < 59; i++) {
    now += day
    wordsAt(within(ada, "elsewhere"), clock)
    expect(wordsAt(message, clock).text).toBe("Old")
  }
  now += day
  expect(wordsAt(message, clock).text).toBe("")

  for (let i = 0; i < 250; i++, now++) wordsAt(within(ada, String(i)), clock).keep("Words")
  wordsAt(message, clock)
  expect(Object.keys(localStorage)).toHaveLength(200)
  expect(wordsAt(within(ada, "49"), clock).text).toBe("")
  expect(wordsAt(within(ada, "249"), clock).text).toBe("Words")

  for (let i = 0; i < 4; i++, now++) wordsAt(within(ada, "long " + i), clock).keep("x".repeat(400_000))
  expect(wordsAt(within(ada, "long 3"), clock).text).toHaveLength(400_000)
  expect(wordsAt(within(ada, "long 1"), clock).text).toBe("")
  expect(wordsAt(message, clock).keep("x".repeat(600_000))).toBe(false)
})

test("storage that is full, refused or broken is no trouble", () => {
  const field = wordsAt(message)
  field.keep("Kept")
  const { setItem } = localStorage
  localStorage.setItem = () => {
    throw new DOMException("no room", "QuotaExceededError")
  }
  expect(field.keep("Kept, and more")).toBe(false)
  expect(wordsAt(message).text).toBe("Kept")
  localStorage.setItem = setItem
  // What could not be kept is no other tab's.
  field.keep("Kept, and more.")
  field.keep("")
  expect(wordsAt(message).text).toBe("")

  for (const broken of ["{", "null", "[null]", '[{"text":1,"when":1}]', '"words"']) {
    localStorage.setItem('galley:words:["harbour","ada","post","main","a.md","message"]', broken)
    expect(wordsAt(message).text, broken).toBe("")
  }
  Object.defineProperty(globalThis, "localStorage", { get: () => { throw new DOMException("refused", "SecurityError") }, configurable: true })
  expect(wordsAt(message).text).toBe("")
  expect(wordsAt(message).keep("Words")).toBe(false)
  expect(hasWords(ada)).toBe(false)
  forgetWords(ada)
})
