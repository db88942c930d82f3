// A newsletter's week: an editor starts the edition, writers write in it, each
// by a pull request, and the edition reaches the site as a whole.
import type { Page } from "@playwright/test"
import { expect, live, openPost, preview, serve, source, test, tides, type Galley } from "./galley"

const post = "_posts/2026-08-16-update.md"
const config = `title: Harbour Notes
url: https://harbour.example
permalink: /:year/:year:month:day
galley:
  title: "Week Ending {month} {day}, {year}"
  slug: "{date}-update"
  branch: "{year}{mm}{dd}"
  sign_off: ask
`
const template = "---\nlayout: post\ntitle: Week Ending Month DD, YYYY\ndate: POST_DATE\nslug: x\n---\n\n## Developer News\n\n* One\n\n## Merges\n\n* Two\n\n## Shoutouts\n\n* Three\n"

/// A server on the test's repository, for another person.
async function serveFor(galley: Galley, name: string): Promise<{ url: string; stop(): void }> {
  const mine: [string, string][] = [["user.name", name], ["user.email", `${name.toLowerCase()}@example.org`], ["github.user", name.toLowerCase()]]
  const env: Record<string, string> = { GIT_CONFIG_COUNT: String(mine.length) }
  mine.forEach(([key, value], i) => {
    env[`GIT_CONFIG_KEY_${i}`] = key
    env[`GIT_CONFIG_VALUE_${i}`] = value
  })
  const { url, server } = await serve(["--site", galley.dir], env)
  return { url, stop: () => server.kill("SIGTERM") }
}

/// Submits what is typed, and answers the pull request's number.
async function submit(page: Page, button: string, base: string): Promise<number> {
  await page.getByRole("button", { name: button }).first().click()
  const dialog = page.getByRole("dialog")
  await expect(dialog.getByLabel("Into")).toHaveValue(base)
  await dialog.getByRole("button", { name: button }).click()
  const address = dialog.locator("a.pull-address")
  await expect(address).toBeVisible()
  const number = Number(/\d+$/.exec((await address.getAttribute("href"))!)![0])
  await dialog.getByRole("button", { name: "Go on writing" }).click()
  return number
}

/// Merges a pull request on its page.
async function merge(page: Page, url: string, number: number): Promise<void> {
  await page.goto(`${url}/pulls/${number}`)
  await page.getByRole("button", { name: "Merge" }).click()
  await page.getByRole("dialog", { name: "Merge this pull request?" }).getByRole("button", { name: /^Merge into/ }).click()
  await expect(page.getByRole("status").filter({ hasText: "Merged" })).toBeVisible()
}

/// Types a line below a heading.
async function typeBelow(page: Page, heading: string, text: string): Promise<void> {
  await source(page).getByText(heading).click()
  await page.keyboard.press("End")
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("End")
  await page.keyboard.press("Enter")
  await page.keyboard.insertText(text)
}

test("an edition is begun by who was told so, and not by who presses Enter before the answer", async ({ page, galley }) => {
  galley.commit("_config.yml", config, "Editions")
  galley.commit("template.md", template, "A template")
  galley.git("branch", "20260816")
  let go = () => {}
  const released = new Promise<void>(resolve => (go = resolve))
  await page.route("**/api/new?*2026-08-23*", async route => {
    await released
    await route.continue()
  })
  await page.goto(galley.url)
  await page.getByRole("button", { name: "New post" }).click()
  const dialog = page.getByRole("dialog", { name: "New post" })
  const title = dialog.getByLabel("Title")
  await dialog.getByLabel("Date").fill("2026-08-16")
  await expect(dialog).toContainText("in the edition of 16 August 2026")
  await expect(dialog.getByRole("button", { name: "Start writing" })).toBeEnabled()
  await dialog.getByLabel("Date").fill("2026-08-23")
  await title.focus()
  await page.keyboard.down("Enter")
  await expect(dialog.getByRole("button", { name: "Opening" })).toBeDisabled()
  await page.keyboard.insertText("Lost")
  await expect(title).toHaveValue("")
  go()
  await expect(dialog).toContainText("in the edition of 23 August 2026 (the branch 20260823), which will be begun from main")
  await expect(dialog.getByRole("button", { name: "Begin the edition" })).toBeEnabled()
  await expect(title).toBeFocused()
  await page.keyboard.down("Enter") // as while it is held
  await page.keyboard.up("Enter")
  await expect(dialog.getByRole("button", { name: "Begin the edition" })).toBeEnabled()
  expect(galley.git("branch", "--list", "20260823")).toBe("")
  // Now it is known what another Enter does.
  await dialog.getByLabel(/^Sign off/).check()
  await title.focus()
  await page.keyboard.press("Enter")
  await live(page)
  expect(galley.git("log", "-1", "--format=%B", "20260823")).toContain("Signed-off-by: Ada")
})

test("a week: an edition is started, written by three, and published", async ({ browser, page, galley }) => {
  test.slow()
  galley.commit("_config.yml", config, "Editions")
  galley.commit("template.md", template, "A template")

  const missed: string[] = []
  page.on("response", response => response.status() === 404 && missed.push(response.url()))

  // Friday: the editor starts the edition, and thinks of no branch.
  await page.goto(galley.url)
  await page.getByRole("button", { name: "New post" }).click()
  const dialog = page.getByRole("dialog", { name: "New post" })
  await dialog.getByLabel("Date").fill("2026-08-16")
  await expect(dialog).toContainText("in the edition of 16 August 2026 (the branch 20260816), which will be begun from main")
  await dialog.getByRole("button", { name: "Begin the edition" }).click()
  await live(page)
  await expect(page.locator(".bar")).toContainText("in the edition of 16 August 2026")
  expect(galley.git("log", "--format=%s", "main..20260816")).toBe("Begin the edition of 16 August 2026\n")
  // One writes where the text begins.
  await page.keyboard.insertText("Hello. ")
  await expect(preview(page).getByText("Hello. ## Developer News")).toBeVisible()
  await page.keyboard.press("ControlOrMeta+z")
  // Nothing is asked for that is known not to be there.
  expect(missed).toEqual([])
  expect(galley.show("20260816", post).toString()).toContain("title: Week Ending August 16, 2026\n")

  // Monday: two writers open Galley, and are where the edition is.
  const numbers: Record<string, number> = {}
  for (const [name, heading] of [["Bo", "## Merges"], ["Cy", "## Shoutouts"]] as const) {
    const own = await serveFor(galley, name)
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    try {
      const page = await context.newPage()
      await page.goto(own.url)
      await expect(page.getByLabel("Branch")).toHaveValue("20260816")
      await expect(page.getByRole("heading", { name: "Posts in the edition of 16 August 2026" })).toBeVisible()
      await page.locator(".posts").getByRole("link", { name: "Week Ending August 16, 2026" }).click()
      await live(page)
      await typeBelow(page, heading, `* Written by ${name}`)
      numbers[name] = await submit(page, "Open pull request", "20260816")
    } finally {
      await context.close()
      own.stop()
    }
  }

  // Tuesday: the editor goes on in Bo's pull request, from the post.
  await page.goto(galley.url)
  await page.locator(".posts").getByRole("link", { name: "Week Ending August 16, 2026" }).click()
  await live(page)
  await page.getByRole("button", { name: "2 pull requests on this post" }).click()
  const list = page.getByRole("dialog", { name: "Pull requests on this post" })
  await expect(list).toContainText("by Cy into 20260816")
  await list.getByRole("button", { name: `Continue pull request #${numbers["Bo"]}` }).click()
  await expect(source(page)).toContainText("Written by Bo")
  await live(page)
  await expect(page.locator(".bar")).toContainText(`pull request #${numbers["Bo"]}`)
  await typeBelow(page, "## Developer News", "* Written by the editor")
  expect(await submit(page, "Update pull request", "20260816")).toBe(numbers["Bo"])
  // The draft leads back there from the desk.
  await page.goto(galley.url)
  await page.getByRole("region", { name: "Waiting in this browser" }).getByRole("link").first().click()
  await live(page)
  await expect(source(page)).toContainText("Written by the editor")
  await typeBelow(page, "## Developer News", "* And once more")
  expect(await submit(page, "Update pull request", "20260816")).toBe(numbers["Bo"])

  // Wednesday: all is merged, and the edition published.
  await merge(page, galley.url, numbers["Bo"]!)
  await merge(page, galley.url, numbers["Cy"]!)
  await page.goto(galley.url)
  await page.getByRole("button", { name: "Open the edition's pull request" }).click()
  const propose = page.getByRole("dialog", { name: "Open the edition's pull request" })
  await expect(propose.getByLabel("Title")).toHaveValue("Week Ending August 16, 2026")
  await propose.getByRole("button", { name: "Open pull request" }).click()
  await expect(page.getByLabel(`Changes to ${post}`)).toContainText("Written by Cy")
  await page.goto(galley.url)
  await page.getByRole("link", { name: "The edition's pull request" }).click()
  await page.getByRole("button", { name: "Merge" }).click()
  await page.getByRole("dialog", { name: "Merge this pull request?" }).getByRole("button", { name: /^Merge into/ }).click()
  await expect(page.getByRole("status").filter({ hasText: "Merged" })).toBeVisible()
  const published = galley.show("main", post).toString()
  for (const line of ["* Written by Bo", "* Written by Cy", "* Written by the editor", "* And once more"]) expect(published).toContain(line + "\n")

  // The next day the desk is the site's again.
  await page.goto(galley.url)
  await expect(page.getByLabel("Branch")).toHaveValue("main")
  await expect(page.locator(".posts").getByRole("link", { name: "Week Ending August 16, 2026" })).toBeVisible()
})

test("a post of an edition that is still being written is written there", async ({ page, galley }) => {
  galley.commit("_config.yml", config.replace("{year}{mm}{dd}", "{year}-{mm}"), "Monthly editions")
  galley.git("checkout", "-q", "-b", "2026-03")
  galley.commit("_posts/2026-03-22-late.md", "---\ntitle: Late\n---\n\nLate.\n", "A second post of March")
  galley.git("checkout", "-q", "main")
  await openPost(page, galley, tides)
  await expect(page.getByText("This post belongs to the edition of 1 March 2026")).toBeVisible()
  // Submitted from here it goes there, too; one may say otherwise.
  await page.keyboard.press("ControlOrMeta+Enter")
  await expect(page.getByRole("dialog").getByLabel("Into")).toHaveValue("2026-03")
  await page.keyboard.press("Escape")
  await page.getByRole("link", { name: "Write there" }).click()
  await expect(page.locator(".bar")).toContainText("in the edition of 1 March 2026")
  await live(page)
  await expect(page.getByText("This post belongs to")).toBeHidden()
  await page.getByRole("link", { name: "Posts" }).click()
  await expect(page.getByLabel("Branch")).toHaveValue("2026-03")
  await page.getByLabel("Branch").selectOption("main")
  await expect(page.getByText("3 posts")).toBeVisible()

  // Once it is published, what was left in this browser goes on where the site
  // is made from.
  galley.git("merge", "-q", "2026-03")
  await openPost(page, galley, tides, "2026-03")
  await expect(page.getByText("The edition of 1 March 2026 is on main")).toBeVisible()
  await page.locator(".cm-content").press("ControlOrMeta+End")
  await page.keyboard.type("\nLeft over.")
  await page.keyboard.press("ControlOrMeta+Enter")
  await expect(page.getByRole("dialog").getByLabel("Into")).toHaveValue("main")
  await page.keyboard.press("Escape")
  // What was just typed into the form goes along.
  await page.keyboard.press("F2")
  await page.getByLabel("title", { exact: true }).fill("Tides, left over")
  await page.getByRole("button", { name: "Write on main" }).evaluate((button: HTMLElement) => button.click())
  await expect(page.locator(".bar")).toContainText("on main")
  await expect(page.locator(".bar h1")).toHaveText("Tides, left over")
  await expect(page.locator(".cm-content")).toContainText("Left over.")
  await page.getByRole("link", { name: "Posts" }).click()
  await expect(page.locator(".drafts li")).toHaveCount(1)
  await expect(page.locator(".drafts")).toContainText("on main")
})
