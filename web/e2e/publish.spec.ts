// The day on which an edition is published: who writes what, what is left to do,
// the date, the merge, the mail and the announcements.
import AxeBuilder from "@axe-core/playwright"
import { expect, test, type Galley } from "./galley"

const branch = "edition/2026-08-16"
const path = "_posts/2026-08-16-update.md"
const config = `title: Harbour Notes
url: https://harbour.example
permalink: /:year/:year:month:day
galley:
  branch: "edition/{date}"
  reading: {minutes: 1, words: 5}
  mail: {subject: "Harbour: {{ page.title }}", preview: "Gauges and queues of the week"}
  social:
    bluesky: "{{ page.title }} {{ page.url | absolute_url }}"
    mastodon: {text: "{{ page.title }}: {{ page.url | absolute_url }}", limit: 40}
  rules: {bullet-full-stop: warning}
`
const text = `---
layout: post
title: Week Ending August 16, 2026
date: 2026-08-20 22:00:00 -0000
slug: 2026-08-16-update
---

## Developer News

* The collector keeps its queue.
* [Nowhere](/nowhere)

## Merges

* Two

## Shoutouts

* Three
`

function begin(galley: Galley): void {
  galley.commit("_config.yml", config, "Editions")
  galley.git("checkout", "-q", "-b", branch)
  galley.commit(path, text, "Begin the edition")
  galley.git("checkout", "-q", "main")
}

const at = (galley: Galley, screen: string, on = branch) => `${galley.url}/${screen}?${new URLSearchParams({ branch: on, path })}`

test("a writer takes a section by one press, and goes on into the text by another", async ({ page, galley }) => {
  begin(galley)
  await page.goto(galley.url)
  await page.getByRole("link", { name: "Who writes what" }).click()
  await expect(page.getByRole("status")).toHaveText("3 of 3 sections have nobody yet.")
  // A second press takes no other, and goes nowhere.
  await page.getByRole("button", { name: "I am writing Merges" }).dblclick()
  await expect(page.getByRole("status")).toHaveText("Others see now that you are writing Merges.")
  const rows = page.getByRole("region", { name: "Nobody has these yet" }).getByRole("listitem")
  await expect(rows).toHaveText([/Developer News/, /MergesYou announced it, (just now|a minute ago)/, /Shoutouts/])
  expect(galley.git("for-each-ref", "--format=%(refname:short)", "refs/heads")).toContain("galley/")
  // Another adds to the same pull request.
  await page.getByRole("button", { name: "I am writing Shoutouts" }).click()
  await expect(rows.filter({ hasText: "You announced it" })).toHaveCount(2)
  await page.getByRole("button", { name: "Give back Shoutouts" }).click()
  await expect(page.getByRole("button", { name: "I am writing Shoutouts" })).toBeEnabled()
  // The next visit has them in order.
  await page.reload()
  const taken = page.getByRole("region", { name: "Being written" })
  await expect(taken.getByRole("listitem")).toHaveText([/Merges/])
  await expect(rows).toHaveText([/Developer News/, /Shoutouts/])
  await taken.getByRole("button", { name: "Write Merges" }).click()
  // By its branch until the branches are known.
  await expect(page.locator(".bar")).toContainText("for the edition of 16 August 2026")
})

test("an edition is looked at, published, mailed and announced", async ({ page, galley, context }) => {
  test.slow()
  await context.grantPermissions(["clipboard-read", "clipboard-write"])
  begin(galley)
  await page.goto(at(galley, "ready"))
  const checks = page.getByRole("region", { name: "Is it ready?" })
  await expect(checks).toContainText("There is a full stop at the end of this bullet.")
  await expect(checks).toContainText("the site has no page or file at /nowhere. line 11")
  await expect(checks).toContainText("20 August 2026, 22:00 UTC. https://harbour.example/2026/20260820")
  await expect(checks).toContainText(/\d minutes, \d+ words, of 1 minutes? at most/)
  await expect(checks.getByRole("listitem").filter({ hasText: "Reading time" })).toContainText("Look")

  // The mail, in a frame that shares nothing with the app.
  const mail = page.frameLocator("iframe[title='The mail as its readers see it']")
  await expect(mail.getByRole("heading", { name: "Week Ending August 16, 2026" })).toBeVisible()
  await expect(mail.getByRole("link", { name: "Nowhere" })).toHaveAttribute("href", "https://harbour.example/nowhere")
  await page.keyboard.press("Alt+m")
  await expect(page.getByText("Copied the mail, as it looks.")).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("* The collector keeps its queue.")

  // The announcements carry the address that the post is going to have.
  const today = await page.evaluate(() => new Date().toISOString().slice(0, 10).replaceAll("-", ""))
  const later = `https://harbour.example/${today.slice(0, 4)}/${today}`
  const bluesky = page.getByLabel("Bluesky", { exact: true })
  await expect(bluesky).toHaveValue(`Week Ending August 16, 2026 ${later}`)
  await expect(page.getByText("57 of 300")).toBeVisible() // without "https://"
  await expect(page.getByText("52 of 40, 12 too many")).toBeVisible()
  await page.keyboard.press("Alt+b")
  await expect(page.getByText("Copied the text for Bluesky.")).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`Week Ending August 16, 2026 ${later}`)

  await page.keyboard.press("ControlOrMeta+Enter")
  const dialog = page.getByRole("dialog", { name: "Publish it now?" })
  await dialog.getByRole("button", { name: "Publish" }).click()
  await expect(page.getByRole("heading", { name: "It is on main" })).toBeVisible({ timeout: 30_000 })
  const published = galley.show("main", path).toString()
  expect(published.replace(/^date: .*$/m, "")).toBe(text.replace(/^date: .*$/m, ""))
  expect(published).toMatch(new RegExp(`^date: ${today.slice(0, 4)}-${today.slice(4, 6)}-${today.slice(6)} \\d\\d:\\d\\d:\\d\\d -0000$`, "m"))
  const after = page.getByRole("region", { name: "It is on main" })
  await expect(after.getByRole("link", { name: later })).toBeVisible()
  await expect(after).toContainText("nothing publishes it by itself")
  await expect(after).not.toContainText("another address")

  // It was dated across midnight afterwards: what was sent leads nowhere.
  galley.git("checkout", "-q", "main")
  galley.git("reset", "-q", "--hard")
  galley.commit(path, published.replace(/^date: .*$/m, "date: 2026-08-21 01:00:00 -0000"), "Mend the date")
  await page.reload()
  await expect(after).toContainText("The mail carries the address " + later)
  await expect(after).toContainText("The text for Bluesky carries the address " + later)
  await after.getByRole("link", { name: "Fix something" }).click()
  await expect(page.locator(".bar")).toContainText("on main")
})

test("an announcement that the writer changed stays, and is told that the pattern's text is another", async ({ page, galley, context }) => {
  begin(galley)
  await page.goto(at(galley, "ready"))
  const mastodon = page.getByLabel("Mastodon", { exact: true })
  const announcement = page.locator(".announcement").filter({ has: mastodon })
  await expect(mastodon).toHaveValue(/^Week Ending August 16, 2026: https:/)
  await mastodon.fill("Worded with care.")
  await expect(announcement.getByRole("button", { name: "As the pattern has it" })).toBeVisible()
  await expect(announcement.getByRole("status")).toHaveCount(0)

  galley.git("checkout", "-q", branch)
  galley.commit(path, text.replace("Week Ending August 16, 2026", "Gauges and queues"), "Another title")
  galley.git("checkout", "-q", "main")
  await page.keyboard.press("Alt+r")
  await expect(page.getByLabel("Bluesky", { exact: true })).toHaveValue(/^Gauges and queues https:/)
  const told = async (on = page) => {
    await expect(on.getByLabel("Mastodon", { exact: true })).toHaveValue("Worded with care.")
    await expect(on.locator(".announcement").getByRole("status")).toHaveText("What the pattern makes has changed since you wrote yours.")
  }
  await told()
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude(".mail-frame").analyze()
  expect(violations.map(v => v.id)).toEqual([])
  await page.reload()
  await told()
  await page.close()

  const other = await context.newPage()
  await other.goto(at(galley, "ready"))
  await told(other)
  await other.getByRole("button", { name: "Take the new one" }).click()
  await expect(other.getByLabel("Mastodon", { exact: true })).toHaveValue(/^Gauges and queues: https:/)
  await expect(other.locator(".announcement").getByRole("status")).toHaveCount(0)
  expect(await other.evaluate(() => Object.keys(localStorage).filter(name => name.startsWith("galley:words:")))).toEqual([])

  // Where the browser keeps nothing, that is said.
  await other.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("no room", "QuotaExceededError")
    }
  })
  await other.getByLabel("Mastodon", { exact: true }).fill("Not kept.")
  await expect(other.locator(".announcement").getByRole("alert")).toContainText("does not keep what you typed here")
})

for (const [date, when] of [["As it is written", "before the question"], ["Now, when it is published", "before the question"], ["As it is written", "behind the question"]] as const) {
  test(`what was changed while one looked is not published unseen: ${date}, ${when}`, async ({ page, galley }) => {
    begin(galley)
    // The screen looks at a time of its own: what it has looked at is what is here.
    const looked = () => page.waitForResponse(response => response.url().includes("/api/writers"))
    await Promise.all([looked(), page.goto(at(galley, "ready"))])
    const radio = page.getByRole("radio", { name: date })
    if (!(await radio.isChecked())) await Promise.all([looked(), radio.check()])
    const ask = () => page.getByRole("button", { name: "Publish now" }).click()
    if (when === "behind the question") await ask()
    galley.git("checkout", "-q", branch)
    galley.commit(path, text + "\nNobody looked at this.\n", "Another's line")
    galley.git("checkout", "-q", "main")
    if (when === "behind the question") await Promise.all([looked(), page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")))])
    else await ask()
    const asked = page.getByRole("dialog", { name: "Publish it now?" })
    await asked.getByRole("button", { name: "Publish" }).click()
    await expect(page.getByRole("alert")).toHaveText("The post was changed while you looked. This is how it is now; look again and publish then.")
    expect(galley.git("ls-tree", "--name-only", "-r", "main")).not.toContain(path)
    // Having looked again one publishes it.
    await ask()
    await asked.getByRole("button", { name: "Publish" }).click()
    await expect.poll(() => galley.git("ls-tree", "--name-only", "-r", "main")).toContain(path)
    expect(galley.show("main", path).toString()).toContain("Nobody looked at this.")
  })
}

test("nobody takes the mail and the announcements of the date that was chosen before", async ({ page, galley }) => {
  begin(galley)
  await page.goto(at(galley, "ready"))
  const copy = page.getByRole("button", { name: "Copy the mail" })
  await expect(copy).toBeEnabled()
  let letGo = () => {}
  const held = new Promise<void>(resolve => (letGo = resolve))
  await page.route("**/api/ready?**", async route => {
    await held
    await route.continue()
  })
  await page.getByRole("radio", { name: "As it is written" }).check()
  await expect(copy).toBeDisabled()
  for (const text of await page.locator("[id^=copy-social-]").all()) await expect(text).toBeDisabled()
  letGo()
  await expect(copy).toBeEnabled()
  await expect(page.locator(".mail-text, .announcement").first()).toBeVisible()
})

test("a long press of Enter asks, and publishes nothing", async ({ page, galley }) => {
  begin(galley)
  await page.goto(at(galley, "ready"))
  await page.getByRole("button", { name: "Publish now" }).focus()
  for (let i = 0; i < 4; i++) await page.keyboard.down("Enter")
  await page.keyboard.up("Enter")
  const asked = page.getByRole("dialog", { name: "Publish it now?" })
  await expect(asked).toBeVisible()
  await expect(asked.getByRole("button", { name: "Not yet" })).toBeFocused()
  await expect(asked.getByRole("button", { name: "Publish" })).toBeEnabled()
  await page.keyboard.press("Enter")
  await expect(asked).toHaveCount(0)
  expect(galley.git("ls-tree", "--name-only", "-r", "main")).not.toContain(path)
})

for (const [width, colorScheme] of [[1440, "light"], [390, "dark"]] as const) {
  test.describe(`${width} ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme })
    test("axe finds nothing on both screens", async ({ page, galley }) => {
      begin(galley)
      for (const [screen, there] of [["board", "Nobody has these yet"], ["ready", "3. Announce"]] as const) {
        await page.goto(at(galley, screen))
        await expect(page.getByRole("heading", { name: there })).toBeVisible()
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude(".mail-frame").analyze()
        expect(violations.map(v => `${screen}: ${v.id}: ${v.nodes.map(n => n.target.join(" ") + " " + n.failureSummary).join("; ")}`)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${screen} is wider than the window`).toBeLessThanOrEqual(0)
        const folder = process.env["SHOTS"]
        if (folder) await page.screenshot({ path: `${folder}/${screen}-${width}-${colorScheme}.png`, fullPage: true })
      }
    })
  })
}

test("what somebody wrote into the draft at the mailing service is not replaced without a word", async ({ page, galley }) => {
  begin(galley)
  await page.route("**/api/ready?*", async route => {
    const answer = (await (await route.fetch()).json()) as { mail: { service: string } }
    await route.fulfill({ json: { ...answer, mail: { ...answer.mail, service: "Letters" } } })
  })
  const asked: Record<string, unknown>[] = []
  let other: { seen: string; replaceable: boolean } | null = { seen: "one", replaceable: true }
  await page.route("**/api/mail", async route => {
    const request = route.request().postDataJSON() as Record<string, unknown>
    asked.push(request)
    if (other && request["seen"] !== other.seen) {
      const mail = { service: "Letters", url: "https://letters.example/1", ...other }
      return route.fulfill({ status: 409, json: { error: { kind: "other-mail", sentence: `It is there (${other.seen}).`, mail } } })
    }
    await route.fulfill({ json: { service: "Letters", url: "", subject: "S", address: "https://harbour.example/a", updated: !request["beside"], sent: false } })
  })
  await page.goto(at(galley, "ready"))
  const make = page.getByRole("button", { name: "Make a draft at Letters" })
  await make.click()
  const dialog = page.getByRole("dialog", { name: "Replace what was written at Letters?" })
  await expect(dialog).toContainText("It is there (one).")
  await expect(dialog.getByRole("link", { name: "Look at it at Letters" })).toHaveAttribute("href", "https://letters.example/1")
  await expect(dialog.getByRole("button", { name: "Leave it" })).toBeFocused()
  await page.keyboard.press("Enter")
  await expect(dialog).toHaveCount(0)
  expect(asked).toHaveLength(1)

  // It is asked again of what was changed again.
  await make.click()
  await expect(dialog).toContainText("It is there (one).")
  other = { seen: "two", replaceable: true }
  await dialog.getByRole("button", { name: "Replace it" }).click()
  await expect(dialog).toContainText("It is there (two).")
  await dialog.getByRole("button", { name: "Replace it" }).click()
  await expect(page.getByRole("status").filter({ hasText: "was brought up to date at Letters" })).toBeVisible()
  await expect(dialog).toHaveCount(0)
  expect(asked.at(-1)).toMatchObject({ seen: "two", beside: false })

  // What goes out by itself is not replaced.
  other = { seen: "three", replaceable: false }
  await make.click()
  const another = page.getByRole("dialog", { name: "Make another draft?" })
  await expect(another.getByRole("button", { name: "Replace it" })).toHaveCount(0)
  await another.getByRole("button", { name: "Make another one" }).click()
  await expect(page.getByRole("status").filter({ hasText: "A draft “S” was made at Letters" })).toBeVisible()
  expect(asked.at(-1)).toMatchObject({ seen: "three", beside: true })
})
