// Tables as the keyboard makes them.
import AxeBuilder from "@axe-core/playwright"
import type { Page } from "@playwright/test"
import { body, expect, kept, openPost, preview, source, test, tides, typeAtEnd } from "./galley"

const table = "| a | b |\n|---|---|\n| c¦ | d |\n"

for (const [name, marked, keys, wanted] of [
  ["Tab goes to the next cell", table, "Tab X", "| a   | b   |\n| --- | --- |\n| c   | X   |\n"],
  ["and behind the last into a new row", table, "Tab Tab X", "| a   | b   |\n| --- | --- |\n| c   | d   |\n| X    |     |\n"],
  ["Shift+Tab goes back", table, "Shift+Tab X", "| a   | X   |\n| --- | --- |\n| c   | d   |\n"],
  ["a row moves", "| a |\n|---|\n| b¦ |\n| c |\n", "Alt+ArrowDown", "| a   |\n| --- |\n| c   |\n| b   |\n"],
  ["a column moves", table, "Alt+Shift+ArrowRight", "| b   | a   |\n| --- | --- |\n| d   | c   |\n"],
  ["bars in code and behind a backslash are no edges", "| a | b |\n| --- | :-: |\n| `x|y`¦ | \\| |\n", "Tab", "| a     |  b  |\n| ----- | :-: |\n| `x|y` | \\|  |\n"],
  ["wide letters take two columns", "| 港 | b |\n| - | -: |\n| c¦ | 1 |\n", "Tab", "| 港  |   b |\n| --- | --: |\n| c   |   1 |\n"],
] as const) {
  test(`table: ${name}`, async ({ editor: { page, write } }) => {
    await write(marked, "¦")
    for (const key of keys.split(" ")) await page.keyboard.press(key)
    await body(page).toBe(wanted)
  })
}

test("the bar above a table adds, deletes, aligns and formats; one undo takes each back", async ({ editor: { page, write } }) => {
  await write(table, "¦")
  const press = (name: string) => page.getByRole("toolbar", { name: "Table" }).getByRole("button", { name, exact: true }).click()
  const done = async (name: string, wanted: string) => {
    await press(name)
    await body(page).toBe(wanted)
    await expect(source(page)).toBeFocused()
  }
  await done("Format the table", "| a   | b   |\n| --- | --- |\n| c   | d   |\n")
  await done("Add a row below", "| a   | b   |\n| --- | --- |\n| c   | d   |\n|     |     |\n")
  await done("Delete the row", "| a   | b   |\n| --- | --- |\n| c   | d   |\n")
  await done("Align the column right", "|   a | b   |\n| --: | --- |\n|   c | d   |\n")
  await done("Add a column behind", "|   a |     | b   |\n| --: | --- | --- |\n|   c |     | d   |\n")
  await done("Delete the column", "|   a | b   |\n| --: | --- |\n|   c | d   |\n")
  await expect(preview(page).locator("td").first()).toHaveCSS("text-align", "right")
  const { violations } = await new AxeBuilder({ page }).include(".cm-table-bar").analyze()
  expect(violations).toEqual([])
  await page.keyboard.press("ControlOrMeta+End")
  await expect(page.getByRole("toolbar", { name: "Table" })).toBeHidden()
})

test("what is typed before a key's script is there comes behind what the key does", async ({ page, galley }) => {
  let release = () => {}
  const asked = new Promise<void>(asked => {
    void page.route(/\/app\/aids-.*\.js/, async route => {
      asked()
      await new Promise<void>(go => (release = go))
      await route.continue()
    })
  })
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"])
  await openPost(page, galley, tides)
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.press("Alt+t")
  await asked
  await page.keyboard.type("wset")
  for (let i = 0; i < 3; i++) await page.keyboard.press("Backspace")
  await page.keyboard.type("est")
  await page.keyboard.press("Tab")
  await page.keyboard.type("1")
  await page.evaluate(() => navigator.clipboard.writeText("2 and 3"))
  await page.keyboard.press("ControlOrMeta+v")
  await page.keyboard.type("4")
  release()
  await body(page).toContain("| west | 12 and 34")
})

test("where a key's script never comes, what is typed behind it goes to the text all the same", async ({ page, galley }) => {
  await page.route(/\/app\/aids-.*\.js/, () => {}) // no answer
  await openPost(page, galley, tides)
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+End")
  for (const key of ["Alt+ArrowUp", "Alt+ArrowUp"]) {
    await page.keyboard.press(key)
    await page.keyboard.type("Words ")
  }
  await body(page).toMatch(/Words Words $/)
  await expect(page.locator(".keep")).toHaveText("Still loading: tables, lists and rich pasting come later")
  await source(page).evaluate(element => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/plain", "pasted")
    clipboardData.setData("text/html", "<b>pasted</b>")
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
  })
  await body(page).toMatch(/Words Words pasted$/)
  await page.keyboard.type(" more")
  await body(page).toMatch(/Words Words pasted more$/)
  await page.keyboard.press("ControlOrMeta+z")
  await body(page).not.toContain("more")
  await page.keyboard.press("ControlOrMeta+s")
  await kept(page)
})

for (const [how, leave] of [
  ["to another screen", (page: Page) => page.getByRole("link", { name: "Posts" }).click()],
  ["by a reload", (page: Page) => page.reload()],
] as const) {
  test(`what waits behind a key whose script does not come is kept when one leaves ${how}`, async ({ page, galley }) => {
    await page.route(/\/app\/aids-.*\.js/, () => {}) // no answer
    await openPost(page, galley, tides)
    await source(page).focus()
    await page.keyboard.press("ControlOrMeta+End")
    await page.keyboard.press("Alt+ArrowUp")
    await page.keyboard.type("Words")
    await leave(page)
    await openPost(page, galley, tides)
    await body(page).toMatch(/Words$/)
  })
}

for (const answers of [true, false]) {
  test(`what waits behind a key whose script does not come stays when another window goes on, ${answers ? "there" : "beside its text where it was not waited for"}`, async ({ page, galley, context }) => {
    await page.route(/\/app\/aids-.*\.js/, () => {}) // no answer
    if (!answers) await page.addInitScript(() => Object.defineProperty(BroadcastChannel.prototype, "onmessage", { set() {} }))
    await openPost(page, galley, tides)
    const other = await context.newPage()
    await openPost(other, galley, tides)
    await source(page).focus()
    await page.keyboard.press("ControlOrMeta+End")
    await page.keyboard.press("Alt+ArrowUp")
    await page.keyboard.type("Words")
    await other.getByRole("button", { name: "Continue here" }).click()
    await expect(source(other)).toHaveAttribute("contenteditable", "true")
    await body(page).toMatch(/Words$/)
    if (answers) await body(other).toMatch(/Words$/)
    else {
      await typeAtEnd(other, "Others")
      await kept(other)
      await page.getByRole("button", { name: "Continue here" }).click()
      await expect(page.getByRole("dialog")).toContainText("Words")
      await expect(page.getByRole("dialog")).toContainText("Others")
    }
  })
}

test("what waits behind a key whose script does not come is submitted with the text", async ({ page, galley }) => {
  await page.route(/\/app\/aids-.*\.js/, () => {}) // no answer
  await openPost(page, galley, tides)
  await typeAtEnd(page, "More. ")
  await page.keyboard.press("Alt+ArrowUp")
  await page.keyboard.type("Words")
  await page.locator(".bar .primary").click()
  await expect(page.getByRole("dialog")).toContainText("More. Words")
})

test("a table from the list of commands, on a phone", async ({ page, galley }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await openPost(page, galley, tides)
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type("words")
  await page.keyboard.press("Alt+t")
  await page.keyboard.type("north")
  await page.keyboard.press("Tab")
  await page.keyboard.type("3")
  await body(page).toContain("words\n\n| north |")
  const box = await page.getByRole("toolbar", { name: "Table" }).boundingBox()
  expect(box!.x).toBeGreaterThanOrEqual(0)
  expect(box!.x + box!.width).toBeLessThanOrEqual(360)
})
