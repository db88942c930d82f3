// What is typed into the front matter's form, until it is in the text.
import { expect, test } from "@playwright/test"
import fc from "fast-check"
import { createStore } from "../src/base/store"
import { createMatterWords, type MatterState, type MatterWords } from "../src/post/matter-words"
import { emptyStorage } from "./storage"

const place = { site: "harbour", person: "ada", at: ["post", "main", "a.md", "matter"] }

test.beforeEach(emptyStorage)

const key = (name: string, value: string, scalar = true) => ({ name, value, scalar, from: 0, to: 0 })
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

function open(keys: ReturnType<typeof key>[], preview: MatterState["preview"], known = true) {
  const store = createStore<MatterState>({ keys, preview, known, typed: {} })
  const written: string[] = []
  const words = createMatterWords({ place, store, delay: 5, find: async (name, text) => () => void written.push(`${name}: ${text}`) })
  words.writes(true)
  return { store, words, written, trouble: () => store.get().typed["title"]?.trouble }
}

for (const preview of ["resting", "restarting", "starting"] as const) {
  test(`what is changed in the text while the form waits, with a renderer that is ${preview}, is not written over`, async () => {
    const { store, words, written, trouble } = open([key("title", "Tides")], preview)
    words.put("title", "Tides of the north")
    await pause(20)
    store.set({ keys: [key("title", "Tides of the south, and charts")] })
    await pause(20)
    store.set({ preview: "live" })
    await pause(20)
    expect(written).toEqual([])
    expect(trouble()).toContain("by now says “Tides of the south, and charts”")
    // Nor by whoever leaves the field, and not over what was not told.
    await words.settle()
    expect(written).toEqual([])
    store.set({ keys: [key("title", "Tides of the west")] })
    expect(trouble()).toContain("by now says “Tides of the west”")
    words.put("title", "Tides of the north") // Enter
    await words.settle()
    expect(written).toEqual(["title: Tides of the north"])
  })
}

test("what the form waited to write goes into a text that is as it was, or is so again", async () => {
  const { store, words, written } = open([key("title", "Tides")], "restarting")
  words.put("title", "Tides of the north")
  store.set({ keys: [key("title", "Tid")] })
  store.set({ preview: "live" })
  await pause(20)
  expect(written).toEqual([])
  store.set({ keys: [key("title", "Tides")] })
  await pause(20)
  expect(written).toEqual(["title: Tides of the north"])
})

test("a change that is found when the text is another already is not made", async () => {
  const store = createStore<MatterState>({ keys: [key("title", "Tides")], preview: "starting", known: true, typed: {} })
  const written: string[] = []
  let found = () => {}
  const words = createMatterWords({
    place, store, delay: 5,
    find: (_name, text) => new Promise(resolve => (found = () => resolve(() => void written.push(text)))),
  })
  words.writes(true)
  words.put("title", "Charts")
  store.set({ preview: "live" })
  await pause(20)
  store.set({ keys: [key("title", "Tides of theirs")] })
  found()
  await pause(20)
  expect(written).toEqual([])
  expect(store.get().typed["title"]?.trouble).toContain("Tides of theirs")
})

test("what the renderer reads in a value is not taken for somebody else's", async () => {
  const { store, words, written } = open([key("date", "")], "live")
  words.put("date", "2026-3-8 22:00")
  await words.settle()
  words.put("date", "2026-3-8 22:00:3")
  store.set({ keys: [key("date", "2026-03-08 22:00:00 +0000")] })
  await pause(20)
  expect(written).toEqual(["date: 2026-3-8 22:00", "date: 2026-3-8 22:00:3"])
})

test("a list that somebody made of a key that was empty is not written over", async () => {
  const before = open([key("tags", "")], "starting")
  before.words.put("tags", "sea")
  before.words.destroy()
  const { store, words, written } = open([], "starting", false)
  store.set({ preview: "live" })
  store.set({ keys: [key("tags", "", false)], known: true })
  await pause(20)
  words.put("tags", "sea")
  await pause(20)
  expect(written).toEqual([])
  expect(store.get().typed["tags"]?.trouble).toContain("a list, a map or several lines")
  words.giveUp("tags")
  expect(store.get().typed).toEqual({})
})

test("a list that comes while somebody types is not written over", async () => {
  const { store, words, written } = open([key("tags", "")], "live")
  words.put("tags", "sea")
  store.set({ keys: [key("tags", "", false)] })
  await pause(20)
  expect(written).toEqual([])
})

test("a field that was emptied before the renderer lived is empty after a reload", async () => {
  const before = open([key("slug", "tides")], "starting")
  before.words.put("slug", "")
  before.words.destroy()
  const { store, written } = open([], "starting", false)
  store.set({ keys: [key("slug", "tides")], known: true })
  store.set({ preview: "live" })
  await pause(20)
  expect(written).toEqual(["slug: "])
})

test("a blank at the end waits for the next word, and is in the text once the field is left", async () => {
  const { store, words, written } = open([key("title", "Tides")], "live")
  words.put("title", "Tides ")
  await pause(200)
  expect(written).toEqual([])
  words.put("title", "Tides and ")
  await pause(200)
  expect(written).toEqual(["title: Tides and"])
  store.set({ keys: [key("title", "Tides and")] })
  words.put("title", "Tides and charts")
  await pause(200)
  expect(written).toEqual(["title: Tides and", "title: Tides and charts"])
  store.set({ keys: [key("title", "Tides and charts")] })
  expect(store.get().typed).toEqual({})
  words.put("title", "Tides and charts ")
  await pause(200)
  await words.settle()
  expect(written.slice(2)).toEqual(["title: Tides and charts "])
})

/// What may happen, one after the other. `more` is typed, "" takes two letters away.
type Act =
  | { is: "type" | "theirs"; more: string; after: number }
  | { is: "empty" | "leave" | "live" | "starting" | "restarting" | "resting" | "reload"; after: number }

const after = fc.oneof(fc.integer({ max: 40, min: 0 }), fc.integer({ max: 400, min: 0 }))
const acts: fc.Arbitrary<Act[]> = fc.array(fc.oneof(
  { weight: 9, arbitrary: fc.record({ is: fc.constant("type" as const), more: fc.constantFrom("a", "b", "c", "d", " ", ""), after }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant("theirs" as const), more: fc.constantFrom("X", "Y", "Z"), after }) },
  { weight: 9, arbitrary: fc.record({ is: fc.constantFrom("empty" as const, "leave" as const, "live" as const, "live" as const, "starting" as const, "restarting" as const, "resting" as const, "reload" as const), after }) },
), { maxLength: 30 })

/// A title that a form and others write, with a renderer that comes and goes.
class Desk {
  text = "Tides"
  /// What the person means the title to be.
  wanted = "Tides"
  /// Whether it was.
  reached = true
  /// What must never be, once it was.
  problem = ""
  store!: ReturnType<typeof createStore<MatterState>>
  private words!: MatterWords
  /// What others put there that the person has not been told of.
  private readonly untold = new Set<string>()
  private now = 0
  private timers: { at: number; id: number; act: () => void }[] = []
  private count = 0

  setTimeout = (act: () => void, ms = 0): number => {
    this.timers.push({ at: this.now + ms, id: ++this.count, act })
    return this.count
  }
  clearTimeout = (id: number): void => void (this.timers = this.timers.filter(timer => timer.id !== id))

  open(preview: MatterState["preview"]): void {
    this.words?.destroy()
    const store = createStore<MatterState>({ keys: [], preview, known: false, typed: {} })
    this.store = store
    this.words = createMatterWords({
      place, store,
      find: (_name, value) => new Promise((resolve, reject) => this.setTimeout(() => {
        if (store.get().preview === "live") resolve(() => store === this.store && this.write(value))
        else reject(new Error("gone"))
      }, 5 + this.count % 60)),
    })
    this.words.writes(true)
    this.tell(3)
  }

  private write(value: string): void {
    if (this.untold.has(this.text)) this.problem ||= `“${this.text}” is written over by “${value}”, and nobody was asked`
    this.text = value
    this.reached ||= value === this.wanted
    this.tell(this.count % 10 === 0 ? 30 : 3)
  }

  /// Tells what the keys are now, a moment later.
  private tell(ms: number): void {
    const { store, text } = this
    this.setTimeout(() => store === this.store && store.set({ keys: [key("title", text)], known: true }), ms)
  }

  private type(more: string | null): void {
    const { keys, typed, known } = this.store.get()
    if (!known) return
    const shown = typed["title"]?.text ?? keys[0]!.value
    if (!typed["title"]) this.untold.delete(keys[0]!.value)
    for (const told of this.untold) if (typed["title"]?.trouble.includes(`“${told}”`)) this.untold.delete(told)
    this.wanted = more === null ? "" : more === "" ? shown.slice(0, -2) : shown + more
    this.reached = this.text === this.wanted
    this.words.put("title", this.wanted)
  }

  act(act: Act): void {
    switch (act.is) {
      case "type":
        return this.type(act.more)
      case "empty":
        return this.type(null)
      case "theirs":
        // While it lives, what comes in is merged once the form has written.
        if (this.store.get().preview === "live") return
        this.text = `${act.more}${this.count}`
        this.untold.add(this.text)
        return this.tell(3)
      case "leave":
        return void this.words.settle()
      case "reload":
        return this.open(this.count % 2 ? "live" : "starting")
      case "live":
        if (this.store.get().preview === "live") return
        // It lives once it has told of the text.
        this.store.set({ preview: "live" })
        return this.store.set({ keys: [key("title", this.text)], known: true })
      default:
        this.store.set({ preview: act.is })
    }
  }

  async advance(ms: number): Promise<void> {
    const end = this.now + ms
    for (;;) {
      this.timers.sort((a, b) => a.at - b.at || a.id - b.id)
      const next = this.timers[0]
      if (!next || next.at > end) break
      this.timers.shift()
      this.now = next.at
      next.act()
      for (let i = 0; i < 20; i++) await Promise.resolve()
    }
    this.now = end
    for (let i = 0; i < 20; i++) await Promise.resolve()
  }

  async end(): Promise<void> {
    this.act({ is: "live", after: 0 })
    await this.advance(500)
    void this.words.settle()
    await this.advance(5000)
  }
}

test("whatever happens, what was typed is in the text or in its field, and nothing is written over unasked", async () => {
  test.setTimeout(120_000)
  const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout }
  await fc.assert(fc.asyncProperty(acts, async acts => {
    emptyStorage()
    const desk = new Desk()
    Object.assign(globalThis, { setTimeout: desk.setTimeout, clearTimeout: desk.clearTimeout })
    try {
      desk.open("live")
      await desk.advance(10)
      for (const act of acts) {
        desk.act(act)
        await desk.advance(act.after)
      }
      await desk.end()
    } finally {
      Object.assign(globalThis, real)
    }
    const left = desk.store.get().typed["title"]
    if (desk.problem) throw new Error(desk.problem)
    if (left ? left.text !== desk.wanted : !desk.reached) throw new Error(`“${desk.wanted}” is lost`)
    if (desk.text !== desk.wanted && left?.trouble === "") throw new Error(`“${desk.wanted}” waits for nothing`)
    if (desk.text === desk.wanted && left) throw new Error("what is in the text waits for ever")
  }), { numRuns: 3_000, seed: 20_261_130 })
})
