// Searching all texts on the desk, by keyboard and on a phone.
import AxeBuilder from "@axe-core/playwright"
import { crlf, expect, test, tides } from "./galley"

test("words in the texts are found by keyboard, marked, and open at their line", async ({ page, galley }) => {
  await page.goto(galley.url)
  await page.getByRole("searchbox").waitFor() // nobody listens to keys before
  await page.keyboard.press("F2")
  await page.keyboard.type("gauge north")
  const texts = page.getByRole("region", { name: "In the texts" })
  await expect(texts.getByRole("status")).toHaveText("1 of 3 texts")
  const lines = texts.locator("ol a")
  await expect(lines).toHaveCount(3)
  await expect(lines.last().locator("mark")).toHaveText(["north"])
  await expect(page.getByText("The texts are not searched")).toHaveCount(0)
  // Letters of another size, and words that are nowhere.
  await page.keyboard.press("ControlOrMeta+a")
  await page.keyboard.type("CHARTS load")
  await expect(lines).toHaveText(["Line 13* Charts load while offline"])
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("ArrowDown")
  await expect(lines.first()).toBeFocused()
  await page.keyboard.press("ArrowUp")
  await page.keyboard.press("ArrowUp")
  await expect(page.getByRole("searchbox")).toBeFocused()
  const { violations } = await new AxeBuilder({ page }).include(".posts").analyze()
  expect(violations).toEqual([])
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(/line=13/)
  await expect(page.locator(".cm-activeLine").first()).toHaveText("* Charts load while offline")
  await page.keyboard.type("Now: ")
  await expect(page.locator(".cm-activeLine").first()).toHaveText("Now: * Charts load while offline")
})

test("a post is found by what was committed since, and in its own line ends", async ({ page, galley }) => {
  await page.goto(galley.url)
  await page.getByRole("searchbox").fill("heron")
  await expect(page.getByRole("region", { name: "In the texts" }).getByRole("status")).toHaveText("None of 3 texts has these words")
  galley.commit(tides, "---\ntitle: Tides\n---\n\nA heron stood there.\n", "See a heron")
  // The server keeps a tree for a moment, so that one looks until it reads anew.
  await expect(async () => {
    await page.reload()
    await page.getByRole("searchbox").fill("heron")
    await expect(page.locator(".text-hits ol a")).toHaveText(["Line 5A heron stood there."], { timeout: 2_000 })
  }).toPass()
  await page.getByRole("searchbox").fill("second line")
  const lines = page.locator(".text-hits ol a")
  await expect(lines).toHaveText(["Line 9Second line."])
  expect(await lines.first().getAttribute("href")).toContain(encodeURIComponent(crlf))
})

test("the count says where each hit is, and what was found for other words goes at once", async ({ page, galley }) => {
  galley.commit("about.md", "---\nlayout: page\ntitle: About herons\n---\n\nNothing.\n", "Add a page")
  await page.goto(galley.url)
  const texts = page.getByRole("region", { name: "In the texts" })
  // In the title of a post, which is listed above.
  await page.getByRole("searchbox").fill("hostile")
  await expect(texts.getByRole("status")).toHaveText("None beside the one above, of 4 texts")
  await expect(page.locator(".posts > ul li")).toHaveCount(1)
  await expect(texts.getByRole("listitem")).toHaveCount(0)
  // In that of a page, which is not.
  await page.getByRole("searchbox").fill("herons")
  await expect(texts.getByRole("status")).toHaveText("1 of 4 texts")
  await expect(texts.getByRole("link", { name: "About herons" }).locator("mark")).toHaveText("herons")
  // One in the list, and one in the texts.
  galley.commit("_posts/2026-03-15-tides.md", "---\ntitle: More of them\n---\n\nTides again.\n", "Write on")
  // The server keeps a tree for a moment, so that one looks until it reads anew.
  await expect(async () => {
    await page.reload()
    await expect(page.getByText("4 posts")).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await page.getByRole("searchbox").fill("charts load")
  await expect(texts.locator("ol a")).toHaveCount(1)
  let answer = () => {}
  const held = new Promise<void>(resolve => (answer = resolve))
  await page.route("**/api/search?**", async route => {
    await held
    await route.continue()
  })
  await page.getByRole("searchbox").fill("charts")
  await expect(texts.getByRole("status")).toHaveText("Searching.")
  await expect(texts.getByRole("listitem")).toHaveCount(0)
  answer()
  await expect(texts.locator("ol a").first()).toBeVisible()
})

test("on a phone the lines fit, and the desk says what it searched where the server is silent", async ({ page, galley }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(galley.url)
  const search = page.getByRole("searchbox")
  await search.fill("nobody")
  await expect(page.locator(".text-hits ol a")).toHaveCount(1)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await page.route("**/api/search?**", route => route.abort())
  await search.fill("tides")
  await expect(page.locator(".posts > ul li")).toHaveCount(1)
  await expect(page.locator(".text-hits").getByRole("alert")).toHaveText("Galley's server does not answer. Titles, dates and file names were searched, and no texts.")
})
