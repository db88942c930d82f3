import { expect, test } from "@playwright/test"
import { createPresence, isWritten, type Presence, type PresenceOptions } from "../src/post/presence"
import { standIn } from "./stand-ins"

let restore = () => {}
test.afterEach(() => restore())

/// Gives the browser these locks; undefined for one that has none.
function browser(locks: Partial<LockManager> | undefined): void {
  restore()
  restore = standIn({ navigator: { locks } })
}

/// Locks of one browser, as far as presence uses them.
function working(): Pick<LockManager, "request"> {
  let steal = () => {} // from whoever has it
  let freed: Promise<unknown> = Promise.resolve()
  let free = true
  const request = async (_name: string, options: LockOptions, act: (lock: Lock | null) => unknown) => {
    if (options.ifAvailable && !free) return act(null)
    if (options.steal) steal()
    else if (!free) await Promise.race([freed, new Promise((_, reject) => options.signal?.addEventListener("abort", () => reject(options.signal!.reason)))])
    free = false
    const stolen = new Promise((_, reject) => (steal = () => reject(new DOMException("Stolen.", "AbortError"))))
    const done = Promise.resolve(act({ name: "", mode: "exclusive" })).then(() => (free = true))
    freed = done
    return Promise.race([done, stolen])
  }
  return { request: request as LockManager["request"] }
}

const tab = (more: Partial<PresenceOptions> = {}) => createPresence({ name: "post", onWriter() {}, onYield: async () => undefined, patience: 50, ...more })

let open: Presence[] = []
const opened = async (more?: Partial<PresenceOptions>) => {
  const one = await tab(more)
  open.push(one)
  return one
}
test.afterEach(() => {
  for (const one of open) one.destroy()
  open = []
})

const denied = () => new DOMException("Access to the Locks API is denied in this context.", "SecurityError")
const refusals: Record<string, LockManager["request"]> = {
  "refuses locks": async () => Promise.reject(denied()),
  "refuses locks at once": () => {
    throw denied()
  },
  "says nothing of locks": () => new Promise(() => {}),
}

for (const [refusal, request] of Object.entries(refusals)) {
  test(`where the browser ${refusal}, a post is written as where it has none`, async () => {
    browser({ request })
    const [one, two] = [await opened(), await opened()]
    expect([one.writer, two.writer]).toEqual([true, true])
    browser(undefined)
    expect((await opened()).writer).toBe(true)
  })
}

test("who hears late that another tab writes gives way", async () => {
  let answer = () => {}
  browser({ request: ((_name: string, _options: LockOptions, act: (lock: null) => void) => new Promise<void>(resolve => (answer = () => resolve(act(null))))) as LockManager["request"] })
  const told: boolean[] = []
  const one = await opened({ onWriter: writer => void told.push(writer) })
  expect(one.writer).toBe(true)
  answer()
  expect([one.writer, told]).toEqual([false, [false]])
})

test("one tab writes, and another takes over by asking, or from one that does not answer", async () => {
  browser(working())
  const one = await opened({ onYield: async () => "b1" })
  const two = await opened({ onYield: () => new Promise(() => {}) })
  expect([one.writer, two.writer]).toEqual([true, false])
  expect(await two.takeOver()).toBe("b1")
  expect([one.writer, two.writer]).toEqual([false, true])
  // It says nothing, and the post is taken from it.
  await one.takeOver()
  await expect.poll(() => [one.writer, two.writer]).toEqual([true, false])
})

test("where the browser refuses to say who writes, nobody is said to", async () => {
  const key = { site: "s", person: "p", branch: "main", path: "a.md" }
  for (const query of [async () => Promise.reject(denied()), () => { throw denied() }]) {
    browser({ query })
    expect(await isWritten(key)).toBe(false)
  }
  browser(undefined)
  expect(await isWritten(key)).toBe(false)
  browser({ query: async () => ({ held: [{ name: 'galley:["s","p","main","a.md"]' }] }) })
  expect(await isWritten(key)).toBe(true)
})
