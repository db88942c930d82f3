import { expect, test } from "@playwright/test"
import type { Editor } from "../src/editor/editor"
import type { Written } from "../src/editor/written"
import type { Draft } from "../src/post/drafts"
import { createDriver, type Driver } from "../src/post/driver"
import { standIn } from "./stand-ins"
import { emptyStorage } from "./storage"

/// What listens to the window, by events; and the document.
const heard = new Map<string, () => void>()
const page = { visibilityState: "hidden" }
let restore = () => {}
test.beforeEach(() => {
  emptyStorage()
  heard.clear()
  page.visibilityState = "hidden"
  const events = { addEventListener: () => {}, removeEventListener: () => {} }
  restore = standIn({ ...events, addEventListener: (type: string, hear: () => void) => heard.set(type, hear), navigator: {}, document: Object.assign(page, events) })
})
test.afterEach(() => restore())

const path = "_posts/a.md"
const mine: Draft = { site: "s", person: "ada", branch: "main", path, text: "one\nAda's\n", blob: "b0", base: "one\n", title: "", updated: 1, version: 3 }
const file = { path, text: "one\nBen's\n", blob: "b1", commit: "c1", branch: "main", url: "" }
const both = "one\nBen's\nAda's\n"

/// A draft whose branch has gone on by what Ben wrote, without an editor until `editor` is
/// set; with what is kept of it.
function open(): { driver: Driver; kept: Pick<Draft, "text" | "blob">[]; mount(editor: Partial<Editor>): void } {
  let editor: Editor | null = null
  const kept: Pick<Draft, "text" | "blob">[] = []
  const api = {
    mergeTexts: async () => ({ text: both, pieces: [{ kind: "theirs", from: 4, to: 10, matter: false, where: [], base: "", mine: "", theirs: "Ben's\n" }] }),
    changes: async () => [],
  }
  const drafts = {
    get: async () => mine, onClosed: () => () => {}, persist: async () => true,
    async put(draft: Omit<Draft, "version" | "updated">, seen: number) {
      kept.push({ text: draft.text, blob: draft.blob })
      return { ...draft, version: seen + 1, updated: 2 }
    },
  }
  const driver = createDriver({
    app: { api, quiet: api, drafts, unsaved: { tell() {} }, go() {} } as never,
    key: { site: "s", person: "ada", branch: "main", path }, place: { branch: "main", path, into: "", pull: 0 },
    pictures: { forget: async () => {}, keepAgain: async () => {} } as never,
    read: async () => ({
      place: { branch: "main", path, into: "", pull: 0 }, file, draft: mine, other: null, unread: false, fresh: null, target: { into: "", pull: 0, title: "", url: "" },
      left: false, began: null, renamed: null, notice: "", asBefore: false,
    }),
    editor: () => editor, title: () => "", delay: () => 5, onOpen() {}, settle: () => null,
  })
  return { driver, kept, mount: made => void (editor = made as Editor) }
}

test("what is merged before the editor is there is in the draft, and in what the editor begins with", async () => {
  const { driver, kept } = open()
  await expect.poll(() => kept).toEqual([{ text: both, blob: "b1" }])
  expect(driver.text()).toBe(both)
  const { text, origin, since } = driver.beginning()
  expect([text, origin.blob]).toEqual([mine.text, mine.blob]) // which an undo brings back
  expect(since.map(({ text, origin }) => [text, origin?.blob])).toEqual([[both, "b1"]])
  driver.destroy()
})

test("what is merged once the editor is there goes into it", async () => {
  const { driver, kept, mount } = open()
  const put: Written[] = []
  mount({ text: () => put.at(-1)?.text ?? mine.text, put: written => void put.push(written) })
  await expect.poll(() => kept).toEqual([{ text: both, blob: "b1" }])
  expect(put.map(({ text }) => text)).toEqual([both])
  expect(driver.beginning().since).toEqual([])
  driver.destroy()
})

test("what comes into the text when the page has gone already is left at once", async () => {
  const { driver, kept, mount } = open()
  let text = both
  mount({ text: () => text, put: () => {} })
  await expect.poll(() => kept).toEqual([{ text: both, blob: "b1" }])
  const left = () => Object.values(localStorage).some(value => String(value).includes(JSON.stringify(text).slice(1, -1)))
  const type = (letter: string) => {
    text += letter
    driver.send({ type: "typed" })
    return left()
  }
  page.visibilityState = "visible"
  expect(type("a")).toBe(false) // kept in a moment
  heard.get("pagehide")!()
  expect(left()).toBe(true)
  expect(type("b")).toBe(true)
  heard.get("pageshow")!()
  expect(type("c")).toBe(false)
  page.visibilityState = "hidden"
  expect(type("d")).toBe(true)
  driver.destroy()
})
