// Two people on one post: two servers on one repository, each with a browser
// context of its own.
import AxeBuilder from "@axe-core/playwright"
import type { BrowserContext, Page } from "@playwright/test"
import { expect, kept, keptText, live, openPost, paste, serve, source, test as base, typeAtEnd, type Galley } from "./galley"

const branch = "20260816"
const path = "_posts/2026-08-16-update.md"
const begun = `---
layout: post
title: Week Ending August 16, 2026
date: 2026-08-19 22:00:00 -0000
slug: 2026-08-16-update
---

## Developer News

The release team meets on Tuesday.
Everybody may come.

## Promotions

* 

## Shoutouts

* Thanks to the gauges
`

interface Somebody {
  page: Page
  galley: Galley
  context: BrowserContext
}

/// Ada is the repository's person, Ben comes with a server of his own.
const test = base.extend<{ ada: Somebody; ben: Somebody }>({
  ada: async ({ galley, browser }, use) => {
    galley.commit(path, begun, "Start the edition")
    galley.git("branch", branch)
    const context = await browser.newContext()
    await use({ galley, context, page: await context.newPage() })
    await context.close()
  },
  ben: async ({ ada, browser }, use) => {
    const settings: Record<string, string> = { "user.name": "Ben", "user.email": "ben@example.org", "github.user": "ben" }
    const env: Record<string, string> = { GIT_CONFIG_COUNT: String(Object.keys(settings).length) }
    Object.entries(settings).forEach(([key, value], i) => {
      env[`GIT_CONFIG_KEY_${i}`] = key
      env[`GIT_CONFIG_VALUE_${i}`] = value
    })
    const { url, server } = await serve(["--site", ada.galley.dir], env)
    const context = await browser.newContext()
    await use({ galley: { ...ada.galley, url }, context, page: await context.newPage() })
    await context.close()
    server.kill("SIGTERM")
  },
})

/// Replaces words of one line of the source by pasting over them; a line that is
/// nothing else comes first.
async function replace(page: Page, from: string, to: string): Promise<void> {
  await source(page).focus()
  await source(page).evaluate((element, from) => {
    const { view } = (element as any).cmTile
    const lines = (view.state.doc.toString() as string).split("\n")
    const line = lines.includes(from) ? lines.indexOf(from) : lines.findIndex(line => line.includes(from))
    const anchor = view.state.doc.line(line + 1).from + lines[line]!.indexOf(from)
    view.dispatch({ selection: { anchor, head: anchor + from.length } })
  }, from)
  await paste(page, to)
  await expect(source(page)).toContainText(to.split("\n").at(-1)!)
}

/// Opens the pull request, or updates it, and answers its number.
async function submit(page: Page): Promise<number> {
  await page.locator(".bar .primary").click()
  const dialog = page.getByRole("dialog")
  await dialog.getByRole("button", { name: /^(Open|Update) pull request$/ }).click()
  const done = page.getByRole("dialog", { name: /Pull request #\d+ is (open|updated)/ })
  await expect(done).toBeVisible()
  const number = Number(/#(\d+)/.exec((await done.getByRole("heading").textContent())!)![1])
  await done.getByRole("button", { name: "Go on writing" }).click()
  return number
}

async function merge(galley: Galley, number: number): Promise<void> {
  const { pull } = await (await fetch(`${galley.url}/api/pulls/${number}`)).json()
  const answer = await fetch(`${galley.url}/api/pulls/${number}/merge`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ head: pull.head }),
  })
  expect(answer.status, await answer.text()).toBe(200)
}

/// Ben changes the post, and it is merged.
async function benWrites(ben: Somebody, ...changes: [from: string, to: string][]): Promise<void> {
  await openPost(ben.page, ben.galley, path, branch)
  for (const [from, to] of changes) await replace(ben.page, from, to)
  await merge(ben.galley, await submit(ben.page))
}

const branchText = (galley: Galley) => galley.show(branch, path).toString()

test("what does not collide is merged by itself and shown, and undo takes it back whole", async ({ ada, ben }) => {
  await openPost(ada.page, ada.galley, path, branch)
  await replace(ada.page, "* ", "* The gate is beta")
  await kept(ada.page)
  await benWrites(ben, ["* Thanks to the gauges", "* Thanks to the gauges\n* Thanks to Ada 🌊"])

  await ada.page.locator(".bar .primary").click()
  const dialog = ada.page.getByRole("dialog", { name: "Open pull request" })
  await expect(dialog.locator(".met")).toContainText("Ben changed Shoutouts meanwhile.")
  await expect(dialog.locator(".cm-theirs")).toContainText("Thanks to Ada 🌊")
  await expect(dialog.locator(".cm-whose")).toHaveText("Ben")
  await expect(dialog.locator(".diff")).toContainText("The gate is beta")
  const both = begun.replace("* \n", "* The gate is beta\n").replace("gauges\n", "gauges\n* Thanks to Ada 🌊\n")
  await expect.poll(() => keptText(ada.page, path)).toBe(both)

  // Undone, it is not Ada's text against Ben's, but from before: the same again.
  await dialog.getByRole("button", { name: "Not yet" }).click()
  await source(ada.page).focus()
  await ada.page.keyboard.press("ControlOrMeta+z")
  await expect(source(ada.page)).not.toContainText("Thanks to Ada")
  const number = await submitAfter(ada.page, "Ben changed Shoutouts meanwhile.")
  await merge(ada.galley, number)
  expect(branchText(ada.galley)).toBe(both)
})

/// Submits once the dialog says what was merged.
async function submitAfter(page: Page, sentence: string): Promise<number> {
  await page.locator(".bar .primary").click()
  await expect(page.getByRole("dialog").locator(".met")).toContainText(sentence)
  await page.getByRole("dialog").getByRole("button", { name: /^(Open|Update) pull request$/ }).click()
  const done = page.getByRole("dialog", { name: /Pull request #\d+ is (open|updated)/ })
  await expect(done).toBeVisible()
  return Number(/#(\d+)/.exec((await done.getByRole("heading").textContent())!)![1])
}

test("what collides is chosen piece by piece, and nothing before", async ({ ada, ben }) => {
  await openPost(ada.page, ada.galley, path, branch)
  await replace(ada.page, "meets on Tuesday", "meets on Wednesday")
  await replace(ada.page, "* Thanks to the gauges", "* Thanks to all gauges")
  await replace(ada.page, "August 16, 2026", "August 16")
  await kept(ada.page)
  const mine = await keptText(ada.page, path)
  await benWrites(ben,
    ["meets on Tuesday", "meets on Monday"], ["* Thanks to the gauges", "* Thanks to two gauges"],
    ["August 16, 2026", "16 August 2026"], ["* ", "* A gate"])

  await ada.page.locator(".bar .primary").click()
  const dialog = ada.page.getByRole("dialog", { name: "Ben and you changed the same lines" })
  await expect(dialog).toBeVisible()
  await expect(dialog).toContainText("Ben changed Promotions meanwhile. Merged by itself.")
  await expect(dialog.locator("fieldset")).toHaveCount(3)
  const use = dialog.getByRole("button", { name: "Use what I chose" })
  await expect(use).toBeDisabled()
  expect((await new AxeBuilder({ page: ada.page }).include("dialog").analyze()).violations).toEqual([])
  await shots(ada.page, "collision")
  // Put off, everything is as it was.
  await dialog.getByRole("button", { name: "Decide later" }).click()
  expect(await keptText(ada.page, path)).toBe(mine)
  await expect(source(ada.page)).toContainText("Wednesday")
  await ada.page.locator(".bar .primary").click()
  await expect(dialog).toBeVisible()

  // By keyboard: theirs, both, and a text of one's own.
  const piece = (name: string) => dialog.getByRole("radiogroup", { name })
  await piece("“title”").getByLabel("Take Ben’s").focus()
  await ada.page.keyboard.press("Space")
  await piece("Developer News").getByLabel("Write it anew").check()
  const anew = dialog.getByRole("textbox", { name: "Your text for Developer News" })
  await expect(anew).toContainText("Monday")
  await anew.focus()
  await ada.page.keyboard.press("ControlOrMeta+a")
  await ada.page.keyboard.insertText("The release team meets on Monday and Wednesday.\n")
  await expect(use).toBeDisabled()
  await piece("Shoutouts").getByLabel("Keep both").check()
  await shots(ada.page, "collision-chosen")
  await use.focus()
  await ada.page.keyboard.press("Enter")

  const after = ada.page.getByRole("dialog", { name: "Open pull request" })
  await expect(after.locator(".diff")).toContainText("Monday and Wednesday")
  await shots(ada.page, "merged")
  await after.getByRole("button", { name: "Open pull request" }).click()
  const done = ada.page.getByRole("dialog", { name: "Pull request #2 is open" })
  await expect(done).toBeVisible()
  const pull = (await (await fetch(`${ada.galley.url}/api/pulls/2`)).json()).pull
  expect(pull.mergeable).toBe("clean")
  expect(ada.galley.git("log", "-1", "--format=%B", pull.head)).toContain("Co-authored-by: Ben <ben@example.org>")
  await merge(ada.galley, 2)
  expect(branchText(ada.galley)).toBe(begun
    .replace("August 16, 2026", "16 August 2026")
    .replace("* \n", "* A gate\n")
    .replace("meets on Tuesday.", "meets on Monday and Wednesday.")
    .replace("* Thanks to the gauges", "* Thanks to two gauges\n* Thanks to all gauges"))
})

test("what is chosen and written where texts collide is there again, and is offered where they have changed", async ({ ada, ben }) => {
  const { page, galley } = ada
  await openPost(page, galley, path, branch)
  await replace(page, "meets on Tuesday", "meets on Wednesday")
  await replace(page, "* Thanks to the gauges", "* Thanks to all gauges")
  await kept(page)
  await benWrites(ben, ["meets on Tuesday", "meets on Monday"], ["* Thanks to the gauges", "* Thanks to two gauges"])

  await page.locator(".bar .primary").click()
  const dialog = page.getByRole("dialog", { name: "Ben and you changed the same lines" })
  const news = dialog.getByRole("radiogroup", { name: "Developer News" })
  const thanks = dialog.getByRole("radiogroup", { name: "Shoutouts" })
  const anew = dialog.getByRole("textbox", { name: "Your text for Developer News" })
  const there = async () => {
    await expect(news.getByLabel("Write it anew")).toBeChecked()
    await expect(anew).toHaveText("Written with care.")
    await expect(thanks.getByLabel("Keep both")).toBeChecked()
  }
  await thanks.getByLabel("Keep both").check()
  await news.getByLabel("Write it anew").check()
  await anew.focus()
  await page.keyboard.press("ControlOrMeta+a")
  await page.keyboard.insertText("Written with care.")
  // Another choice does not take it away.
  await news.getByLabel("Keep mine").check()
  await news.getByLabel("Write it anew").check()
  await there()
  await page.keyboard.press("Escape")
  await expect(dialog).toBeHidden()
  await page.locator(".bar .primary").click()
  await there()
  await page.reload()
  await live(page)
  await there()

  // Ben goes on, and it is another collision.
  await benWrites(ben, ["meets on Monday", "meets on Friday"])
  await page.reload()
  await live(page)
  await expect(news.getByRole("radio", { checked: true })).toHaveCount(0)
  await expect(thanks.getByLabel("Keep both")).toBeChecked()
  const before = dialog.getByRole("region", { name: "What you wrote for Developer News when the texts were others" })
  await expect(before).toContainText("Written with care.")
  expect((await new AxeBuilder({ page }).include("dialog").analyze()).violations).toEqual([])
  await shots(page, "collision-before")
  await before.getByRole("button", { name: "Use it for Developer News" }).press("Enter")
  await expect(before).toBeHidden()
  await expect(anew).toBeFocused()
  await there()
  await dialog.getByRole("button", { name: "Use what I chose" }).click()
  await expect(dialog).toBeHidden()
  await expect.poll(() => keptText(page, path)).toBe(begun
    .replace("The release team meets on Tuesday.", "Written with care.")
    .replace("* Thanks to the gauges", "* Thanks to two gauges\n* Thanks to all gauges"))
  expect(await page.evaluate(() => Object.keys(localStorage).filter(name => name.startsWith("galley:words:")))).toEqual([])
})

test("where both put sections in other orders, either order is chosen, and has what both wrote", async ({ ada, ben }) => {
  const [head, news, promotions, shoutouts] = begun.split(/(?=^## )/m) as [string, string, string, string]
  const post = (...sections: string[]) => head + sections.map(section => section.trimEnd() + "\n").join("\n")
  /// Writes the whole post anew.
  const arrange = async ({ page }: Somebody, text: string) => {
    await source(page).evaluate((element, text) => {
      const { view } = (element as any).cmTile
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
    }, text)
    await kept(page)
  }
  await openPost(ada.page, ada.galley, path, branch)
  await arrange(ada, post(shoutouts, news, promotions.replace("* ", "* The gate is beta")))
  await openPost(ben.page, ben.galley, path, branch)
  await arrange(ben, post(news, shoutouts.replace("gauges", "gauges\n* Thanks to Ada"), promotions))
  await merge(ben.galley, await submit(ben.page))

  await ada.page.locator(".bar .primary").click()
  const dialog = ada.page.getByRole("dialog", { name: "Ben and you put sections in different orders" })
  await expect(dialog).toContainText("neither order loses any of it")
  const order = dialog.getByRole("radiogroup", { name: "What becomes of the order of sections" })
  await expect(order.getByRole("radio")).toHaveCount(3)
  expect((await new AxeBuilder({ page: ada.page }).include("dialog").analyze()).violations).toEqual([])
  await shots(ada.page, "orders")
  await order.getByLabel("Take their order").check()
  await dialog.getByRole("button", { name: "Use what I chose" }).click()
  await expect(ada.page.getByRole("dialog", { name: "Open pull request" })).toBeVisible()
  await expect.poll(() => keptText(ada.page, path)).toBe(post(
    news, shoutouts.replace("gauges", "gauges\n* Thanks to Ada"), promotions.replace("* ", "* The gate is beta")))
})

test("a pull request that no longer merges is brought up to date", async ({ ada, ben }) => {
  await openPost(ada.page, ada.galley, path, branch)
  await replace(ada.page, "meets on Tuesday", "meets on Wednesday")
  const number = await submit(ada.page)
  await benWrites(ben, ["meets on Tuesday", "meets on Monday"])

  await ada.page.reload()
  await live(ada.page)
  // The draft meets Ben's text first, and then the line leads on.
  const dialog = ada.page.getByRole("dialog", { name: "Ben and you changed the same lines" })
  await dialog.getByLabel("Keep mine").check()
  await dialog.getByRole("button", { name: "Use what I chose" }).click()
  await expect(ada.page.getByText(`Pull request #${number} no longer merges into ${branch}`)).toBeVisible()
  await ada.page.getByRole("button", { name: "Bring up to date" }).click()
  await ada.page.getByRole("dialog").getByRole("button", { name: "Update pull request" }).click()
  await expect(ada.page.getByRole("dialog", { name: `Pull request #${number} is updated` })).toBeVisible()
  const { pull } = await (await fetch(`${ada.galley.url}/api/pulls/${number}`)).json()
  expect(pull.mergeable).toBe("clean")
  await merge(ada.galley, number)
  expect(branchText(ada.galley)).toBe(begun.replace("meets on Tuesday", "meets on Wednesday"))
})

test("a draft meets what was changed before it was opened again", async ({ ada, ben }) => {
  await openPost(ada.page, ada.galley, path, branch)
  await typeAtEnd(ada.page, "* Thanks to Ben\n")
  await kept(ada.page)
  await ada.page.goto(ada.galley.url)
  await benWrites(ben, ["* ", "* A gate"])
  await openPost(ada.page, ada.galley, path, branch)
  await expect(ada.page.getByText("Ben changed Promotions meanwhile. It is merged into your text")).toBeVisible()
  await expect.poll(() => keptText(ada.page, path)).toBe(begun.replace("* \n", "* A gate\n") + "* Thanks to Ben\n")
})

/// The post as a pull request has it.
async function pullText(galley: Galley, number: number): Promise<string> {
  const { files } = await (await fetch(`${galley.url}/api/pulls/${number}`)).json()
  return files[0].new
}

test("a draft that is opened in a tab in the background meets it, too, and undo takes that back", async ({ ada }) => {
  const { page, galley } = ada
  await openPost(page, galley, path)
  await replace(page, "meets on Tuesday", "meets on Wednesday")
  await kept(page)
  await page.close()
  galley.commit(path, begun.replace("gauges", "two gauges"), "Thank both")

  // As browsers have it there: nothing is drawn, and timers wait.
  const behind = await ada.context.newPage()
  await behind.addInitScript(() => {
    const later = window.setTimeout
    window.requestAnimationFrame = () => 0
    window.setTimeout = ((act: () => void, after = 0) => later(act, after + 2_000)) as typeof setTimeout
  })
  await behind.goto(`${galley.url}/edit?${new URLSearchParams({ branch: "main", path })}`)
  const mine = begun.replace("meets on Tuesday", "meets on Wednesday")
  const both = mine.replace("gauges", "two gauges")
  const written = () => source(behind).evaluate(element => (element as any).cmTile.view.state.doc.toString() as string)
  await expect.poll(written).toBe(both)
  await expect.poll(() => keptText(behind, path)).toBe(both)
  await source(behind).focus()
  await behind.keyboard.press("ControlOrMeta+z")
  expect(await written()).toBe(mine)
})

test("from a second computer one's pull request is met, and a section taken in it", async ({ ada, browser }) => {
  await openPost(ada.page, ada.galley, path, branch)
  await replace(ada.page, "meets on Tuesday", "meets on Wednesday")
  const number = await submit(ada.page)

  const second = await browser.newContext()
  const page = await second.newPage()
  await openPost(page, ada.galley, path, branch)
  await replace(page, "* Thanks to the gauges", "* Thanks to all gauges")
  await page.locator(".bar .primary").click()
  const dialog = page.getByRole("dialog", { name: "Open pull request" })
  await dialog.getByRole("button", { name: "Open pull request" }).click()
  // It is there already, with what this browser has not seen.
  await expect(dialog.locator(".met")).toContainText("changed Developer News meanwhile.")
  await dialog.getByRole("button", { name: "Open pull request" }).click()
  await expect(page.getByRole("dialog", { name: `Pull request #${number} is open` })).toBeVisible()
  const both = begun.replace("Tuesday", "Wednesday").replace("the gauges", "all gauges")
  expect(await pullText(ada.galley, number)).toBe(both)
  await second.close()

  const third = await (await browser.newContext()).newPage()
  await openPost(third, ada.galley, path, branch)
  await replace(third, "August 16, 2026", "16 August 2026")
  await third.keyboard.press("Alt+w")
  await third.getByRole("button", { name: "I am writing Promotions" }).click()
  await expect(third.getByText("Others see now that you are writing Promotions.")).toBeVisible()
  await expect(third.getByText("is merged into your text")).toBeVisible()
  await shots(third, "second-computer")
  expect(await submit(third)).toBe(number)
  expect(await pullText(ada.galley, number)).toBe(both.replace("August 16, 2026", "16 August 2026"))
  await third.context().close()
})

test("what a reviewer pushed before a section was taken stays in the pull request", async ({ ada, ben }) => {
  await openPost(ada.page, ada.galley, path, branch)
  await replace(ada.page, "meets on Tuesday", "meets on Wednesday")
  const number = await submit(ada.page)
  const { pull, files: [file] } = await (await fetch(`${ben.galley.url}/api/pulls/${number}`)).json()
  const pushed = await fetch(`${ben.galley.url}/api/submit`, {
    method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      base: branch, path, text: file.new.replace("* Thanks to the gauges", "* Thanks to two gauges"), blob: file.blob, earlier: [],
      title: pull.title, message: pull.body, pull: number,
    }),
  })
  expect(await pushed.text()).not.toContain('"error"')

  await ada.page.keyboard.press("Alt+w")
  await ada.page.getByRole("button", { name: "I am writing Promotions" }).click()
  await expect(ada.page.getByText("Ben changed Shoutouts meanwhile. It is merged into your text")).toBeVisible()
  await replace(ada.page, "* ", "* The gate is beta")
  await submit(ada.page)
  expect(await pullText(ada.galley, number)).toBe(
    begun.replace("Tuesday", "Wednesday").replace("the gauges", "two gauges").replace("* \n", "* The gate is beta\n"))
})

test("what was written in a pull request that was merged meanwhile goes into one of one's own", async ({ ada, ben }) => {
  await openPost(ada.page, ada.galley, path, branch)
  await replace(ada.page, "meets on Tuesday", "meets on Wednesday")
  const number = await submit(ada.page)
  const { pull } = await (await fetch(`${ben.galley.url}/api/pulls/${number}`)).json()
  await ben.page.goto(`${ben.galley.url}/edit?` + new URLSearchParams({ branch: pull.branch, path, into: branch, pull: String(number) }))
  await live(ben.page)
  await replace(ben.page, "* Thanks to the gauges", "* Thanks to Ada")
  await kept(ben.page)
  await merge(ada.galley, number)

  await ben.page.locator(".bar .primary").click()
  await ben.page.getByRole("dialog").getByRole("button", { name: "Update pull request" }).click()
  await shots(ben.page, "merged-meanwhile")
  await ben.page.getByRole("button", { name: "Submit as a pull request of my own" }).click()
  const dialog = ben.page.getByRole("dialog", { name: "Open pull request" })
  await expect(dialog.locator(".diff")).toContainText("Thanks to Ada")
  await dialog.getByRole("button", { name: "Open pull request" }).click()
  await expect(ben.page.getByRole("dialog", { name: "Pull request #2 is open" })).toBeVisible()
  await merge(ben.galley, 2)
  expect(branchText(ada.galley)).toBe(begun.replace("Tuesday", "Wednesday").replace("the gauges", "Ada"))
})

test("a post that was renamed meanwhile is followed, with what was written", async ({ ada }) => {
  const { page, galley } = ada
  await openPost(page, galley, path, "main")
  await replace(page, "meets on Tuesday", "meets on Wednesday")
  await kept(page)
  const to = "_posts/2026-08-17-weekly-update.md"
  galley.git("mv", path, to)
  galley.commit(to, begun.replace("* Thanks to the gauges", "* Thanks to two gauges"), "Move to Monday")

  const question = page.getByRole("dialog", { name: "This post was renamed" })
  const dialog = page.getByRole("dialog", { name: "Open pull request" })
  await page.locator(".bar .primary").click()
  await expect(question).toContainText(`Ada renamed it to ${to} on main.`)
  await shots(page, "renamed")
  await question.getByRole("button", { name: "Not yet" }).click()
  await expect(page.getByText(`Ada renamed this post to ${to}.`)).toBeVisible()
  // The same is said of a draft that is opened later, and nothing adds the old file
  // again but the writer's word.
  await page.reload()
  await expect(page.getByText(`Ada renamed this post to ${to}.`)).toBeVisible()
  await page.keyboard.press("ControlOrMeta+Enter")
  await expect(question).toBeVisible()
  await expect(dialog).toBeHidden()
  await question.getByRole("button", { name: "Add the old file again" }).click()
  await expect(dialog).toContainText("meets on Wednesday")
  await page.reload()
  await page.locator(".bar .primary").click()
  await question.getByRole("button", { name: "Go on in the renamed file" }).click()
  await expect(source(page)).toContainText("meets on Wednesday")
  await expect(source(page)).toContainText("Thanks to two gauges")
  expect(new URL(page.url()).searchParams.get("path")).toBe(to)
  const number = await submit(page)
  const { files } = await (await fetch(`${galley.url}/api/pulls/${number}`)).json()
  expect(files.map((file: { path: string }) => file.path)).toEqual([to])
  expect(files[0].new).toBe(begun.replace("Tuesday", "Wednesday").replace("the gauges", "two gauges"))

  // Its draft went along: nothing is left at the old address.
  await page.goto(`${galley.url}/edit?` + new URLSearchParams({ branch: "main", path }))
  await expect(page.getByRole("heading", { name: "This post was renamed" })).toBeVisible()
  await page.getByRole("link", { name: `Open ${to}` }).click()
  await expect(source(page)).toContainText("Thanks to two gauges")
})

test("a text whose branch was merged and deleted goes on where the post is", async ({ ada }) => {
  const { page, galley } = ada
  await openPost(page, galley, path, branch)
  await replace(page, "meets on Tuesday", "meets on Wednesday")
  await kept(page)
  galley.git("checkout", "-q", "main")
  galley.git("merge", "-q", "--no-ff", "-m", "Publish it", branch)
  galley.commit(path, begun.replace("* Thanks to the gauges", "* Thanks to two gauges"), "Write on")
  galley.git("branch", "-qD", branch)

  const gone = /^The branch .+ is not there any more: it was merged, renamed or deleted\. This post is on main now\./
  const question = page.getByRole("dialog", { name: "This branch is gone" })
  await page.locator(".bar .primary").click()
  await expect(question).toContainText("This post is on main now.")
  await shots(page, "branch-gone")
  await question.getByRole("button", { name: "Not yet" }).click()
  await page.reload()
  await expect(page.getByText(gone)).toBeVisible()
  await page.getByRole("button", { name: "Go on there" }).click()
  await expect(source(page)).toContainText("Thanks to two gauges")
  await expect(source(page)).toContainText("meets on Wednesday")
  expect(new URL(page.url()).searchParams.get("branch")).toBe("main")
  const number = await submit(page)
  const { pull, files } = await (await fetch(`${galley.url}/api/pulls/${number}`)).json()
  expect(pull.base).toBe("main")
  expect(files[0].new).toBe(begun.replace("Tuesday", "Wednesday").replace("the gauges", "two gauges"))
})

/// Pictures for a person to look at, where GALLEY_SHOTS names a folder.
async function shots(page: Page, name: string): Promise<void> {
  const folder = process.env["GALLEY_SHOTS"]
  if (!folder) return
  for (const width of [1440, 390]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 900 })
      await page.waitForTimeout(150)
      await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png` })
    }
  }
  await page.emulateMedia({ colorScheme: "light" })
  await page.setViewportSize({ width: 1440, height: 900 })
}

test("a window that is open is told what becomes of its post, and goes on", async ({ ada }) => {
  await openPost(ada.page, ada.galley, path, branch)
  // Whoever comes back to the window has it look at once; what the server saw a moment
  // ago it does not read anew, so that one comes back until it is told.
  const told = (what: RegExp) => expect(async () => {
    await ada.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")))
    await expect(ada.page.getByText(what)).toBeVisible({ timeout: 2_000 })
  }).toPass()
  ada.galley.git("checkout", "-q", branch)
  ada.galley.commit(path, begun + "\nMore.\n", "Write on")
  await told(/^This post was changed .+ meanwhile\./)
  ada.galley.git("mv", path, path.replace(/\d+(?=-\w+\.md)/, "17"))
  ada.galley.git("commit", "-qm", "Move it")
  await told(/renamed this post to/)
})

test("sections taken in two browsers are both taken, and can be given back", async ({ ben, browser }) => {
  await ben.page.clock.install()
  await openPost(ben.page, ben.galley, path, branch)
  const second = await (await browser.newContext()).newPage()
  await openPost(second, ben.galley, path, branch)
  await second.keyboard.press("Alt+w")
  const written = async () => (await (await fetch(`${ben.galley.url}/api/pulls/1`)).json()).pull.writing
  await ben.page.keyboard.press("Alt+w")
  await ben.page.getByRole("button", { name: "I am writing Promotions" }).click()
  await expect(ben.page.getByText("Others see now that you are writing Promotions.")).toBeVisible()
  await second.getByRole("button", { name: "I am writing Shoutouts" }).click()
  await expect(second.getByText("Others see now that you are writing Shoutouts.")).toBeVisible()
  expect(await written()).toEqual(["Promotions", "Shoutouts"])
  // The first window learns of it without being asked to, when it looks again.
  await ben.page.clock.fastForward("00:15")
  await ben.page.getByRole("button", { name: "Give back Shoutouts" }).click({ timeout: 30_000 })
  await expect(ben.page.getByText("Others see now that Shoutouts is free.")).toBeVisible()
  expect(await written()).toEqual(["Promotions"])
  await expect(ben.page.getByRole("button", { name: "I am writing Shoutouts" })).toBeVisible()
  await second.context().close()
})

test("who takes a section is seen by the others, and keeps nobody from writing", async ({ ada, ben }) => {
  await openPost(ben.page, ben.galley, path, branch)
  await ben.page.keyboard.press("Alt+w")
  await expect(ben.page.getByText("makes a branch with an empty commit and opens a pull request")).toBeVisible()
  await ben.page.getByRole("button", { name: "I am writing Promotions" }).click()
  await expect(ben.page.getByText("Others see now that you are writing Promotions.")).toBeVisible()
  await expect(ben.page.getByRole("button", { name: "Update pull request" })).toBeVisible()
  expect((await (await fetch(`${ada.galley.url}/api/pulls/1`)).json()).pull.body).toBe("Writing: Promotions")
  expect(branchText(ada.galley)).toBe(begun)

  await openPost(ada.page, ada.galley, path, branch)
  await expect(source(ada.page).locator(".cm-whose")).toHaveText("Ben writes this")
  await ada.page.getByRole("button", { name: "Written by Ben" }).click()
  const list = ada.page.getByRole("region", { name: "Who writes what" })
  await expect(list.getByRole("link", { name: "Ben, announced" })).toBeVisible()
  await shots(ada.page, "sections")
  await replace(ada.page, "* ", "* The gate is beta")
  await expect(ada.page.getByText("Ben is writing Promotions, in pull request #1. You can go on")).toBeVisible()

  // Ben's text goes into the pull request that announced it, by the palette for
  // another section as well.
  await replace(ben.page, "* Thanks to the gauges", "* Thanks to Ada")
  await ben.page.keyboard.press("ControlOrMeta+Shift+p")
  await ben.page.getByRole("combobox", { name: "Find a command" }).fill("I am writing “Shoutouts”")
  await ben.page.keyboard.press("Enter")
  // It says first what it does.
  const taking = ben.page.getByRole("button", { name: "I am writing Shoutouts" })
  await expect(taking).toBeFocused()
  await expect(taking).toHaveAccessibleDescription(/adds the section to the description of pull request #1/)
  await expect(ben.page.getByText("adds the section to the description of pull request #1")).toBeInViewport()
  expect((await (await fetch(`${ada.galley.url}/api/pulls/1`)).json()).pull.writing).toEqual(["Promotions"])
  await ben.page.keyboard.press("Enter")
  await expect(ben.page.getByText("Others see now that you are writing Shoutouts.")).toBeVisible()
  expect(await submit(ben.page)).toBe(1)
  const { pull } = await (await fetch(`${ada.galley.url}/api/pulls/1`)).json()
  expect(pull.writing).toEqual(["Promotions", "Shoutouts"])
  await merge(ben.galley, 1)
  expect(branchText(ada.galley)).toBe(begun.replace("the gauges", "Ada"))
})
