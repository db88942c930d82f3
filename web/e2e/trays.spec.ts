// Material beside the editor: a key or a drag puts it into its section, and undo
// takes it back.
import AxeBuilder from "@axe-core/playwright"
import type { Page } from "@playwright/test"
import { expect, openPost, source, test, tides, tidesText, type Galley } from "./galley"

const feed = `<rss version="2.0"><channel><title>Harbours</title>
<item><title>The gates are [open]</title><link>https://blog.example/gates?utm_source=feed</link><pubDate>Fri, 06 Mar 2026 08:00:00 +0000</pubDate></item>
<item><title>Buoys</title><link>https://blog.example/buoys</link><pubDate>Thu, 05 Mar 2026 08:00:00 +0000</pubDate></item>
<item><title>A very long title about a harbour in the far north where nobody has been for seven winters or more</title><link>https://blog.example/north</link><pubDate>Wed, 04 Mar 2026 08:00:00 +0000</pubDate></item>
</channel></rss>`

const config = `title: Harbour Notes
url: https://harbour.example
permalink: /:year/:year:month:day
galley:
  trays:
    - {name: Blogs, kind: feed, where: _material/*.xml, section: Developer News}
    - {name: Elsewhere, kind: feed, where: "http://127.0.0.1:1/feed.xml"}
`

async function open(page: Page, galley: Galley, path = tides): Promise<void> {
  galley.commit("_material/harbours.xml", feed, "Material")
  galley.commit("_config.yml", config, "Trays")
  await openPost(page, galley, path)
  await expect(trays(page).getByRole("button", { name: "Material: 3 new" })).toBeVisible()
}

const trays = (page: Page) => page.getByRole("region", { name: "Material" })
const lines = (page: Page) => expect.poll(() => source(page).evaluate(element => (element as any).cmTile.view.state.doc.toString() as string))

test("a key puts an item into its section, and undo takes it back", async ({ page, galley }) => {
  await open(page, galley)
  await source(page).focus()
  await page.keyboard.press("Alt+m")
  await expect(trays(page).getByRole("button", { name: /^Insert The gates/ }).first()).toBeFocused()
  await page.keyboard.press("ArrowDown")
  await expect(trays(page).getByRole("button", { name: "Insert Buoys into Developer News" })).toBeFocused()
  await page.keyboard.press("ArrowUp")
  // Where the focus is when the item goes: a key that comes at once must find it.
  const focused = await trays(page).locator("#tray-list").evaluateHandle(list => {
    const seen: string[] = []
    new MutationObserver(() => seen.push(document.activeElement!.ariaLabel ?? "nothing")).observe(list, { childList: true })
    return seen
  })
  await page.keyboard.press("Enter")
  const wanted = tidesText.replace("* Charts load while offline\n", "* Charts load while offline\n* [The gates are \\[open\\]](https://blog.example/gates?utm_source=feed)\n")
  await lines(page).toBe(wanted)
  await expect(trays(page).getByRole("status")).toContainText("in Developer News")
  expect((await focused.jsonValue())[0]).toContain("Buoys")
  await expect(trays(page).getByRole("button", { name: "Material: 2 new" })).toBeVisible()
  await expect(trays(page).getByRole("button", { name: "Insert Buoys into Developer News" })).toBeFocused()
  await trays(page).getByLabel("Which items").focus()
  await trays(page).getByLabel("Which items").selectOption("used")
  await expect(trays(page).getByText("in Developer News").last()).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(source(page)).toBeFocused()
  await page.keyboard.press("ControlOrMeta+z")
  await lines(page).toBe(tidesText)
  await page.keyboard.press("Alt+m")
  await expect(trays(page).getByRole("button", { name: "Material: 3 new" })).toBeVisible()
  // What could not be asked for is said.
  await expect(trays(page)).toContainText("http://127.0.0.1:1/feed.xml")
  await expect(trays(page)).toContainText("not public")
})

test("a drag puts it where it is dropped", async ({ page, galley }) => {
  await open(page, galley)
  await page.keyboard.press("Alt+m")
  const item = trays(page).getByRole("listitem").filter({ hasText: "Buoys" })
  await item.dragTo(page.locator(".source .cm-line").filter({ hasText: "The gauges were read twice" }))
  await lines(page).toBe(tidesText.replace("knows why.\n", "knows why.\n\n* [Buoys](https://blog.example/buoys)\n"))
  await page.keyboard.press("ControlOrMeta+z")
  await lines(page).toBe(tidesText)
})

test("what one editor dismisses others see, once there is a pull request", async ({ page, galley, browser }) => {
  await open(page, galley)
  await page.keyboard.press("Alt+m")
  await trays(page).getByRole("button", { name: "Dismiss Buoys" }).click()
  await expect(trays(page).getByRole("button", { name: "Material: 2 new" })).toBeVisible()
  await expect(trays(page)).toContainText("this browser alone")
  await page.reload()
  await expect(trays(page).getByRole("button", { name: "Material: 2 new" })).toBeVisible()
  await page.keyboard.press("Alt+w")
  await page.getByRole("button", { name: "I am writing Developer News" }).click()
  await expect(page.locator(".edit .pull")).toContainText("#1")
  await page.keyboard.press("Alt+m")
  await trays(page).getByRole("button", { name: /^Dismiss The gates/ }).click()
  const other = await (await browser.newContext()).newPage()
  const dismissed = async () => ((await (await fetch(`${galley.url}/api/trays?branch=main&path=${tides}`)).json()) as { dismissed: unknown[] }).dismissed.length
  await expect.poll(dismissed).toBe(2)
  await openPost(other, galley, tides)
  await expect(trays(other).getByRole("button", { name: "Material: 1 new" })).toBeVisible()
  await other.close()
  await trays(page).getByLabel("Which items").selectOption("dismissed")
  await trays(page).getByRole("button", { name: "Take back Buoys" }).click()
  await expect.poll(dismissed).toBe(1)
})

test("axe finds nothing, wide and narrow, light and dark", async ({ page, galley }) => {
  await open(page, galley)
  await page.keyboard.press("Alt+m")
  await trays(page).getByRole("button", { name: "Dismiss Buoys" }).click()
  await expect(trays(page).getByRole("button", { name: "Material: 2 new" })).toBeVisible()
  for (const [width, colorScheme] of [[1440, "light"], [1440, "dark"], [390, "light"], [390, "dark"]] as const) {
    await test.step(`${width}, ${colorScheme}`, async () => {
      await page.setViewportSize({ width, height: width > 1000 ? 900 : 844 })
      await page.emulateMedia({ colorScheme })
      await expect(trays(page).getByRole("button", { name: "Insert The gates", exact: false }).first()).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude("iframe[title='Page preview']").analyze()
      expect(violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(" ") + " " + n.failureSummary).join("; ")}`)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      const folder = process.env["SHOTS"]
      if (folder) await page.screenshot({ path: `${folder}/trays-${width}-${colorScheme}.png` })
    })
  }
})
