// What is offered while one types, and that it is never in the way.
import AxeBuilder from "@axe-core/playwright"
import type { Page } from "@playwright/test"
import { body, expect, openPost, source, test, tides, tidesText, type Galley } from "./galley"

const head = tidesText.slice(0, tidesText.indexOf("The gauges"))

async function open(page: Page, galley: Galley, body: string, matter = head): Promise<void> {
  galley.commit("assets/buoy.png", "no picture, but its name", "Add a picture")
  galley.commit("_posts/2026-03-02-buoys.md", "---\nlayout: post\ntitle: Buoys of the north\ndate: 2026-03-02 22:00:00 -0000\nslug: buoys\ntags: [lamps, bells]\nauthor: Ada\n---\n\nBuoys.\n", "Add a post")
  galley.commit(tides, matter + body, "Begin anew")
  await openPost(page, galley, tides)
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+End")
  // The script that offers comes when there is time; with the change behind that, the
  // text area says that something is offered in it.
  await expect.poll(() => source(page).evaluate(element => {
    ;(element as any).cmTile.view.dispatch({})
    return element.getAttribute("aria-autocomplete")
  })).toBe("list")
}

const option = (page: Page, name: string) => page.locator(".cm-tooltip-autocomplete").getByRole("option", { name })

/// CodeMirror takes keys for what was meant before the list came, for 75 ms by its
/// clock since it came; nothing shows when that is over.
const pressable = 150

async function choose(page: Page, name: string): Promise<void> {
  await expect(option(page, name)).toBeVisible()
  await page.waitForTimeout(pressable)
  for (let i = 0; i < 20 && (await option(page, name).getAttribute("aria-selected")) !== "true"; i++) await page.keyboard.press("ArrowDown")
  await page.keyboard.press("Enter")
}

test("a bracket offers posts and headings, with the site's addresses", async ({ page, galley }) => {
  await open(page, galley, "## Notes & queries\n\n")
  await page.keyboard.type("See [buoys", { delay: 20 })
  await choose(page, "Buoys of the north")
  await body(page).toBe("## Notes & queries\n\nSee [Buoys of the north](/2026/20260302)")
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type(" and [note", { delay: 20 })
  await expect(option(page, "Notes & queries")).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).include(".cm-tooltip-autocomplete").analyze()
  expect(violations).toEqual([])
  await choose(page, "Notes & queries")
  await body(page).toContain("and [Notes & queries](#notes--queries)")
})

test("where posts have the tag for it, so does the link", async ({ page, galley }) => {
  await open(page, galley, "[old]({% post_url 2026-03-01-crlf %})\n\n")
  await page.keyboard.type("[buoys", { delay: 20 })
  await choose(page, "Buoys of the north")
  await body(page).toContain("[Buoys of the north]({% post_url 2026-03-02-buoys %})")
})

test("pictures, languages, keys and values", async ({ page, galley }) => {
  await open(page, galley, "")
  await page.keyboard.type("![bu", { delay: 20 })
  await choose(page, "buoy")
  await body(page).toBe("![](/assets/buoy.png)")
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type("\n\n```ru", { delay: 20 })
  await choose(page, "ruby")
  await body(page).toContain("```ruby")
})

test("front matter offers the site's keys and values", async ({ page, galley }) => {
  await open(page, galley, "words\n", head.replace("slug: tides\n", "slug: tides\ntags: [x]\n"))
  await page.keyboard.press("ControlOrMeta+Home")
  for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowDown")
  await page.keyboard.press("End")
  await page.keyboard.press("ArrowLeft")
  await page.keyboard.press("Backspace")
  await page.keyboard.type("la", { delay: 20 })
  await choose(page, "lamps")
  await expect(page.locator(".source .cm-line").nth(5)).toHaveText("tags: [lamps]")
  await page.keyboard.press("End")
  await page.keyboard.press("Enter")
  await page.keyboard.type("aut", { delay: 20 })
  await choose(page, "author")
  await expect(page.locator(".source .cm-line").nth(6)).toHaveText("author: ")
})

test("a number offers the pull request's title, and so does its address", async ({ page, galley }) => {
  await page.route("**/api/pulls", route => route.fulfill({ json: [{ number: 123516, title: "Read gauges twice", url: "https://github.com/harbour/notes/pull/123516", state: "open", paths: [], writing: [], base: "main", branch: "x", author: { login: "ada", name: "Ada" } }] }))
  await page.route("**/api/pulls/123516", route => route.fulfill({ json: { pull: { number: 123516, title: "Read gauges twice", url: "https://github.com/harbour/notes/pull/123516" }, files: [] } }))
  await open(page, galley, "")
  await page.keyboard.type("### #1235", { delay: 20 })
  await choose(page, "#123516")
  await body(page).toBe("### [123516: Read gauges twice](https://github.com/harbour/notes/pull/123516)")
})

test("a colon and two letters offer emoji where the site shows them, and nowhere in the way", async ({ page, galley }) => {
  galley.commit("_config.yml", "title: Harbour Notes\nurl: https://harbour.example\npermalink: /:year/:year:month:day\nplugins: [jemoji]\n", "Show emoji")
  await open(page, galley, "")
  const offers = page.locator(".cm-tooltip-autocomplete")
  await page.keyboard.type("Done :tad", { delay: 20 })
  await expect(option(page, ":tada:")).toContainText("🎉")
  await choose(page, ":tada:")
  await body(page).toBe("Done :tada:")
  // Of these none is an emoji, even where somebody asks.
  for (const text of ["at 12:30", "`:tad", "word:tad", "<a title=':tad", "{% include x a=':tad", "https://a.example/:tad"]) {
    await page.keyboard.press("ControlOrMeta+End")
    await page.keyboard.type(`\n\n${text}`, { delay: 10 })
    await page.keyboard.press("Control+Space")
    await expect(offers).toHaveCount(0)
  }
  await page.keyboard.type("\n\n:heart_eyes", { delay: 20 })
  await expect(option(page, ":heart_eyes_cat:")).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).include(".cm-tooltip-autocomplete").analyze()
  expect(violations).toEqual([])
})

test("Enter, Escape and what goes on being typed are as without it", async ({ page, galley }) => {
  await open(page, galley, "")
  await page.keyboard.type("[buoy", { delay: 20 })
  await expect(option(page, "Buoys of the north")).toBeVisible()
  await page.waitForTimeout(pressable)
  await page.keyboard.press("Enter")
  await page.keyboard.type("[bu", { delay: 20 })
  await expect(option(page, "Buoys of the north")).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(option(page, "Buoys of the north")).toBeHidden()
  await page.keyboard.type("oys](x)")
  await body(page).toBe("[buoy\n[buoys](x)")
})

test("nothing is offered in code, or while an input method composes", async ({ page, galley }) => {
  await open(page, galley, "```\n")
  await page.keyboard.type("[buoy", { delay: 20 })
  await page.waitForTimeout(500)
  await expect(page.locator(".cm-tooltip-autocomplete")).toHaveCount(0)
  const cdp = await page.context().newCDPSession(page)
  await page.keyboard.type("\n```\n\n[")
  await page.keyboard.press("Escape")
  for (const text of ["に", "にほ", "日本"]) await cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length })
  await page.waitForTimeout(500)
  await expect(page.locator(".cm-tooltip-autocomplete")).toHaveCount(0)
  await cdp.send("Input.insertText", { text: "日本" })
  await body(page).toContain("[日本")
})
