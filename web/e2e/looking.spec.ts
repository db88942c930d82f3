// How the page is looked at: at other widths, in other colours, as it is printed.
import AxeBuilder from "@axe-core/playwright"
import { difference, expect, openPost, preview, previewFrame, source, test, tides, tidesText, typeAtEnd } from "./galley"

// A browser that is told of other colours tells all its frames the same.
test.use({ colorScheme: null })

test("the page is looked at as on a phone and a desk, in dark and printed, and stays the published page", async ({ page, galley }) => {
  const styled = tidesText.replace("Some words", "<style>@media print { td { color: rgb(1, 2, 3) } } @media screen { th { color: rgb(4, 5, 6) } }</style>\n\nSome words")
  galley.commit(tides, styled, "Style it")
  await openPost(page, galley, tides)
  const width = page.getByLabel("Width of the page")
  const as = page.getByLabel("Colours and medium of the page")
  const inner = async () => (await previewFrame(page)).evaluate(() => innerWidth)
  const box = () => page.locator(".page .frame").evaluate(box => ({ room: box.clientWidth, needed: box.scrollWidth }))

  await width.selectOption("phone")
  await expect.poll(inner).toBe(390)
  await width.selectOption("desk")
  await expect.poll(inner).toBe(1280)
  const { room, needed } = await box() // made smaller, where the pane is narrower
  expect(room).toBeLessThan(1280)
  expect(needed).toBeLessThanOrEqual(room + 1)
  await as.selectOption("dark")
  await expect.poll(async () => (await previewFrame(page)).evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches)).toBe(true)
  await as.selectOption("light")
  await expect.poll(async () => (await previewFrame(page)).evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches)).toBe(false)

  // In print: sheets of the site, for which the frame asks, and those of the post.
  const header = preview(page).locator("header nav").first()
  await expect(header).toBeVisible()
  await expect(preview(page).locator("th").first()).toHaveCSS("color", "rgb(4, 5, 6)")
  await as.selectOption("print")
  await expect(preview(page).locator("td").first()).toHaveCSS("color", "rgb(1, 2, 3)")
  await expect(preview(page).locator("th").first()).not.toHaveCSS("color", "rgb(4, 5, 6)")
  await expect(header).toBeHidden()
  await typeAtEnd(page, "x")
  await expect(preview(page).getByText("The last line of all. x")).toBeVisible()
  expect(await difference(page, tides, styled + "x")).toBe("")
  expect((await new AxeBuilder({ page }).include(".looking").analyze()).violations).toEqual([])

  // Kept in this browser, and taken back by a command.
  await page.reload()
  await expect(header).toBeHidden()
  await expect(as).toHaveValue("print")
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+Shift+p")
  await page.keyboard.type("browser's colours")
  await page.keyboard.press("Enter")
  await expect(header).toBeVisible()
  await expect(preview(page).locator("th").first()).toHaveCSS("color", "rgb(4, 5, 6)")
})
