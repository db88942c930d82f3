// Fields take letters, whatever stood before them.
import { expect, openPost, test, tides } from "./galley"

const title = "Find a command"

test("a field goes on where it was when a dialog before it is gone, by keys and by the mouse", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  const field = page.locator("input[name=matter-title]")
  await field.click()
  await page.keyboard.press("End")
  await page.keyboard.type(" one", { delay: 30 })
  await page.keyboard.press("ControlOrMeta+Shift+P")
  await expect(page.getByRole("combobox", { name: title })).toBeFocused()
  // At once, when the text has the letters and nobody has read its keys again.
  await page.keyboard.press("Escape")
  await page.keyboard.type(" two")
  await expect(field).toHaveValue(/ one two$/)
  await page.keyboard.press("ControlOrMeta+Enter")
  await page.getByRole("dialog").getByRole("button", { name: "Not yet" }).click()
  await expect(page.getByRole("dialog")).toHaveCount(0)
  await page.keyboard.type(" three")
  await expect(field).toHaveValue(/ one two three$/)

  await page.goto(galley.url)
  const search = page.getByRole("searchbox")
  await search.click()
  await page.keyboard.type("ti")
  await page.keyboard.press("Alt+n")
  await page.getByRole("dialog").getByRole("button", { name: "Not now" }).click()
  await expect(page.getByRole("dialog")).toHaveCount(0)
  await page.keyboard.type("des")
  await expect(search).toHaveValue("tides")
})
