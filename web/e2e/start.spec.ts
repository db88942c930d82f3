// How Galley starts: what is asked for and when, and that nobody has to wait for
// what is not needed yet.
import type { Page } from "@playwright/test"
import { difference, expect, kept, keptText, live, preview, previewFrame, source, test as base, tides, tidesText, typeAtEnd } from "./galley"
import { startProxy, type Proxy } from "./proxy"

const test = base.extend<{ between: Proxy }>({
  between: async ({ galley }, use) => {
    const proxy = await startProxy(galley.url)
    await use(proxy)
    await proxy.close()
  },
})

const post = "/edit?" + new URLSearchParams({ branch: "main", path: tides })

/// Waits for the editor, and puts the cursor behind the text.
async function atEnd(page: Page): Promise<void> {
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+End")
}

test("what is typed before the renderer arrives is shown, kept and rendered", async ({ page, between }) => {
  const module = between.hold(/\.wasm$/)
  await page.goto(between.url + post)
  await expect(preview(page).locator("h2").first()).toHaveText("Developer News")
  await atEnd(page)
  await page.keyboard.type("Typed early.", { delay: 10 })
  await expect(source(page)).toContainText("Typed early.")
  // The server renders meanwhile.
  await expect(preview(page).locator("p", { hasText: "The last line" })).toHaveText("The last line of all. Typed early.")
  await kept(page)
  expect(await keptText(page, tides)).toBe(tidesText + "Typed early.")
  await page.keyboard.type(" And this.")
  module.release()
  await page.keyboard.type(" And that.", { delay: 10 })
  await live(page)
  await expect(preview(page).locator("p", { hasText: "The last line" })).toHaveText("The last line of all. Typed early. And this. And that.")
  await kept(page)
  expect(await keptText(page, tides)).toBe(tidesText + "Typed early. And this. And that.")
})

for (const [what, pattern] of [["the app's script", /\/app\/main-.*\.js$/], ["a part of it", /\/app\/chunk-.*\.js$/]] as const) {
  test(`without ${what} that is said, and tried again by a press`, async ({ page, between }) => {
    const gone = between.refuse(pattern)
    await page.goto(between.url)
    await expect(page.getByRole("alert")).toContainText("Galley could not be loaded.")
    await expect(page.getByText("Galley is starting.")).toBeHidden()
    gone.end()
    await page.getByRole("link", { name: "Try again" }).click()
    await expect(page.getByRole("button", { name: "New post" })).toBeVisible()
    await expect(page.getByRole("alert")).toHaveCount(0)
  })
}

test("the renderer takes the server's page over without touching it", async ({ page, between }) => {
  const module = between.hold(/\.wasm$/)
  await page.goto(between.url + post)
    // With its code in colours, for which the browser needs a lexer.
  await expect(preview(page).locator("pre span").first()).toBeVisible()
  const frame = await previewFrame(page)
  await frame.evaluate(() => {
    const touched: string[] = []
    Object.assign(window, { touched })
    new MutationObserver(records => touched.push(...records.map(r => r.type + " in " + r.target.nodeName)))
      .observe(document, { childList: true, subtree: true, attributes: true, characterData: true })
  })
  module.release()
  await live(page)
  await page.waitForFunction(() => Number(document.querySelector<HTMLElement>(".edit")!.dataset["painted"]) >= 0)
  expect(await frame.evaluate(() => (window as unknown as { touched: string[] }).touched)).toEqual([])
})

test("each thing is asked for once, and all of it at once", async ({ page, between }) => {
  const first = between.hold(/^\/(api|frame|app\/galley)/)
  await page.goto(between.url + post, { waitUntil: "commit" })
  const wanted = [/^\/frame/, /^\/api\/site/, /^\/api\/post\?/, /^\/api\/bundle/, /^\/app\/galley-.*wasm$/]
  // None of them waits for another's answer: none is given.
  for (const pattern of wanted) await expect.poll(() => between.asked.filter(path => pattern.test(path)).length, { message: String(pattern) }).toBe(1)
  first.release()
  await live(page)
  await expect(page.locator(".page .frame iframe")).toHaveCount(1)
  for (const pattern of [...wanted, /^\/app\/main/, /^\/app\/worker/]) {
    expect(between.asked.filter(path => pattern.test(path)).length, String(pattern)).toBe(1)
  }
  const chunks = between.asked.filter(path => path.startsWith("/app/chunk"))
  expect(chunks.length).toBeGreaterThan(0)
  expect(chunks.length).toBe(new Set(chunks).size)
  expect(between.asked.filter(path => path.startsWith("/api/lexer"))).toEqual([])
})

test("from the list of posts, a post finds the renderer ready", async ({ page, between }) => {
  await page.goto(between.url + "/")
  await page.getByRole("link", { name: "Tides" }).waitFor()
  await expect.poll(() => between.asked.filter(path => path.endsWith(".wasm")).length).toBe(1)
  await page.getByRole("link", { name: "Tides" }).click()
  await live(page)
  expect(between.asked.filter(path => path.endsWith(".wasm")).length).toBe(1)
  // And the next one begins afresh, with the module that is there.
  await page.getByRole("link", { name: "Posts" }).click()
  await page.getByRole("link", { name: "Two ends" }).click()
  await live(page)
  await expect(preview(page).locator("li", { hasText: /^(one|two)$/ })).toHaveText(["one", "two"])
  expect(between.asked.filter(path => path.endsWith(".wasm")).length).toBe(1)
})

test("a post on whose link the mouse rests is on its way, and none that it passes", async ({ page, between }) => {
  await page.goto(between.url + "/")
  const asked = (what: RegExp) => between.asked.filter(address => what.test(address)).length
  const links = ["Two ends", "Hostile", "Tides"]
  await expect(page.getByRole("link", { name: "Tides" })).toBeVisible()
  await page.evaluate(names => {
    for (const name of names) {
      const link = [...document.querySelectorAll("a")].find(link => link.textContent.includes(name))!
      link.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }))
    }
  }, links)
  await expect.poll(() => asked(/^\/frame.*tides/)).toBe(1)
  expect(asked(/^\/frame/)).toBe(1)
  await expect(page.locator("iframe[title='Page preview']")).toHaveCSS("opacity", "0")
  await page.getByRole("link", { name: "Two ends" }).first().hover()
  await expect.poll(() => asked(/^\/api\/post\?.*crlf/)).toBe(1)
  await page.mouse.down()
  await page.mouse.up()
  await live(page)
  await expect(page.locator("iframe[title='Page preview']")).toHaveCount(1)
  await expect(preview(page).locator("li", { hasText: /^(one|two)$/ })).toHaveText(["one", "two"])
})

test("a post whose link is pressed is on its way before it is clicked", async ({ page, between }) => {
  await page.goto(between.url + "/")
  const asked = (what: RegExp) => between.asked.filter(address => what.test(address)).length
  const frames = page.locator("iframe[title='Page preview']")
  const press = async (name: string) => {
    await page.getByRole("link", { name }).first().hover()
    await page.mouse.down()
  }
  // Pressed, and let go of elsewhere.
  await press("Two ends")
  await expect.poll(() => asked(/^\/frame.*crlf/)).toBe(1)
  await expect(frames).toHaveCSS("opacity", "0")
  await page.getByRole("heading").first().hover()
  await page.mouse.up()
  await expect(page.getByRole("link", { name: "Tides" })).toBeVisible()
  await press("Tides")
  for (const what of [/^\/frame.*tides/, /^\/api\/post\?.*tides/, /^\/api\/bundle.*tides/]) await expect.poll(() => asked(what)).toBe(1)
  await expect(frames).toHaveCount(1)
  await page.mouse.up()
  await live(page)
  await expect(frames).toHaveCount(1)
  expect(await difference(page, tides, tidesText)).toBe("")
  for (const what of [/^\/frame.*tides/, /^\/api\/post\?.*tides/, /^\/api\/bundle.*tides/]) expect(asked(what), String(what)).toBe(1)
  await typeAtEnd(page, "More.")
  await expect(preview(page).getByText("More.")).toBeVisible()
})

test("when the server has another version, the page says so, and reloading loses nothing", async ({ page, between }) => {
  const old = between.refuse(/^\/app\/(worker|galley)-/)
  await page.goto(between.url + post)
  await expect(page.getByText("Galley was updated on the server.")).toBeVisible()
  await atEnd(page)
  await page.keyboard.type("Typed in an old page.")
  await expect(preview(page).locator("p", { hasText: "The last line" })).toHaveText("The last line of all. Typed in an old page.")
  old.end()
  await page.getByRole("button", { name: "Reload the page" }).click()
  await live(page)
  await expect(source(page)).toContainText("Typed in an old page.")
  await expect(page.getByText("Galley was updated on the server.")).toHaveCount(0)
})
