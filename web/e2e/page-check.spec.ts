// What the check of the rendered page finds, and where it leads.
import AxeBuilder from "@axe-core/playwright"
import type { Page } from "@playwright/test"
import { difference, expect, openPost, source, test } from "./galley"

const path = "_posts/2026-05-10-page.md"
const text = `---
layout: post
title: The page
---

Words that are plain.

* First, a picture: ![](/gauge.png)
* Second, <span style="color: #999; background: #fff">words that are pale</span>
* Third, <img src="/buoy.png">

<iframe src="https://example.org/"></iframe>

The last line.
`

const problems = (page: Page) => page.locator("#problem-list")

async function check(page: Page): Promise<void> {
  await page.keyboard.press("F1")
  await page.getByRole("combobox", { name: "Find a command" }).fill("Check the page")
  await page.keyboard.press("Enter")
  await expect(problems(page).getByRole("status").filter({ hasText: "page" })).toContainText("The page was checked", { timeout: 30_000 })
}

test("what the page lacks is led back to its lines, and what the layout lacks is told apart", async ({ page, galley }) => {
  galley.commit("_layouts/post.html", `<!DOCTYPE html>\n<html><head><title>{{ page.title }}</title></head><body><p style="color: #aaa">Pale, and the layout's</p>\n{{ content }}</body></html>\n`, "Add a layout")
  galley.commit(path, text, "Add a post")
  const asked: string[] = []
  page.on("request", request => asked.push(request.url()))
  await openPost(page, galley, path)
  expect(asked.filter(url => /audit/.test(url))).toEqual([])
  await check(page)
  const row = (what: RegExp) => problems(page).locator("> li", { hasText: what })
  await expect(row(/stands out too little.*2\.8.* to 1, where 4\.5 to 1/)).toContainText("on the page, line 9")
  await expect(row(/embedded here has no title/)).toContainText("on the page, line 12")
  // Of the pictures the source has said so, in its own words.
  await expect(row(/on the page, line (8|10)/)).toHaveCount(0)
  const layout = problems(page).locator("details")
  await expect(layout).not.toHaveAttribute("open")
  await layout.locator("summary").click()
  await expect(layout).toContainText("The page does not say its language.")
  await expect(layout).toContainText("stands out too little")
  expect(await difference(page, path, text)).toBe("")
  // A press leads to the place, and what is mended there goes.
  await row(/embedded here has no title/).getByRole("button").first().click()
  await expect(source(page)).toBeFocused()
  await page.keyboard.press("Home")
  for (let i = 0; i < "<iframe".length; i++) await page.keyboard.press("ArrowRight")
  await page.keyboard.insertText(' title="A map"')
  await expect(row(/embedded here has no title/)).toHaveCount(0)
  await expect(row(/stands out too little.*on the page/)).toHaveCount(1)
  await check(page)
  await expect(row(/embedded here has no title/)).toHaveCount(0)
  await expect(page.locator("iframe.audit")).toHaveCount(0)
})

test("no text stops the check, or forges what it finds", async ({ page, galley }) => {
  const names = ["querySelectorAll", "querySelector", "getElementById", "getElementsByTagName", "createElement", "createTreeWalker", "adoptNode", "replaceChild", "body", "head",
    "documentElement", "defaultView", "styleSheets", "elementsFromPoint", "attributes", "children", "childNodes", "parentNode", "parentElement", "firstChild", "nextSibling", "nodeName",
    "nodeType", "nodeValue", "getAttribute", "hasAttribute", "shadowRoot", "ownerDocument", "getRootNode", "matches", "contains", "id", "className", "style", "tagName", "localName",
    "isConnected", "textContent", "getBoundingClientRect", "getClientRects", "axe", "module", "define", "parent", "top", "self", "length"]
  const hostile = `---
layout: post
title: Names
---

${names.map(name => `<img name="${name}" id="${name}" src="data:," alt=""><form name="${name}"></form>`).join("\n")}

<form>
${names.map(name => `<input name="${name}" id="${name}" aria-label="x">`).join("\n")}
</form>

<!--galley:block--><!--galley:0--><script>axe = parent = 0</script>

<div data-block="0" hidden>Nothing</div>

<iframe src="https://example.org/" name="parent"></iframe>
`
  galley.commit(path, hostile, "Add names")
  await openPost(page, galley, path)
  await check(page)
  const line = hostile.split("\n").findIndex(line => line.startsWith("<iframe")) + 1
  await expect(problems(page).locator("> li", { hasText: "embedded here has no title" })).toContainText(`on the page, line ${line}`)
})

test("what is found stands between the post and its readers, until it is mended", async ({ page, galley }) => {
  galley.commit(path, text, "Add a post")
  const ready = `${galley.url}/ready?${new URLSearchParams({ branch: "main", path })}`
  await page.goto(ready)
  const row = page.locator(".check").filter({ has: page.getByRole("heading", { name: "For all readers" }) })
  await expect(row).toContainText("Nobody has checked yet")
  await row.getByRole("button", { name: "Check the page" }).click()
  await expect(row).toContainText("What is embedded here has no title. Say what it is: title=\"…\". line 12", { timeout: 30_000 })
  await expect(row).toContainText(/Look.*stands out too little/s)
  const folder = process.env["GALLEY_SHOTS"]
  if (folder) {
    for (const [width, colorScheme] of [[1440, "light"], [390, "dark"]] as const) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: `${folder}/ready-${width}-${colorScheme}.png`, fullPage: true })
    }
  }
  expect((await new AxeBuilder({ page }).setLegacyMode().include(".checks").analyze()).violations).toEqual([])
  galley.commit(path, text.replace("<iframe", '<iframe title="A map"').replace("color: #999", "color: #333").replace("![]", "![A gauge]").replace("<img", '<img alt="A buoy"'), "Mend it")
  await page.goto(ready)
  await row.getByRole("button", { name: "Check the page" }).click()
  await expect(row).toContainText(/Good.*nothing to mend in this text/s, { timeout: 30_000 })
})
