// What began before its screen was there is taken for what the server says now only where
// it is new enough.
import { expect, test } from "@playwright/test"
import { createBegun } from "../src/start/begin"
import { createEarly } from "../src/start/handover"
import { emptyStorage } from "./storage"

test.beforeEach(emptyStorage)

const before = { fetch: globalThis.fetch, now: performance.now }
let clock = 0

test.beforeEach(() => {
  clock = 0
  performance.now = () => clock
})
test.afterEach(() => {
  globalThis.fetch = before.fetch
  performance.now = before.now
})

/// What the page asks for early, and afresh, says so.
function begin() {
  const begun = createBegun()
  begun.answers.set("/api/post?branch=main&path=a.md", Promise.resolve(new Response("early")))
  globalThis.fetch = async () => new Response("early")
  const early = createEarly(begun, async () => new Response("afresh"))
  const asked = async (path: string, init?: RequestInit) => (await early.fetch("/api/post?branch=main&path=" + encodeURIComponent(path), init)).text()
  return { early, asked }
}

test("an answer is taken once, and by nobody who asks for what is so now", async () => {
  const { asked } = begin()
  clock = 40_000 // scripts take as long on a slow line
  expect(await asked("a.md", { cache: "no-store" })).toBe("afresh")
  expect(await asked("a.md")).toBe("early")
  expect(await asked("a.md")).toBe("afresh")
})

test("an answer that was asked for ahead of a press is taken for five seconds", async () => {
  const path = "_data/crew.yml"
  const { early, asked } = begin()
  clock = 1_000
  early.post("main", path)
  clock = 5_900
  expect(await asked(path)).toBe("early")
  clock = 7_000
  early.post("main", path)
  clock = 13_000
  expect(await asked(path)).toBe("afresh") // the focus rested on the link
})
