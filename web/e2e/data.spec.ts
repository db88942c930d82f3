// A site's data files: listed, read as they are typed, mended and submitted in the
// editor of texts, without a page.
import AxeBuilder from "@axe-core/playwright"
import { expect, kept, submittedBranch, test } from "./galley"

const path = "_data/people/team.yml"
const text = "# Who writes here.\r\n- name:  'Ana'   # first\r\n  role: editor\r\n- name: Chidi\r\n  role: writer\r\n"

test("a data file is listed, read as it is typed, mended, merged and submitted byte for byte", async ({ page, galley }) => {
  galley.commit(path, text, "The team")
  galley.commit("_data/.hidden.yml", "a: 1\n", "Hidden")
  await page.goto(galley.url + "/")
  await page.getByRole("group", { name: "What to list" }).getByRole("button", { name: "Data files" }).click()
  await expect(page.locator(".posts li .detail")).toHaveText([path])
  await expect(page.locator(".posts .about")).toContainText("_config.yml")
  await page.locator(".posts li").getByRole("link", { name: "Team" }).click()

  const data = page.getByRole("region", { name: "What the file says", exact: true })
  await expect(data).toContainText("site.data.people.team")
  await expect(data.getByRole("row")).toHaveText([/name\s*role/, /1\s*Ana\s*editor/, /2\s*Chidi\s*writer/])
  const source = page.getByRole("textbox", { name: "Source of the data file, YAML" })
  await expect(source).toHaveAttribute("spellcheck", "false")
  // There is neither a page nor anything that is for prose.
  await expect(page.locator("iframe, .matter")).toHaveCount(0)
  await expect(page.getByRole("button", { name: "Picture" })).toHaveCount(0)
  await page.keyboard.press("F1")
  await expect(page.getByRole("option", { name: "Submit" }).or(page.getByRole("option", { name: /Open pull request/ }))).toHaveCount(1)
  await expect(page.getByRole("option", { name: /^(Bold|Heading|Publish|Check the spelling|Insert)/ })).toHaveCount(0)
  await page.keyboard.press("Escape")

  // A number leads to its line.
  await data.getByRole("button", { name: "2", exact: true }).click()
  await expect(source).toBeFocused()
  await expect(page.locator(".cm-activeLine")).toHaveText("- name: Chidi")

  // Enter and Tab are those of code, and what cannot be read is told at its place.
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type("- name: Bo\nrole: reviewer")
  await expect(data.getByRole("row").last()).toHaveText(/3\s*Bo\s*reviewer/)
  await page.keyboard.press("Home")
  await page.keyboard.press("Shift+Home")
  await page.keyboard.insertText("\t")
  await expect(data.getByRole("status")).toContainText("cannot be read as it is now")
  await expect(data.getByRole("row").last()).toHaveText(/3\s*Bo\s*reviewer/) // as it was before
  await data.getByRole("button", { name: "Go to what is wrong" }).click()
  const problems = page.getByRole("region", { name: "Problems" })
  await expect(problems.locator("#problem-list")).toContainText("A tab stands in the indentation")
  await expect(problems.locator("#problem-list")).toContainText("line 7")
  await expect(problems.getByRole("button", { name: /^Check/ })).toHaveCount(0)
  await problems.getByRole("button", { name: "Put spaces", exact: true }).click()
  await expect(data.getByRole("status")).toHaveCount(0)
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type("\ncountry: no")
  await expect(data.getByRole("row").last()).toHaveText(/Bo\s*reviewer\s*false/)
  await problems.getByRole("button", { name: "Put it in quotes", exact: true }).click()
  await expect(data.getByRole("row").last()).toHaveText(/Bo\s*reviewer\s*“no”/)
  await expect(problems.getByRole("button", { name: "No problems" })).toBeVisible()
  await kept(page)

  // The draft is there after a reload, and what another changed is merged.
  galley.commit(path, text.replace("editor", "chief"), "Another hand")
  await page.reload()
  await expect(data.getByRole("row").nth(1)).toHaveText(/Ana\s*chief/)
  await expect(data.getByRole("row").last()).toHaveText(/Bo\s*reviewer\s*“no”/)
  await page.getByRole("button", { name: "Open pull request" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Open pull request" }).click()
  await expect(page.getByRole("dialog", { name: "Pull request #1 is open" })).toBeVisible()
  const branch = submittedBranch(galley)
  expect(galley.show(branch, path).toString()).toBe(text.replace("editor", "chief") + "- name: Bo\r\n  role: reviewer\r\n  country: \"no\"")
  expect(galley.git("diff", "--name-only", "main", branch).trim()).toBe(path)
})

test("a new data file waits for no browser that holds its database back", async ({ page, galley }) => {
  galley.commit(path, text, "The team")
  await page.addInitScript(() => {
    const { open } = IDBFactory.prototype
    IDBFactory.prototype.open = function (...asked) {
      const request = open.apply(this, asked)
      request.addEventListener("success", event => event.stopImmediatePropagation())
      return request
    }
  })
  await page.goto(galley.url + "/?list=data")
  await page.getByRole("button", { name: "New data file" }).click()
  const dialog = page.getByRole("dialog", { name: "New data file" })
  await dialog.getByLabel(/^Name/).fill("people/guests")
  await dialog.getByRole("button", { name: "Start writing" }).click()
  await expect(dialog).toHaveCount(0, { timeout: 20_000 })
  await expect(page).toHaveURL(/guests/)
})

test("a new data file is made from the desk, by keys alone on a narrow screen, and submitted", async ({ page, galley }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  galley.commit(path, text, "The team")
  await page.goto(galley.url + "/?list=data")
  await page.getByRole("button", { name: "New data file" }).focus()
  await page.keyboard.press("Enter")
  const dialog = page.getByRole("dialog", { name: "New data file" })
  await expect(dialog.getByLabel(/^Name/)).toBeFocused()
  await page.keyboard.type("people/team")
  await expect(dialog.getByRole("status")).toContainText(path)
  await page.keyboard.press("Enter")
  await expect(dialog.getByRole("alert")).toContainText("There is a data file of that name already.")
  expect((await new AxeBuilder({ page }).include("dialog").analyze()).violations).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await dialog.getByLabel(/^Name/).fill("people/guests")
  await page.keyboard.press("Tab")
  await page.keyboard.press("c") // CSV
  await expect(dialog.getByRole("status")).toContainText("_data/people/guests.csv")
  const folder = process.env["GALLEY_SHOTS"]
  if (folder) {
    for (const [width, colorScheme] of [[1440, "light"], [390, "dark"]] as const) {
      await page.setViewportSize({ width, height: 844 })
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: `${folder}/new-data-${width}-${colorScheme}.png` })
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  await dialog.getByRole("button", { name: "Start writing" }).click()
  await page.getByRole("textbox", { name: /^Source of the data file.*CSV/ }).focus()
  await page.keyboard.insertText("name,role\nBo,guest\n")
  await expect(page.getByRole("region", { name: "What the file says", exact: true }).getByRole("row").last()).toHaveText(/1\s*Bo\s*guest/)
  await kept(page)
  await page.getByRole("button", { name: "Open pull request" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Open pull request" }).click()
  await expect(page.getByRole("dialog", { name: "Pull request #1 is open" })).toBeVisible()
  expect(galley.show(submittedBranch(galley), "_data/people/guests.csv").toString()).toBe("name,role\nBo,guest\n")
})

test.describe("on a narrow screen", () => {
  test.use({ viewport: { width: 360, height: 740 } })

  test("a table that is cut off is told, mended by keys alone, and axe finds nothing", async ({ page, galley }) => {
    galley.commit("_data/harbours.csv", "harbour,gauge,remarks\nnorth,3,a place with many words about what is there\nsouth,4,x,y\n", "Harbours")
    await page.goto(`${galley.url}/edit?branch=main&path=_data/harbours.csv`)
    const source = page.getByRole("textbox", { name: "Source of the data file, a table (CSV)" })
    await expect(source).toBeFocused()
    await expect(page.getByRole("button", { name: "1 warning" })).toBeVisible()
    await page.keyboard.press("ControlOrMeta+Shift+m")
    await expect(page.locator("#problem-list")).toContainText("This row has 4 cells, and the first line 3")
    await page.keyboard.press("F8")
    await page.keyboard.press("F4")
    const data = page.getByRole("region", { name: "What the file says", exact: true })
    await expect(data.getByRole("columnheader", { name: "remarks" })).toBeVisible()
    for (const view of ["data", "source"]) {
      expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(v => `${view}: ${v.id} ${v.nodes.map(n => n.target.join(" ")).join("; ")}`)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), view).toBeLessThanOrEqual(0)
      await page.keyboard.press("F4")
    }
    // F4 shows the data again, where F6 goes and a row leads back.
    await page.keyboard.press("F6")
    await expect(data).toBeFocused()
    for (let n = 0; n < 6 && !(await data.getByRole("button", { name: "2", exact: true }).evaluate(button => button === document.activeElement)); n++) await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(source).toBeFocused()
    await expect(page.locator(".cm-activeLine")).toHaveText("south,4,x,y")
    await page.keyboard.press("End")
    await page.keyboard.press("Backspace")
    await page.keyboard.press("Backspace")
    await expect(page.getByRole("button", { name: "No problems" })).toBeVisible()
    await kept(page)
  })
})
