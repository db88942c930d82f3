// A newsletter's week on GitHub: the edition is begun by a button, eight people take
// its sections from the board and fill them from trays, what breaks a house rule is
// mended by a press, and the edition is published, mailed and announced. What plays
// GitHub, the mailing service, the feeds and the site as it is served is started by the
// Go test TestWeekInTheBrowser in cmd/galley, which runs this file and then looks at
// what arrived.
import { expect, test, type Browser, type Page } from "@playwright/test"
import { kept, keptText, live, paste, serve, source } from "./galley"

interface Item { title: string; url: string; rest: string }
interface Section { name: string; deadline: string; text: string; items: Item[]; bullets: string[] }

const repo = process.env["GALLEY_GITHUB_REPO"] ?? ""
const world = process.env["GALLEY_WEEK_WORLD"] ?? ""
const key = process.env["GALLEY_BUTTONDOWN_KEY"] ?? ""
const week = JSON.parse(process.env["GALLEY_WEEK"] ?? "[]") as Section[]
const writers = (process.env["GALLEY_WEEK_WRITERS"] ?? "").split(" ")

/// What somebody does on a server of their own, in a browser with room for a whole
/// edition.
async function as<T>(browser: Browser, token: string, part: (page: Page, url: string) => Promise<T>, mail: Record<string, string> = {}): Promise<T> {
  const { url, server } = await serve([
    "--repo", repo, "--github-api", process.env["GALLEY_GITHUB_API"]!, "--fetch-network", "127.0.0.1", "--mail-api", world + "/v1",
  ], { GALLEY_BUTTONDOWN_KEY: "", ...mail, GITHUB_TOKEN: token })
  const context = await browser.newContext({ viewport: { width: 1440, height: 1800 }, permissions: ["clipboard-read", "clipboard-write"] })
  try {
    return await part(await context.newPage(), url)
  } finally {
    await context.close()
    server.kill("SIGTERM")
  }
}

/// What somebody does on GitHub's own page, or GitHub by itself. Answers why not.
const onGitHub = async (what: string) => (await fetch(`${world}/github/${what}`, { method: "POST" })).text()

/// Puts the cursor into a heading's line by the outline.
async function goTo(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Alt+o")
  await page.getByRole("dialog", { name: "Outline" }).getByRole("button", { name, exact: true }).click()
  await expect(source(page)).toBeFocused()
  await page.keyboard.press("End")
  // What is written goes where the cursor is.
  await expect.poll(() => source(page).evaluate(element => {
    const { state } = (element as any).cmTile.view
    const line = state.doc.lineAt(state.selection.main.head)
    return { text: line.text as string, end: state.selection.main.head === line.to }
  })).toEqual({ text: "## " + name, end: true })
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/// Writes a section: its deadline into the label, its items from the tray, the rest
/// typed. Numbers and addresses are in what trays insert.
async function writeSection(page: Page, section: Section): Promise<void> {
  if (section.deadline) {
    await goTo(page, section.name)
    await press(page, "ArrowDown", "ArrowDown", "End", "ArrowLeft", "ArrowLeft")
    await paste(page, " " + section.deadline)
    await press(page, "End")
    if (section.text) await paste(page, section.text)
  }
  const trays = page.getByRole("region", { name: "Material" })
  for (const { title, rest } of section.items) {
    await press(page, "Alt+m")
    await trays.getByRole("button", { name: `Insert ${title} into ${section.name}`, exact: true }).click()
    await press(page, "Escape")
    await expect(source(page)).toBeFocused()
    // A full stop too many, as writers put them there.
    await paste(page, rest.startsWith("\n") || rest.endsWith(".") ? rest : rest + ".")
  }
  if (section.bullets.length > 0) {
    if (section.items.length === 0) {
      await goTo(page, section.name)
      await press(page, "ArrowDown", "ArrowDown", "End")
    }
    await paste(page, section.bullets.map((bullet, i) => (section.items.length + i > 0 ? "\n* " : " ") + bullet).join(""))
  }
  if (section.text && !section.deadline) {
    await goTo(page, section.name)
    await paste(page, section.text)
  }
}

/// Notes of what text a page was last told which house rules it breaks.
function follow(page: Page): { judged: string } {
  const last = { judged: "" }
  page.on("response", response => {
    if (response.url().endsWith("/api/problems") && response.ok()) last.judged = (response.request().postDataJSON() as { text: string }).text
  })
  return last
}

/// Mends by presses what the house rules have a fix for. What is shown while the
/// server is asked is older than the text; a writer looks again, as this does.
async function mend(page: Page, path: string, last: { judged: string }): Promise<void> {
  const current = async () => {
    await kept(page)
    await expect.poll(async () => last.judged === await keptText(page, path), { timeout: 30_000 }).toBe(true)
  }
  await current()
  const problems = page.getByRole("region", { name: "Problems" })
  const stops = problems.getByRole("listitem").filter({ hasText: "full stop at the end of this bullet" })
  await problems.getByRole("button", { expanded: false }).click()
  await expect(stops.first()).toBeVisible()
  const all = stops.getByRole("button", { name: /^Do it at all \d+ places$/ })
  await ((await stops.count()) > 1 ? all : stops.getByRole("button", { name: "Delete the full stop" })).click()
  await expect(stops).toHaveCount(0)
  await current()
  await expect(stops).toHaveCount(0)
}

test("a week of eight writers, from the button to the readers", async ({ browser }) => {
  test.skip(world === "", "run by cmd/galley's TestWeekInTheBrowser, which starts what plays GitHub and all others")
  test.setTimeout(240_000)
  const mine = new Map(writers.map((token, n) => [token, week.filter((_, i) => i % writers.length === n)]))
  expect(week.length).toBeGreaterThanOrEqual(writers.length)

  await as(browser, process.env["GITHUB_TOKEN"]!, async (page, url) => {
    // Friday: the editor begins the edition.
    const seen: Promise<string>[] = []
    page.on("response", response => void seen.push(response.text().catch(() => "")))
    await page.goto(url)
    await page.getByRole("button", { name: "New post" }).click()
    const dialog = page.getByRole("dialog")
    await expect(dialog).toContainText("which will be begun from main")
    const path = /_posts\/\d{4}-\d\d-\d\d-update\.md/.exec((await dialog.textContent())!)![0]
    console.log(path) // for what looks at it afterwards
    await dialog.getByRole("button", { name: "Begin the edition" }).click()
    await live(page)
    const branch = new URL(page.url()).searchParams.get("branch")!
    expect(branch).toBe(path.slice(7, 17).replaceAll("-", ""))

    // Monday and Tuesday: eight people write, two at a time.
    const waiting = [...mine]
    const lane = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [token, sections] = next
        await as(browser, token, async (page, url) => {
          const last = follow(page)
          await page.goto(url)
          await page.getByRole("link", { name: "Who writes what" }).click()
          for (const { name } of sections) {
            await page.getByRole("button", { name: `I am writing ${name}`, exact: true }).click()
            await expect(page.getByRole("status")).toHaveText(`Others see now that you are writing ${name}.`, { timeout: 30_000 })
          }
          await page.getByRole("button", { name: `Write ${sections[0]!.name}`, exact: true }).click()
          await expect(source(page)).toBeFocused({ timeout: 30_000 })
          for (const section of sections) await writeSection(page, section)
          if (sections.some(section => section.items.some(item => !item.rest.startsWith("\n")) || section.bullets.some(bullet => bullet.endsWith(".")))) await mend(page, path, last)
          await page.getByRole("button", { name: "Update pull request" }).click()
          await page.getByRole("dialog").getByRole("button", { name: "Update pull request" }).click()
          await expect(page.getByRole("dialog", { name: /is updated$/ })).toBeVisible({ timeout: 30_000 })
        })
      }
    }
    await Promise.all([lane(), lane()])

    // Wednesday: the editor merges on GitHub what waits, and looks.
    await page.goto(`${url}/ready?${new URLSearchParams({ branch, path })}`)
    const check = (what: string) => page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: what, exact: true }) })
    await expect(check("Pull requests")).toContainText(`${writers.length} are open and not in it yet.`)
    for (let number = 1; number <= writers.length; number++) expect(await onGitHub(`merge/${number}`)).toBe("")
    // A host may still give an old text right after it merged: look again, as one would.
    await expect(async () => {
      await press(page, "Alt+r")
      await expect(check("Pull requests")).toContainText("None is open for it.")
      for (const what of ["Pull requests", "Sections", "House rules", "Reading time"]) {
        await expect(check(what).locator(".word"), (await check(what).textContent())!).toHaveText("Good", { timeout: 3_000 })
      }
    }).toPass({ timeout: 60_000 })
    await press(page, "ControlOrMeta+Enter")
    await dialog.getByRole("button", { name: "Make it ready" }).click()
    await expect(page.getByText("holds all of it, dated now.")).toBeVisible({ timeout: 30_000 })
    // Whoever may merges it, on GitHub; this screen sees it.
    expect(await onGitHub(`merge/${writers.length + 1}`)).toBe("")
    await press(page, "Alt+r")
    const after = page.getByRole("region", { name: "It is on main" })
    await expect(after).toBeVisible()

    // The mail, as a draft by a key that the browser never sees, and the texts.
    await page.getByRole("button", { name: "Make a draft at Buttondown" }).click()
    const title = await page.getByRole("heading", { level: 1 }).textContent()
    await expect(page.getByText(`A draft “Weekly: ${title}” was made at Buttondown; nothing is sent.`)).toBeVisible()
    const mails = (await (await fetch(world + "/mails")).json()) as Record<string, string>[]
    expect(mails.map(({ status, subject }) => ({ status, subject }))).toEqual([{ status: "draft", subject: `Weekly: ${title}` }])
    const address = (await after.getByRole("link", { name: world }).textContent())!
    for (const [network, keys] of [["Bluesky", "Alt+b"], ["Mastodon", ""]] as const) {
      if (keys) await press(page, keys)
      else await page.getByRole("button", { name: `Copy the text for ${network}` }).or(page.locator(`#copy-social-${network.toLowerCase()}`)).click()
      await expect(page.getByText(`Copied the text for ${network}.`)).toBeVisible()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(address)
    }
    expect(mails[0]!["body"]).toContain(week[0]!.name)

    // Thursday: it is live.
    await onGitHub("deploy/in_progress")
    await expect(after).toContainText("“github-pages” is at work", { timeout: 25_000 })
    await onGitHub("deploy/success")
    await expect(after).toContainText("Its address answers.", { timeout: 25_000 })
    await expect(after).not.toContainText("Send it again")
    expect((await Promise.all(seen)).filter(text => text.includes(key))).toEqual([])
  }, { GALLEY_BUTTONDOWN_KEY: key })
})
