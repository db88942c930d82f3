// What a second visit does without the server, and what becomes of what was
// kept for it.
import type { Page } from "@playwright/test"
import { expect, keptText, kept, live, openPost, preview, previewFrame, source, submittedBranch, test as base, tides, tidesText, typeAtEnd, type Galley } from "./galley"
import { startProxy, type Proxy } from "./proxy"

const test = base.extend<{ between: Proxy }>({
  between: async ({ galley }, use) => {
    const proxy = await startProxy(galley.url)
    await use(proxy)
    await proxy.close()
  },
})

const style = "article { color: rgb(12, 34, 56) }\n"
const layout = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ page.title }}</title><link rel="stylesheet" href="/assets/harbour.css"></head>
<body><h1 style="letter-spacing: 3px">{{ page.title }}</h1><article>{{ content }}</article></body></html>
`

/// Waits until a second visit can do without the server.
async function ready(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await expect.poll(() => page.evaluate(async () => {
    const names = (await caches.keys()).filter(name => name.startsWith("galley-app:"))
    return names.length === 1 && (await navigator.serviceWorker.getRegistration())?.active?.state === "activated"
  })).toBe(true)
}

const keptAnswers = (page: Page) => page.evaluate(async () =>
  (await (await caches.open("galley-answers")).keys()).map(key => new URL(key.url).pathname))

const versions = (page: Page) => page.evaluate(async () => (await caches.keys()).filter(name => name.startsWith("galley-app:")))

function dress(galley: Galley): void {
  galley.commit("_layouts/post.html", layout, "Lay out")
  galley.commit("assets/harbour.css", style, "Paint")
}

test("a second visit without the server has the text, the list and a live page in the site's style", async ({ page, galley }) => {
  dress(galley)
  await openPost(page, galley, tides)
  await expect(preview(page).locator("article")).toHaveCSS("color", "rgb(12, 34, 56)")
  await typeAtEnd(page, "Typed with the server.\n")
  await kept(page)
  await ready(page)
  await expect.poll(() => keptAnswers(page)).toContain("/assets/harbour.css")
  await page.goto(galley.url + "/")
  await page.getByRole("link", { name: "Two ends" }).waitFor()
  await expect.poll(() => keptAnswers(page)).toContain("/api/pulls")
  await galley.stop()

  await page.reload()
  await expect(page.getByText("Galley's server does not answer.")).toBeVisible()
  await expect(page.getByRole("heading", { name: "Waiting in this browser" })).toBeVisible()
  await expect(page.getByRole("link", { name: "Two ends" })).toBeVisible()

  await openPost(page, galley, tides)
  await expect(source(page)).toContainText("Typed with the server.")
  await expect(preview(page).locator("p", { hasText: "Typed with" })).toHaveText("The last line of all. Typed with the server.".replace(" Typed", "\nTyped"))
  await typeAtEnd(page, "\nTyped *without* it.\n")
  await expect(preview(page).locator("p em")).toHaveText("without")
  // In the site's look, style attributes and all.
  await expect(preview(page).locator("article")).toHaveCSS("color", "rgb(12, 34, 56)")
  await expect(preview(page).locator("h1")).toHaveCSS("letter-spacing", "3px")
  await expect(preview(page).locator("pre span").first()).toBeVisible()
  // The frame has no more rights than with the server.
  const frame = await previewFrame(page)
  expect(await frame.evaluate(() => self.origin)).toBe("null")
  expect(await frame.evaluate(() => {
    try {
      return String(parent.document)
    } catch {
      return "kept out"
    }
  })).toBe("kept out")
  const text = tidesText + "Typed with the server.\n\nTyped *without* it.\n"
  await kept(page)
  await expect.poll(() => keptText(page, tides)).toBe(text)

  await expect(page.getByText("The server does not answer. This is your draft")).toBeVisible()
  await galley.start()
  await page.evaluate(() => dispatchEvent(new Event("online")))
  await expect(page.getByText("The server does not answer.")).toBeHidden()
  await page.getByRole("button", { name: "Open pull request" }).click()
  await page.getByRole("dialog").getByRole("button", { name: /Open pull request|Commit/ }).last().click()
  await expect.poll(() => galley.git("for-each-ref", "refs/heads").trim().split("\n").length).toBe(2)
  // The branch is there before its commit is.
  await expect.poll(() => galley.show(submittedBranch(galley), tides).toString()).toBe(text)
})

test("who has opened one post alone finds the list without the server, too", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  await ready(page)
  await expect.poll(() => keptAnswers(page)).toContain("/api/posts")
  await galley.stop()
  await page.getByRole("link", { name: "Posts" }).click()
  await expect(page.getByText("Galley's server does not answer. The posts are as they were")).toBeVisible()
  await page.getByRole("link", { name: "Two ends" }).waitFor()
  // From the start, too.
  await page.goto(galley.url + "/")
  await page.getByRole("link", { name: "Two ends" }).waitFor()
})

test("after an update the new page comes, and what was kept of the old one goes", async ({ page, between }) => {
  const post = between.url + "/edit?" + new URLSearchParams({ branch: "main", path: tides })
  await page.goto(post)
  await live(page)
  await ready(page)
  const [before] = await versions(page)
  const name = /main-(\w+)\.js/.exec(await page.content())![1]!
  // Another version: its page has another name, and its script, too.
  between.rename(new Map([[before!.split(":")[1]!, "index-0123456789.html"], [`main-${name}`, "main-OTHEROTH"]]))
  await page.reload()
  await live(page)
  expect(await page.content()).toContain("main-OTHEROTH.js")
  await expect.poll(() => versions(page)).toEqual(["galley-app:index-0123456789.html"])
  const assets = await page.evaluate(async () => (await (await caches.open("galley-app:index-0123456789.html")).keys()).map(key => new URL(key.url).pathname))
  expect(assets).toContain("/app/main-OTHEROTH.js")
  expect(assets.filter(asset => asset.includes(name))).toEqual([])
  // It is the new one that starts without the server.
  between.down = true
  await page.reload()
  await live(page)
  expect(await page.content()).toContain("main-OTHEROTH.js")
})

test("a version that is there in part only is not kept, and disturbs nobody", async ({ page, between }) => {
  const part = between.refuse(/^\/app\/later-/)
  await page.goto(between.url + "/")
  await page.getByRole("link", { name: "Tides" }).waitFor()
  await expect.poll(() => between.asked.filter(path => path.startsWith("/app/later-")).length).toBeGreaterThan(0)
  await expect.poll(() => versions(page)).toEqual([])
  part.end()
  await page.reload()
  await page.getByRole("link", { name: "Tides" }).waitFor()
  await ready(page)
  // Deleted behind our back: the server's are there.
  await page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name)
  })
  await page.reload()
  await page.getByRole("link", { name: "Tides" }).waitFor()
})

test("where the server has no service worker any more, it goes with all that it kept", async ({ page, between }) => {
  await page.goto(between.url + "/")
  await page.getByRole("link", { name: "Tides" }).waitFor()
  await ready(page)
  between.refuse(/^\/service-worker\.js/)
  await expect.poll(async () => {
    await page.reload()
    return page.evaluate(async () => (await navigator.serviceWorker.getRegistration()) === undefined)
    // A visit that is cut short may not find out.
  }, { intervals: [1_000, 3_000], timeout: 45_000 }).toBe(true)
  await expect.poll(() => versions(page)).toEqual([])
  await page.getByRole("link", { name: "Tides" }).waitFor()
})
