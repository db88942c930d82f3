import { difference, expect, hostile, keptText, live, openPost, preview, previewFrame, source, test, tides, tidesText, typeAtEnd } from "./galley"

test("what is typed shows in the preview", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  await typeAtEnd(page, "\nSeven *buoys* were painted.\n")
  await expect(preview(page).locator("em", { hasText: "buoys" })).toBeVisible()
  await expect.poll(() => difference(page, tides, tidesText + "\nSeven *buoys* were painted.\n")).toBe("")
})

test("the first preview is the server's, and the worker takes it over as it is", async ({ page, galley }) => {
  let release = () => {}
  const held = new Promise<void>(resolve => (release = resolve))
  await page.route("**/*.wasm", async route => {
    await held
    await route.continue()
  })
  await page.goto(`${galley.url}/edit?${new URLSearchParams({ branch: "main", path: tides })}`)
  await expect(preview(page).getByRole("heading", { name: "Developer News" })).toBeVisible()
  const frame = await previewFrame(page)
  expect(await difference(page, tides, tidesText)).toBe("")
  await frame.evaluate(() => {
    const changes: string[] = []
    ;(window as any).changes = changes
    new MutationObserver(list => changes.push(...list.map(m => m.type + " in " + m.target.nodeName)))
      .observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  })
  release()
  await live(page)
  await typeAtEnd(page, "\nNew.\n")
  await expect(preview(page).getByText("New.", { exact: true })).toBeVisible()
  const changes = await frame.evaluate(() => (window as any).changes as string[])
  expect(changes.filter(c => c.includes("HEAD") || c.includes("HTML"))).toEqual([])
})

test("the server renders while there is no worker yet", async ({ page, galley }) => {
  await page.route("**/*.wasm", () => {})
  await page.goto(`${galley.url}/edit?${new URLSearchParams({ branch: "main", path: tides })}`)
  await typeAtEnd(page, "\nTyped before anything was loaded.\n")
  await expect(preview(page).getByText("Typed before anything was loaded.")).toBeVisible()
})

test("without WebAssembly the server renders, and says so", async ({ page, galley }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"))
  await page.goto(`${galley.url}/edit?${new URLSearchParams({ branch: "main", path: tides })}`)
  await typeAtEnd(page, "\nPlain editing goes on.\n")
  await expect(preview(page).getByText("Plain editing goes on.")).toBeVisible()
  await expect(page.getByText("The server makes this preview")).toBeVisible()
})

test("a module that is no module is given up, and the server renders", async ({ page, galley }) => {
  await page.route("**/*.wasm", route => route.fulfill({ status: 200, contentType: "application/wasm", body: "not wasm" }))
  await page.goto(`${galley.url}/edit?${new URLSearchParams({ branch: "main", path: tides })}`)
  await typeAtEnd(page, "\nStill here.\n")
  await expect(preview(page).getByText("Still here.")).toBeVisible()
  await expect(page.locator(".edit")).toHaveAttribute("data-preview", "server")
})

test("edits anywhere leave the preview equal to the page", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  let text = tidesText
  let seed = 7
  const random = (n: number) => (seed = (seed * 48271) % 2147483647) % n
  const pieces = ["x", "\n\n", "## Head\n", "* item\n", "```\n", "<div>", "</div>", "[a](b)", "> quote\n", "| a | b |\n", " ", "<!-- ", " -->", "[x]: /y\n\n", "é𝄞"]
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+Home")
  for (let round = 0; round < 60; round++) {
    // Walks by keys, so that the editor's own positions are what is tested.
    const steps = random(6)
    for (let i = 0; i < steps; i++) await page.keyboard.press("ArrowDown")
    if (random(4) === 0) await page.keyboard.press("Backspace")
    else await page.keyboard.insertText(pieces[random(pieces.length)]!)
    if (round % 10 !== 9) continue
    await page.keyboard.press("ControlOrMeta+s")
    // The draft is written while the page is asked for: one reading may be of the text before.
    await expect.poll(async () => {
      text = await keptText(page, tides) ?? text
      return difference(page, tides, text)
    }, { message: `after ${round + 1} edits` }).toBe("")
  }
  expect(text).not.toBe(tidesText)
})

test("details that the reader opened and nodes elsewhere stay", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  const frame = await previewFrame(page)
  await preview(page).getByText("More about buoys").click()
  await frame.evaluate(() => ((document.querySelector("table") as any).mine = true))
  await typeAtEnd(page, "\nAn end.\n")
  await expect(preview(page).getByText("An end.")).toBeVisible()
  expect(await frame.evaluate(() => document.querySelector("details")!.open)).toBe(true)
  // A change of the title reaches the page around the content.
  await page.getByLabel("title", { exact: true }).fill("Another title")
  await expect(preview(page).getByRole("heading", { name: "Another title" })).toBeVisible()
  expect(await frame.evaluate(() => document.querySelector("details")!.open)).toBe(true)
  expect(await frame.evaluate(() => (document.querySelector("table") as any).mine)).toBe(true)
})

test("no script of a post runs, and the frame is of no origin", async ({ page, galley }) => {
  await openPost(page, galley, hostile)
  await typeAtEnd(page, "\n<script>document.body.dataset.owned = 1</script>\n\n<img src=y onerror=\"document.body.dataset.owned=1\">\n\n<meta http-equiv=refresh content=\"0;url=/healthz\">\n\nThe end.\n")
  // The server's page was led away by the post's refresh, and is brought back.
  await expect(preview(page).getByText("The end.")).toBeVisible({ timeout: 30_000 })
  const frame = await previewFrame(page)
  expect(await frame.evaluate(() => self.origin)).toBe("null")
  expect(await frame.evaluate(() => document.body.dataset["owned"] ?? "")).toBe("")
  expect(await frame.evaluate(() => document.title)).not.toBe("owned")
  expect(await page.title()).not.toBe("owned")
  await preview(page).locator("#trap").click()
  expect(await frame.evaluate(() => document.body.dataset["owned"] ?? "")).toBe("")
  expect(frame.url()).toContain("/frame")
  await expect(preview(page).getByText("After.")).toBeVisible()
  expect(await frame.evaluate(() => {
    try {
      return parent.document.title
    } catch {
      return "out of reach"
    }
  })).toBe("out of reach")
})

test("no page loads its preview on and on", async ({ page, galley }) => {
  // As though something that the server does not know of led it away.
  let loads = 0
  await page.route(/\/frame(\/|\?)/, async route => {
    loads++
    const response = await route.fetch()
    await route.fulfill({ response, body: (await response.text()).replace("<head>", '<head><meta http-equiv="refresh" content="0">') })
  })
  await openPost(page, galley, tides)
  await expect(page.getByText("so the preview is stopped")).toBeVisible()
  const before = loads
  expect(before).toBeLessThan(14)
  await typeAtEnd(page, "\nGoing on.\n")
  await expect(page.locator(".edit")).toHaveAttribute("data-keep", "kept")
  expect(loads).toBe(before)
})

test("a link opens elsewhere and never in the preview", async ({ page, galley, context }) => {
  await context.route("https://example.org/**", route => route.fulfill({ status: 200, contentType: "text/html", body: "elsewhere" }))
  await openPost(page, galley, tides)
  const [opened] = await Promise.all([context.waitForEvent("page"), preview(page).getByRole("link", { name: "link" }).click()])
  await opened.waitForURL("https://example.org/")
  expect(await opened.evaluate(() => window.opener)).toBeNull()
  expect((await previewFrame(page)).url()).toContain("/frame")
})

test("a click in the preview puts the cursor at its source", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  await expect(page.locator(".edit")).not.toHaveAttribute("data-painted", "-1")
  await page.getByRole("link", { name: "Posts" }).focus()
  await preview(page).getByText("The last line of all.").click()
  await expect(source(page)).toBeFocused()
  await page.keyboard.insertText("Here: ")
  await expect(preview(page).getByText("Here: The last line of all.")).toBeVisible()
  // Where the page stands alone, the source comes back beside it.
  await page.getByRole("button", { name: "Page", exact: true }).click()
  await preview(page).getByText("Here: The last line of all.").click()
  await expect(page.getByRole("button", { name: "Both" })).toHaveAttribute("aria-pressed", "true")
  await expect(source(page)).toBeFocused()
  await page.keyboard.insertText("And ")
  await expect(preview(page).getByText("And Here: The last line of all.")).toBeVisible()
})

test("a page of the server that comes late is no page to change by the worker", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  const block = "\nA block that is pasted.\n"
  await typeAtEnd(page, "\nSome words.\n")
  await expect(preview(page).getByText("Some words.")).toBeVisible()
  // As the server renders it while no worker is there yet.
  await page.evaluate(async ({ path, text }) => {
    const response = await fetch("/api/preview", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ branch: "main", path, text }),
    })
    const { patch } = await response.json()
    const { port1, port2 } = new MessageChannel()
    const done = new Promise(resolve => (port1.onmessage = resolve))
    document.querySelector("iframe")!.contentWindow!.postMessage({ type: "galley-port" }, "*", [port2])
    port1.postMessage({ seq: 0, patch })
    await done
  }, { path: tides, text: tidesText + "\nSome words.\n" + block })
  await expect(preview(page).getByText("A block that is pasted.")).toHaveCount(1)
  await typeAtEnd(page, block)
  await expect.poll(() => difference(page, tides, tidesText + "\nSome words.\n" + block)).toBe("")
})

test("after a panic typing goes on and the preview returns", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  // No slice is that long. The message is one that the worker sends itself.
  const before = page.workers()[0]!
  await before.evaluate(() => {
    const { galley } = globalThis as any
    const { handle } = galley
    galley.handle = () => handle({ length: 2 ** 31 })
  })
  await typeAtEnd(page, " ")
  await expect.poll(() => page.workers()[0] !== before).toBe(true)
  await live(page)
  await page.keyboard.press("Backspace")
  await typeAtEnd(page, "\nAfter the panic.\n")
  await expect(preview(page).getByText("After the panic.")).toBeVisible()
  await live(page)
  await typeAtEnd(page, "And *again*.\n")
  await expect.poll(() => difference(page, tides, tidesText + "\nAfter the panic.\nAnd *again*.\n")).toBe("")
})
