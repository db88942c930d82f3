// Whatever is open around it, there is room for the text.
import { expect, kept, openPost, test, tides, tidesText, typeAtEnd } from "./galley"

const sections = Array.from({ length: 30 }, (_, i) => `\n## Section ${i}\n\n*\n`).join("")

for (const [width, height] of [[1440, 900], [390, 844], [1280, 600]] as const) {
  test(`the source keeps a third of its column at ${width} by ${height}`, async ({ page, galley }) => {
    await page.setViewportSize({ width, height })
    galley.commit(tides, tidesText + sections, "Many sections")
    await openPost(page, galley, tides)
    const share = () => page.locator(".source").evaluate(column => column.querySelector(".text")!.getBoundingClientRect().height / column.getBoundingClientRect().height)
    const fold = page.getByRole("button", { name: /Front matter/ })
    if ((await fold.getAttribute("aria-expanded")) === "false") await fold.click()
    await expect(page.getByRole("region", { name: "Problems" }).getByRole("button").first()).toContainText("31 warnings") // the bullets, and a link that says “link”
    await page.getByRole("region", { name: "Problems" }).getByRole("button").first().click()
    await expect(page.locator("#problem-list .what").first()).toBeInViewport()
    await page.getByRole("region", { name: "Who writes what" }).getByRole("button").first().click()
    expect(await share()).toBeGreaterThan(1 / 3 - 0.01)
    const divider = page.getByRole("separator", { name: "Height of the lists" })
    const lists = () => page.locator(".source").evaluate(column => (column.querySelector<HTMLElement>(".drawers")!.offsetHeight / column.clientHeight) * 100)
    const says = async () => expect(divider).toHaveAttribute("aria-valuenow", String(Math.round(await lists())))
    await divider.focus()
    // Each key is seen at once, whatever else is open, and the value is what is seen.
    await says()
    for (const [key, sign] of [["ArrowDown", -1], ["ArrowDown", -1], ["ArrowUp", 1], ["Shift+ArrowUp", 1], ["ArrowDown", -1]] as const) {
      const before = await lists()
      await page.keyboard.press(key)
      await expect.poll(async () => Math.sign(Math.round((await lists()) - before)), key).toBe(sign)
      await says()
    }
    await page.keyboard.press("End")
    expect(await share()).toBeGreaterThan(1 / 3 - 0.01)
    // It stays where the writer put it.
    await expect(divider).toHaveAttribute("aria-valuenow", "60")
    await page.reload()
    await page.getByRole("region", { name: "Problems" }).getByRole("button").first().click()
    await expect(divider).toHaveAttribute("aria-valuenow", "60")
    if (width > 720) return
    // A section and its button are on one line.
    await page.getByRole("region", { name: "Who writes what" }).getByRole("button").first().click()
    const row = page.locator("#section-list li").filter({ hasText: "Section 3" }).first()
    expect((await row.boundingBox())!.height).toBeLessThan(50)
    const bar = await page.locator(".edit > .bar").boundingBox()
    expect(bar!.height).toBeLessThan(110)
  })
}

test("a merge asks first", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  await page.locator(".source .cm-content").focus()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type("\n*\n\n[x]()\n")
  await expect(page.getByRole("region", { name: "Problems" })).toContainText("warning")
  await page.getByRole("button", { name: "Open pull request" }).click()
  const dialog = page.getByRole("dialog", { name: "Open pull request" })
  await expect(dialog).toContainText(/warnings? still marked in the text/)
  await dialog.getByRole("button", { name: /^Go to/ }).click()
  await expect(dialog).toBeHidden()
  await expect(page.locator("#problem-list")).toBeVisible()
  await expect(page.locator(".source .cm-content")).toBeFocused()
  await page.getByRole("button", { name: "Open pull request" }).click()
  await dialog.getByRole("button", { name: "Open pull request" }).click()
  await page.getByRole("dialog", { name: "Pull request #1 is open" }).getByRole("link").click()
  const head = galley.git("rev-parse", "main")
  const question = page.getByRole("dialog", { name: "Merge this pull request?" })
  await page.getByRole("button", { name: "Merge", exact: true }).click()
  await question.getByRole("button", { name: "Not yet" }).click()
  await page.keyboard.press("ControlOrMeta+Enter")
  await expect(question).toBeVisible()
  expect(galley.git("rev-parse", "main")).toBe(head)
  // A second press of the key is no answer.
  await expect(question.getByRole("button", { name: "Not yet" })).toBeFocused()
  await page.keyboard.press("Tab")
  await page.keyboard.press("Enter")
  await expect(page.getByRole("status").filter({ hasText: "Merged" })).toBeVisible()
  expect(galley.git("rev-parse", "main")).not.toBe(head)
})

test("on a phone the bar says whole where the post is, with a draft and pull requests", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  await typeAtEnd(page, "More.\n")
  await page.locator(".bar .primary").click()
  await page.getByRole("dialog").getByRole("button", { name: "Open pull request" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Go on writing" }).click()
  await typeAtEnd(page, "And more.\n")
  await kept(page)
  for (const width of [390, 360]) {
    await page.setViewportSize({ width, height: 844 })
    const where = page.locator(".bar .where p")
    await expect(where).toContainText("on main")
    expect(await where.evaluate(line => [line, ...line.children].filter(part => part.scrollWidth > part.clientWidth && getComputedStyle(part).display !== "none").map(part => part.textContent))).toEqual([])
    expect((await page.locator(".edit > .bar").boundingBox())!.height).toBeLessThan(110)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
  }
})

test("the next key is for what the key before it opened", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  const text = page.locator(".source .cm-content")
  /// What has the focus in the task of the key, before another could be heard.
  const pressed = (init: { key: string; code: string; altKey?: boolean }) => page.evaluate(async init => {
    document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { ...init, bubbles: true, cancelable: true }))
    for (let i = 0; i < 20; i++) await Promise.resolve()
    return document.activeElement!.closest("dialog, form, section")?.matches("dialog, #matter-form")
  }, init)
  for (const init of [{ key: "o", code: "KeyO", altKey: true }, { key: "F1", code: "F1" }, { key: "F2", code: "F2" }]) {
    // What it opens is fetched when it is first asked for.
    for (const first of [true, false]) {
      await text.focus()
      const there = await pressed(init)
      if (!first) expect(there, init.key).toBe(true)
      await expect(text).not.toBeFocused()
      await page.keyboard.press("Escape")
      await expect(page.getByRole("dialog")).toHaveCount(0)
    }
  }
})
