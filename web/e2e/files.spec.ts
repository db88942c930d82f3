// What the desk does with a site's files: filters, renaming, publishing, deleting and
// restoring.
import { expect, openPost, source, test, tides, typeAtEnd, type Galley } from "./galley"

/// Galley's branch with that end.
const branchOf = (galley: Galley, end: string) => galley.git("for-each-ref", "--format=%(refname:short)", "refs/heads/galley").split("\n").find(name => name.includes(end))!

test("texts are listed by tag, author and state, and the address keeps it", async ({ page, galley }) => {
  galley.commit("_posts/2026-03-15-buoys.md", "---\ntitle: Seven buoys\ntags: [sea, paper]\nauthor: Ada\npublished: false\n---\n\nText.\n", "Add buoys")
  galley.commit("_posts/2026-03-16-charts.md", "---\ntitle: Old charts\ncategories: paper\nauthor: Bo\n---\n\nText.\n", "Add charts")
  await page.goto(galley.url)
  const posts = page.locator(".posts > ul > li")
  await expect(posts).toHaveCount(5)
  await page.getByRole("combobox", { name: "Tag" }).selectOption("paper")
  await expect(posts).toHaveCount(2)
  await page.getByRole("combobox", { name: "Order" }).selectOption("title")
  await expect(posts.first()).toContainText("Old charts")
  await page.getByRole("combobox", { name: "Author" }).selectOption("Ada")
  await expect(posts).toHaveText([/Seven buoys.*Not published/])
  await expect(page).toHaveURL(/\?tag=paper&author=Ada&order=title$/)
  await page.reload()
  await expect(posts).toHaveText([/Seven buoys/])
  await page.getByRole("combobox", { name: "State" }).selectOption("hidden")
  await expect(posts).toHaveCount(1)
  await page.getByRole("button", { name: "List all" }).click()
  await expect(posts).toHaveCount(5)
})

test("a post is renamed, deleted and restored, each by a pull request", async ({ page, galley }) => {
  const row = page.locator(`.posts li[data-path="${tides}"]`)
  const dialog = page.getByRole("dialog")
  const merge = async () => {
    await dialog.getByRole("link").click()
    await page.getByRole("button", { name: /^Merge/ }).first().click()
    const sure = page.getByRole("dialog").getByRole("button", { name: /^Merge/ })
    await sure.click()
    await expect.poll(() => galley.git("log", "-1", "--format=%P", "main").trim().split(" ").length).toBe(2)
  }
  await page.goto(galley.url)
  await row.getByRole("button", { name: /^More for/ }).click()
  const menu = page.getByRole("menu")
  await expect(menu.getByRole("menuitem").first()).toBeFocused()
  await page.keyboard.press("Escape")
  await expect(menu).toBeHidden()
  await expect(row.getByRole("button", { name: /^More for/ })).toBeFocused()

  await row.getByRole("link").first().focus()
  await page.keyboard.press("Shift+F10")
  await page.keyboard.press("Enter") // Rename
  await dialog.getByLabel("Slug").fill("The Gauges")
  await dialog.getByLabel("Date").fill("2026-03-09")
  await expect(dialog.getByText("_posts/2026-03-09-the-gauges.md")).toBeVisible()
  await expect(dialog.getByText("/2026/20260309")).toBeVisible()
  await dialog.getByRole("button", { name: "Open pull request" }).click()
  await expect(dialog.getByRole("heading", { name: "Pull request #1 is open" })).toBeVisible()
  const branch = branchOf(galley, "2026-03-09-the-gauges")
  const changed = galley.git("diff", "-M", "--name-status", "main", branch)
  expect(changed).toMatch(/^R\d+\t_posts\/2026-03-08-tides\.md\t_posts\/2026-03-09-the-gauges\.md\n$/)
  expect(galley.git("rev-list", "--count", `main..${branch}`).trim()).toBe("1")
  const text = galley.show(branch, "_posts/2026-03-09-the-gauges.md").toString()
  expect(text).toContain("date: 2026-03-09 22:00:00 -0000\nslug: the-gauges\n")
  await dialog.getByRole("button", { name: "Back to the desk" }).click()
  await expect(row.getByText("#1")).toBeVisible()

  const crlf = page.locator('.posts li[data-path="_posts/2026-03-01-crlf.md"]')
  await crlf.getByRole("link").first().focus()
  await page.keyboard.press("Delete")
  await expect(dialog.getByRole("button", { name: "Keep it" })).toBeFocused()
  await dialog.getByRole("button", { name: "Open pull request" }).click()
  await merge()
  await page.goto(galley.url)
  await expect(row).toBeVisible()
  await expect(crlf).toHaveCount(0)
  await page.getByRole("button", { name: "Restore a deleted post" }).click()
  await dialog.getByRole("radio", { name: /crlf/ }).check()
  await dialog.getByRole("button", { name: "Open pull request" }).click()
  await expect(dialog.getByRole("heading", { name: "Pull request #3 is open" })).toBeVisible()
  const back = galley.git("for-each-ref", "--format=%(refname:short)", "--sort=-committerdate", "refs/heads/galley").split("\n")[0]!
  expect(galley.show(back, "_posts/2026-03-01-crlf.md")).toEqual(galley.show("main^1", "_posts/2026-03-01-crlf.md"))
})

test("what restores a post is under way from the press on, while its text is asked for, and once", async ({ page, galley }) => {
  galley.git("rm", "-q", tides)
  galley.git("commit", "-q", "-m", "Away with it")
  let go = () => {}
  const released = new Promise<void>(resolve => (go = resolve))
  let pressed = false
  let asked = 0
  await page.route("**/api/removed?*path=*", async route => {
    if (pressed) {
      asked++
      await released
    }
    await route.continue()
  })
  let sent = 0
  page.on("request", request => new URL(request.url()).pathname === "/api/submit" && sent++)
  await page.goto(galley.url)
  await page.getByRole("button", { name: "Restore a deleted post" }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByRole("radio", { name: /tides/ }).check()
  await dialog.getByLabel(/^Message/).fill("Missed.")
  await expect(dialog.getByLabel("Title of the pull request")).toHaveValue(/^Restore “.*Tides and charts/)
  pressed = true
  await dialog.locator("form").evaluate((form: HTMLFormElement) => {
    form.requestSubmit()
    form.requestSubmit()
  })
  await expect.poll(() => asked).toBeGreaterThan(0)
  await expect(dialog.getByRole("button", { name: "Opening" })).toBeDisabled()
  await expect(dialog.getByRole("button", { name: "Not now" })).toBeDisabled()
  await expect(dialog.getByRole("radio", { name: /tides/ })).toBeDisabled()
  await expect(dialog.getByLabel(/^Message/)).toBeDisabled()
  await page.keyboard.press("Escape")
  await expect(dialog).toBeVisible()
  go()
  await expect(dialog.getByRole("heading", { name: "Pull request #1 is open" })).toBeVisible()
  expect([asked, sent]).toEqual([1, 1])
})

test("a post that somebody changed meanwhile is deleted or renamed as it is now, once that was said", async ({ page, galley }) => {
  await page.goto(galley.url)
  const row = page.locator(`.posts li[data-path="${tides}"]`)
  const dialog = page.getByRole("dialog")
  const submit = dialog.getByRole("button", { name: "Open pull request" })
  for (const [key, name] of [["Delete", "tides"], ["F6", "gauges"]] as const) {
    await row.getByRole("link").first().focus()
    await page.keyboard.press(key)
    if (key === "F6") {
      await dialog.getByLabel("Slug").fill(name)
      await expect(dialog.getByText("gauges.md")).toBeVisible()
      await expect(submit).toBeEnabled()
    }
    galley.commit(tides, galley.show("main", tides).toString() + `Before ${key}.\n`, "Somebody's")
    await submit.click()
    await expect(dialog.getByRole("alert")).toContainText("It was changed meanwhile, and nothing was submitted")
    await expect(dialog.getByRole("link", { name: "look at it" })).toHaveAttribute("href", /tides/)
    await expect(async () => {
      if (await submit.isVisible()) await submit.click({ timeout: 1000 })
      await expect(dialog.getByRole("heading", { name: /^Pull request #\d is open$/ })).toBeVisible({ timeout: 2000 })
    }).toPass({ timeout: 15_000 })
    const branch = branchOf(galley, name)
    expect(galley.git("rev-parse", `${branch}^`)).toBe(galley.git("rev-parse", "main"))
    if (key === "F6") expect(galley.show(branch, "_posts/2026-03-08-gauges.md").toString()).toContain("Before Delete.\nBefore F6.\n")
    await dialog.getByRole("button", { name: "Back to the desk" }).click()
  }
})

test("who writes a post that their own pull request deletes is told so, and by whom", async ({ page, galley }) => {
  await page.goto(galley.url)
  const dialog = page.getByRole("dialog")
  await page.locator(`.posts li[data-path="${tides}"]`).getByRole("button", { name: /^More for/ }).click()
  await page.getByRole("menuitem", { name: /^Delete/ }).click()
  await dialog.getByRole("button", { name: "Open pull request" }).click()
  await expect(dialog.getByRole("heading", { name: "Pull request #1 is open" })).toBeVisible()
  await openPost(page, galley, tides)
  await typeAtEnd(page, "Mine.\n")
  await page.locator(".bar .primary").click()
  await dialog.getByRole("button", { name: /^(Open|Update) pull request$/ }).click()
  await expect(dialog.getByText("The pull request takes this post out")).toBeVisible()
  await dialog.getByRole("button", { name: "Use this text" }).click()
  await expect(source(page)).toContainText("Mine.")
})

test("a draft is published under its day, and a copy opens in the editor", async ({ page, galley }) => {
  galley.commit("_drafts/a-thought.md", "---\ntitle: A thought\n---\n\nIt is long enough to be known again.\n", "Begin a thought")
  await page.goto(galley.url + "/?list=drafts")
  const row = page.locator('.posts li[data-path="_drafts/a-thought.md"]')
  await row.getByRole("button", { name: "More for A thought" }).click()
  await page.getByRole("menuitem", { name: "Publish this draft" }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel("Date").fill("2026-03-20")
  await expect(dialog.getByText("_posts/2026-03-20-a-thought.md")).toBeVisible()
  await dialog.getByRole("button", { name: "Open pull request" }).click()
  await expect(dialog.getByRole("heading", { name: "Pull request #1 is open" })).toBeVisible()
  expect(galley.git("diff", "-M", "--name-status", "main", branchOf(galley, "2026-03-20-a-thought"))).toBe("R100\t_drafts/a-thought.md\t_posts/2026-03-20-a-thought.md\n")
  await dialog.getByRole("button", { name: "Back to the desk" }).click()

  await row.getByRole("button", { name: "More for A thought" }).click()
  await page.getByRole("menuitem", { name: "Duplicate" }).click()
  await expect(dialog.getByText("_drafts/a-thought-copy.md")).toBeVisible()
  await dialog.getByRole("button", { name: "Start writing" }).click()
  await expect(page.locator(".cm-content").first()).toContainText("It is long enough to be known again.")
  await expect(page).toHaveURL(/a-thought-copy\.md/)
})
