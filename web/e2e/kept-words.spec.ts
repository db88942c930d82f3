// What is typed beside the text is there again after Escape, a reload and in another
// tab, until it is sent.
import AxeBuilder from "@axe-core/playwright"
import type { Page } from "@playwright/test"
import { expect, kept, live, openPost, source, test, tides, typeAtEnd } from "./galley"

async function axe(page: Page, part: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

/// The names of what local storage keeps.
const names = (page: Page) => page.evaluate(() => Object.keys(localStorage).filter(name => name.startsWith("galley:words:")))

test("a pull request's title and message survive Escape, a reload and the tab, and go once they are sent", async ({ page, context, galley }) => {
  await openPost(page, galley, tides)
  await typeAtEnd(page, "\nOne more line.\n")
  const open = (on: Page) => on.locator(".bar .primary").click()
  const fields = (on: Page) => ({ title: on.getByRole("dialog").getByLabel("Title"), message: on.getByRole("dialog").getByLabel(/^Message/) })
  const typed = async (on: Page) => {
    await expect(fields(on).title).toHaveValue("My own title")
    await expect(fields(on).message).toHaveValue("Written with care.")
  }
  await open(page)
  await fields(page).title.fill("My own title")
  await fields(page).message.fill("Written with care.")
  await page.keyboard.press("Escape")
  await expect(page.getByRole("dialog")).toHaveCount(0)
  await open(page)
  await typed(page)
  await axe(page, "dialog")
  await page.getByRole("dialog").getByRole("button", { name: "Not yet" }).click()
  await open(page)
  await page.reload()
  await live(page)
  await open(page)
  await typed(page)
  await page.close()

  const other = await context.newPage()
  await openPost(other, galley, tides)
  await open(other)
  await typed(other)
  await other.getByRole("dialog").getByRole("button", { name: "Open pull request" }).click()
  await other.getByRole("dialog").getByRole("button", { name: "Go on writing" }).click()
  expect(galley.git("log", "--all", "--format=%B")).toContain("My own title\n\nWritten with care.")
  expect(await names(other)).toEqual([])
  await typeAtEnd(other, "And another.\n")
  await open(other)
  await expect(fields(other).title).toHaveValue("My own title") // the pull request's
  await expect(fields(other).message).toHaveValue("")
})

test("where the browser keeps nothing, the field that it is typed into says so", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  await typeAtEnd(page, "\nOne more line.\n")
  await page.locator(".bar .primary").click()
  const dialog = page.getByRole("dialog")
  const said = dialog.getByText("This browser does not keep what you typed here")
  await dialog.getByLabel(/^Message/).fill("Kept.")
  await expect(said).toHaveCount(0)
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("no room", "QuotaExceededError")
    }
  })
  await dialog.getByLabel(/^Message/).fill("Not kept.")
  await expect(said).toHaveRole("alert")
  await axe(page, "dialog")
  await dialog.getByLabel(/^Message/).fill("") // nothing is to be kept
  await expect(said).toHaveCount(0)
})

test("an edition's title and message survive Escape and a reload", async ({ page, galley }) => {
  galley.commit("_config.yml", "title: Harbour Notes\ngalley:\n  branch: \"edition/{date}\"\n", "Editions")
  galley.git("checkout", "-q", "-b", "edition/2026-08-16")
  galley.commit("_posts/2026-08-16-update.md", "---\nlayout: post\ntitle: The week\ndate: 2026-08-16 22:00:00 -0000\n---\n\nWords.\n", "Begin the edition")
  galley.git("checkout", "-q", "main")
  await page.goto(galley.url)
  const dialog = page.getByRole("dialog", { name: "Open the edition's pull request" })
  const open = () => page.getByRole("button", { name: "Open the edition's pull request" }).click()
  await open()
  await dialog.getByLabel("Title").fill("My own title")
  await dialog.getByLabel(/^Message/).fill("Written with care.")
  await page.keyboard.press("Escape")
  await expect(dialog).toBeHidden()
  await page.reload()
  await open()
  await expect(dialog.getByLabel("Title")).toHaveValue("My own title")
  await expect(dialog.getByLabel(/^Message/)).toHaveValue("Written with care.")
  await axe(page, "dialog")
  await dialog.getByRole("button", { name: "Open pull request" }).click()
  await expect(page.getByRole("heading", { name: "My own title" })).toBeVisible()
  expect(await names(page)).toEqual([])
})

test("a new post's title and slug survive Escape and a reload, and go once it is begun", async ({ page, galley }) => {
  const dialog = page.getByRole("dialog", { name: "New post" })
  const open = () => page.getByRole("button", { name: "New post" }).click()
  await page.goto(galley.url)
  await open()
  await dialog.getByLabel("Title").fill("A new quay")
  await dialog.getByLabel("Slug").fill("quay")
  await page.keyboard.press("Escape")
  await expect(dialog).toBeHidden()
  await page.reload()
  await open()
  await expect(dialog.getByLabel("Title")).toHaveValue("A new quay")
  await expect(dialog).toContainText("-quay.md")
  await dialog.getByRole("button", { name: "Start writing" }).click()
  await live(page)
  await expect(page.getByRole("heading", { level: 1, name: "A new quay" })).toBeVisible()
  expect(await names(page)).toEqual([])
})

test("the words of what the list does with files survive Escape and a reload, and go once they are sent", async ({ page, galley }) => {
  const dialog = page.getByRole("dialog")
  const row = page.locator(`.posts li[data-path="${tides}"]`)
  const begin = async (item: string) => {
    await row.getByRole("button", { name: /^More for/ }).click()
    await page.getByRole("menuitem", { name: item }).click()
  }
  const message = dialog.getByLabel(/^Message/)
  const title = dialog.getByLabel("Title of the pull request")
  await page.goto(galley.url)
  for (const item of ["Rename", "Delete", "Take back to the drafts"]) {
    await begin(item)
    await title.fill(item + ", by my own title")
    await message.fill(item + ", for a reason")
    if (item === "Rename") await dialog.getByLabel("Slug").fill("gauges")
    await page.keyboard.press("Escape")
    await expect(dialog).toHaveCount(0)
  }
  await page.reload()
  for (const item of ["Delete", "Rename", "Take back to the drafts"]) {
    await begin(item)
    await expect(title).toHaveValue(item + ", by my own title")
    await expect(message).toHaveValue(item + ", for a reason")
    if (item === "Rename") await expect(dialog.getByText("gauges.md")).toBeVisible()
    await dialog.getByRole("button", { name: "Open pull request" }).click()
    await dialog.getByRole("button", { name: "Back to the desk" }).click()
  }
  expect(galley.git("log", "--all", "--format=%B")).toContain("Rename, by my own title\n\nRename, for a reason")
  expect(await names(page)).toEqual([])

  galley.git("rm", "-q", tides)
  galley.git("commit", "-q", "-m", "Away with it")
  await page.goto(galley.url)
  const restore = async () => {
    await page.getByRole("button", { name: "Restore a deleted post" }).click()
    await dialog.getByRole("radio", { name: /tides/ }).check()
  }
  await restore()
  await expect(title).toHaveValue(/^Restore “.*Tides and charts/)
  await message.fill("Missed.")
  await page.keyboard.press("Escape")
  await restore()
  await expect(message).toHaveValue("Missed.")
  await dialog.getByRole("button", { name: "Open pull request" }).click()
  await dialog.getByRole("button", { name: "Back to the desk" }).click()
  expect(await names(page)).toEqual([])
})

test("a snippet's fields and a picture's words survive Escape, and go once they are in the text", async ({ page, galley }) => {
  galley.commit("_includes/quote.html", "<blockquote>{{ include.text }}</blockquote>\n", "Add an include")
  galley.commit("_config.yml", `${galley.show("main", "_config.yml").toString()}galley:\n  snippets:\n    - {name: Quotation, include: quote.html, fields: [text, by]}\n`, "Name it")
  await openPost(page, galley, tides)
  await typeAtEnd(page, "\n")
  const dialog = page.getByRole("dialog")
  const text = dialog.getByLabel("Text", { exact: true })
  const quote = async () => {
    await page.keyboard.press("Alt+i")
    await dialog.getByLabel("Snippet").selectOption("Quotation")
  }
  await quote()
  await text.fill("A long quotation.")
  await page.keyboard.press("Escape")
  await expect(dialog).toHaveCount(0)
  await quote()
  await expect(text).toHaveValue("A long quotation.")
  await dialog.getByRole("button", { name: "Insert" }).click()
  await expect(dialog).toHaveCount(0)
  expect(await names(page)).toEqual([])
  await page.keyboard.press("ArrowLeft")
  await page.keyboard.press("ArrowLeft")
  await page.keyboard.press("Alt+i")
  await text.fill("Another.")
  await page.keyboard.press("Escape")
  await expect(dialog).toHaveCount(0)
  await page.keyboard.press("Alt+i")
  await expect(text).toHaveValue("Another.")
  await dialog.getByRole("button", { name: "Change it" }).click()
  await expect(dialog).toHaveCount(0)
  expect(await names(page)).toEqual([])

  const alt = dialog.getByLabel(/^Alternative text/)
  const picture = async () => {
    await source(page).evaluate(async element => {
      const canvas = new OffscreenCanvas(8, 8)
      canvas.getContext("2d")!.fillRect(0, 0, 8, 8)
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File([await canvas.convertToBlob()], "buoy.png", { type: "image/png" }))
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
    })
    await expect(dialog.getByRole("button", { name: "Take it out again" })).toBeVisible()
  }
  await picture()
  await alt.fill("A buoy, tilted")
  await page.keyboard.press("Escape")
  await expect(dialog).toHaveCount(0)
  await picture()
  await expect(alt).toHaveValue("A buoy, tilted")
  await dialog.getByRole("button", { name: "Take it out again" }).click()
  expect(await names(page)).toEqual([])
  await picture()
  await expect(alt).toHaveValue("")
  await alt.fill("A buoy")
  await dialog.getByRole("button", { name: "Done" }).click()
  await expect(dialog).toHaveCount(0)
  expect(await names(page)).toEqual([])
})

test("a picture's words that are typed while it is prepared survive Escape and a reload", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  const dialog = page.getByRole("dialog")
  const alt = dialog.getByLabel(/^Alternative text/)
  await page.route("**/api/pictures?**", route => route.request().method() === "POST" ? undefined : route.continue()) // for ever
  const picture = () => source(page).evaluate(element => {
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File(["a picture"], "buoy.png", { type: "image/png" }))
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
  })
  await picture()
  await alt.pressSequentially("A buoy")
  await page.keyboard.press("Escape")
  await expect(dialog).toHaveCount(0)
  await picture()
  await expect(alt).toHaveValue("A buoy")
  await alt.fill("A buoy, tilted")
  await page.reload()
  await live(page)
  await picture()
  await expect(alt).toHaveValue("A buoy, tilted")
  await dialog.getByRole("button", { name: "Cancel" }).click()
  expect(await names(page)).toEqual([])
})

test("what is written where two texts are compared survives Escape, and goes with the choice", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  await typeAtEnd(page, "Mine at the end.\n")
  await kept(page)
  galley.git("rm", "-q", tides)
  galley.git("commit", "-q", "-m", "Gone")
  const dialog = page.getByRole("dialog", { name: "This post has changed on the branch" })
  await page.locator(".bar .primary").click()
  await dialog.getByRole("textbox").first().click()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type("Written in the dialog.")
  await page.keyboard.press("Escape")
  await expect(dialog).toHaveCount(0)
  await typeAtEnd(page, "\n") // and the text goes on
  await source(page).press("Backspace")
  await page.locator(".bar .primary").click()
  await expect(dialog).toContainText("Written in the dialog.")
  await dialog.getByRole("button", { name: "Use this text" }).click()
  await expect(dialog).toHaveCount(0)
  await expect(source(page)).toContainText("Written in the dialog.")
  expect(await names(page)).toEqual([])
})

test("what is written into the comparison with a draft at another place stays until it is there", async ({ page, galley }) => {
  galley.commit("_config.yml", "title: Harbour Notes\npermalink: /:year/:year:month:day\ngalley:\n  title: Edition\n  branch: \"{year}-{mm}\"\n", "Monthly editions")
  galley.git("branch", "2026-03")
  for (const branch of ["main", "2026-03"]) {
    await openPost(page, galley, tides, branch)
    await typeAtEnd(page, `Written on ${branch}.\n`)
    await kept(page)
  }
  await page.getByRole("button", { name: "Write on main" }).click()
  const dialog = page.getByRole("dialog", { name: "You have a draft there already" })
  await dialog.getByRole("textbox").first().click()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type("Written in the dialog.")
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("no room", "QuotaExceededError")
    }
    Object.assign(window, { room: () => (IDBObjectStore.prototype.put = put) })
  })
  const replace = dialog.getByRole("button", { name: "Replace it by the text as it stands here" })
  await replace.click()
  await expect(dialog.getByRole("alert")).toContainText("Your text was not taken along.")
  await expect(dialog.getByRole("textbox").first()).toContainText("Written in the dialog.")
  expect(await names(page)).toHaveLength(1)
  await page.evaluate(() => (window as unknown as { room: () => void }).room())
  await replace.click()
  await expect(page.locator(".bar")).toContainText("on main")
  await expect(source(page)).toContainText("Written in the dialog.")
  expect(await names(page)).toEqual([])
})

test("what was typed beside a text is forgotten with its draft, and with all drafts", async ({ page, galley }) => {
  const begin = async () => {
    await openPost(page, galley, tides)
    await typeAtEnd(page, "\nOne more line.\n")
    await page.locator(".bar .primary").click()
    await page.getByRole("dialog").getByLabel(/^Message/).fill("Written with care.")
    await page.goto(galley.url)
    await expect(page.getByRole("heading", { name: "Waiting in this browser" })).toBeVisible()
  }
  await begin()
  await page.getByRole("button", { name: "Forget the draft of Tides and charts" }).click()
  expect(await names(page)).toHaveLength(1)
  await page.getByRole("button", { name: "Forget it" }).click()
  await expect(page.getByRole("dialog")).toHaveCount(0)
  expect(await names(page)).toEqual([])

  await begin()
  await page.keyboard.press("F1")
  await page.keyboard.type("Forget all")
  await page.keyboard.press("Enter")
  const dialog = page.getByRole("dialog", { name: "Forget all drafts in this browser?" })
  await expect(dialog).toContainText("Messages and comments that you have typed and not sent are forgotten, too.")
  await dialog.getByRole("button", { name: "Forget them" }).click()
  await expect(dialog).toBeHidden()
  expect(await names(page)).toEqual([])
})
