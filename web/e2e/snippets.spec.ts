// Includes that the site's settings offer, inserted and edited by their fields.
import AxeBuilder from "@axe-core/playwright"
import { expect, test, tides } from "./galley"

test("a snippet is inserted by its fields, shown on the page, and edited again", async ({ page, galley }) => {
  galley.commit("_includes/quote.html", "<blockquote class=\"said\">{{ include.text }}<cite>{{ include.by }}</cite></blockquote>\n", "Add an include")
  galley.commit("_layouts/post.html", "<!DOCTYPE html>\n<title>{{ page.title }}</title>\n{{ content }}\n", "Begin a layout")
  galley.commit("_config.yml", `${galley.show("main", "_config.yml").toString()}galley:\n  snippets:\n    - {name: Quotation, include: quote.html, fields: [{name: text, label: What was said, long: true}, by]}\n`, "Name it")
  await page.goto(`${galley.url}/edit?branch=main&path=${tides}`)
  const content = page.locator(".cm-content").first()
  await expect(content).toContainText("The last line of all.")
  await content.getByText("The last line of all.").click()
  await page.keyboard.press("Control+End")
  await page.keyboard.press("Enter")
  await page.keyboard.press("Alt+i")
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel("Snippet").selectOption("Quotation")
  await dialog.getByLabel("What was said").fill('The gauge says "no"')
  await dialog.getByLabel("By").fill("Ada")
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme })
    expect((await new AxeBuilder({ page }).include("dialog").analyze()).violations).toEqual([])
  }
  await dialog.getByRole("button", { name: "Insert" }).click()
  await expect(content).toContainText(`{% include quote.html text='The gauge says "no"' by="Ada" %}`)
  const page_ = page.frameLocator("iframe").first()
  await expect(page_.locator("blockquote.said")).toHaveText('The gauge says "no"Ada')
  await page.keyboard.press("ArrowLeft")
  await page.keyboard.press("Alt+i")
  await expect(dialog.getByRole("heading", { name: "Edit “Quotation”" })).toBeVisible()
  await dialog.getByLabel("By").fill("Bo")
  await dialog.getByRole("button", { name: "Change it" }).click()
  await expect(content).toContainText(`{% include quote.html text='The gauge says "no"' by="Bo" %}`)
  await expect(page_.locator("blockquote.said cite")).toHaveText("Bo")
})
