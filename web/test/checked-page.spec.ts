// What a check of the page found, while the text goes on.
import { ChangeSet } from "@codemirror/state"
import { expect, test } from "@playwright/test"
import { createStore } from "../src/base/store"
import { createCheckedPage } from "../src/post/checked-page"
import type { EditState } from "../src/post/edit-state"
import type { PageFound } from "../src/post/page-check"

function begin(text: string) {
  const store = createStore<Pick<EditState, "pageCheck">>({ pageCheck: { is: "no", said: "", layout: [], apart: true } })
  const from = text.indexOf("src")
  const found: PageFound = {
    problems: [{ from, to: from + 3, severity: "warning", code: "page-frame-title", message: "It has no title.", page: true }],
    blocks: [{ from: text.indexOf("<"), to: text.indexOf(">") + 1 }], layout: [], apart: true, said: "One thing.", failed: false,
  }
  let run = async () => found
  let now = text
  let told = 0
  const page = createCheckedPage({ store, text: () => now, run: () => run(), onFound: () => told++ })
  return {
    store, page, fail: () => (run = () => Promise.reject(new Error("gone"))),
    told: () => told,
    shown: () => page.found().map(({ from, to }) => now.slice(from, to)),
    change(from: number, to: number, insert: string) {
      const changes = ChangeSet.of({ from, to, insert }, now.length)
      now = now.slice(0, from) + insert + now.slice(to)
      page.changed(changes)
    },
  }
}

test("what was found goes with its block's source, and is at its place when that is back", async () => {
  const { page, store, shown, change, told } = begin("Words.\n\n<iframe src=x>\n")
  expect(shown()).toEqual([])
  await page.check()
  expect([store.get().pageCheck.is, store.get().pageCheck.said, told()]).toEqual(["done", "One thing.", 1])
  expect(shown()).toEqual(["src"])
  change(0, 0, "More. ")
  expect(shown()).toEqual(["src"])
  const listed = page.found()
  change(21, 21, ' title="A map"')
  expect(shown()).toEqual([])
  listed[0]!.from = 0 // whoever lists it moves it
  change(21, 35, "")
  expect(shown()).toEqual(["src"])
})

test("a check that cannot be loaded says so, and leaves what was found", async () => {
  const { page, store, shown, fail } = begin("<iframe src=x>")
  await page.check()
  fail()
  await page.check()
  expect(store.get().pageCheck.is).toBe("failed")
  expect(shown()).toEqual(["src"])
})
