import AxeBuilder from "@axe-core/playwright"
import type { Page } from "@playwright/test"
import { expect, openPost, test, tides, tidesText, typeAtEnd } from "./galley"

// Every screen and dialog, at both widths, light and dark. The preview's frame
// holds the site's page, not ours. In CI each width and each scheme has one turn.
const looks = ([
  { width: 1440, colorScheme: "light", always: true },
  { width: 1440, colorScheme: "dark", always: false },
  { width: 390, colorScheme: "light", always: false },
  { width: 390, colorScheme: "dark", always: true },
] as const).filter(look => look.always || !process.env["CI"])

async function clean(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude("iframe[title='Page preview']").analyze()
  expect(violations.map(v => `${what}: ${v.id}: ${v.nodes.map(n => n.target.join(" ") + " " + n.failureSummary).join("; ")}`)).toEqual([])
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(wide, `${what} is wider than the window`).toBeLessThanOrEqual(0)
  const folder = process.env["SHOTS"]
  if (folder) await page.screenshot({ path: `${folder}/${what.replace(/\W+/g, "-")}.png` })
}

for (const { width, colorScheme } of looks) {
  test.describe(`${width} ${colorScheme}`, () => {
    test.use({ viewport: { width, height: width > 1000 ? 900 : 844 }, colorScheme })

    test("axe finds nothing on any screen", async ({ page, galley }) => {
      test.setTimeout(120_000)
      const name = (what: string) => `${what} ${width} ${colorScheme}`
      const open = () => page.goto(galley.url)
      await open()
      await expect(page.getByText("3 posts")).toBeVisible()
      await clean(page, name("desk"))
      await page.keyboard.press("F1")
      await expect(page.getByRole("combobox", { name: "Find a command" })).toBeFocused()
      await clean(page, name("palette"))
      await page.keyboard.press("Escape")
      await page.getByRole("button", { name: "More for Two ends" }).click()
      await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused()
      await clean(page, name("post menu"))
      await page.keyboard.press("Enter")
      await expect(page.getByText("It is _posts/")).toBeVisible()
      await clean(page, name("rename"))
      await page.keyboard.press("Escape")
      await page.getByRole("button", { name: "Restore a deleted post" }).click()
      await expect(page.getByText("Nothing was deleted lately")).toBeVisible()
      await clean(page, name("restore"))
      await page.keyboard.press("Escape")
      await page.getByRole("button", { name: "New post" }).click()
      await expect(page.getByText("It will be")).toBeVisible()
      await clean(page, name("new post"))
      await page.keyboard.press("Escape")

      await openPost(page, galley, tides)
      await typeAtEnd(page, "\n* \n\n## Nothing in it\n")
      await expect(page.locator(".edit")).toHaveAttribute("data-keep", "kept")
      await clean(page, name("editor"))
      await page.keyboard.press("ControlOrMeta+f")
      await clean(page, name("search"))
      await page.keyboard.press("Escape")
      await page.keyboard.press("ControlOrMeta+Shift+m")
      await page.keyboard.press("Alt+w")
      await expect(page.getByRole("button", { name: "I am writing Nothing in it" })).toBeVisible()
      await page.keyboard.press("F2")
      await clean(page, name("problems, sections and front matter"))
      await page.keyboard.press("Alt+w")
      await page.locator("#matter-form input").first().fill("Tides, and mine")
      await page.keyboard.press("Tab")
      await page.getByRole("button", { name: "Page", exact: true }).click()
      await clean(page, name("page"))
      const choosing = page.waitForEvent("filechooser")
      await page.getByRole("button", { name: "Picture" }).click()
      const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
      await (await choosing).setFiles([{ name: "dot.png", mimeType: "image/png", buffer: Buffer.from(dot, "base64") }, { name: "no.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") }])
      await expect(page.getByRole("dialog").getByRole("alert")).toContainText("SVG")
      await clean(page, name("pictures"))
      await page.keyboard.type("A dot")
      await page.keyboard.press("Enter")
      await page.getByRole("button", { name: "Open pull request" }).click()
      await expect(page.getByRole("dialog")).toContainText("Nothing in it")
      await expect(page.getByRole("dialog")).toContainText("With it goes a picture")
      await clean(page, name("submit"))
      await page.getByRole("dialog").getByRole("button", { name: "Open pull request" }).click()
      await expect(page.getByRole("dialog", { name: "Pull request #1 is open" })).toBeVisible()
      await clean(page, name("submitted"))
      await page.getByRole("dialog").getByRole("link").click()
      await expect(page.getByText("Open", { exact: true })).toBeVisible()
      await expect(page.getByLabel(`Changes to ${tides}`)).toContainText("Nothing in it")
      await expect(page.getByRole("img", { name: "The picture" })).toBeVisible()
      await clean(page, name("pull request"))
      await open()
      await expect(page.getByRole("heading", { name: "Waiting in this browser" })).toBeVisible()
      await expect(page.getByRole("heading", { name: "Open pull requests" })).toBeVisible()
      await clean(page, name("desk in use"))

      galley.commit("_config.yml", "title: Harbour Notes\ngalley:\n  branch: \"{year}{mm}{dd}\"\n  sign_off: ask\n", "Editions")
      galley.git("branch", "20260405")
      await open()
      await expect(page.getByLabel("Branch")).toHaveValue("20260405")
      await page.getByRole("button", { name: "Open the edition's pull request" }).click()
      await clean(page, name("propose an edition"))
      await page.keyboard.press("Escape")
      await clean(page, name("desk of an edition"))
      await page.getByRole("button", { name: "New post" }).click()
      await page.getByRole("button", { name: "Another branch" }).click()
      await clean(page, name("new post of an edition"))
      await page.keyboard.press("Escape")
      await openPost(page, galley, tides)
      await page.keyboard.press("Alt+r")
      await expect(page.getByRole("dialog", { name: "Pull requests on this post" }).getByText("#1 by you")).toBeVisible()
      await clean(page, name("pull requests on a post"))
      galley.commit(tides, tidesText.replace("read twice", "read thrice").replace("Tides and charts", "Tides, and theirs"), "Another hand")
      await page.goto(`${galley.url}/edit?${new URLSearchParams({ branch: "main", path: tides })}`)
      const collision = page.getByRole("dialog", { name: "Ada and you changed the same lines" })
      await expect(collision).toContainText("Tides, and theirs")
      await collision.getByLabel("Write it anew").check()
      await clean(page, name("collision"))
      await page.goto(`${galley.url}/edit?branch=main&path=_posts/2020-01-01-none.md`)
      await expect(page.getByRole("heading", { name: "There is no such post" })).toBeVisible()
      await clean(page, name("no such post"))
    })
  })
}
