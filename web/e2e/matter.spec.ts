// The front matter is once on the screen: while the form has it, its lines are one
// quiet line in the source, until one goes there.
import type { Page } from "@playwright/test"
import { expect, kept, keptText, live, openPost, showMatter, source, submittedBranch, test, tides, tidesText, typeAtEnd, type Galley } from "./galley"

const text = tidesText.replace("slug: tides\n", "slug: tides\ntags: [gauges, lamps]\n")

const folded = (page: Page) => page.locator(".source").getByRole("button", { name: "front matter, 7 lines" })
const doc = (page: Page) => expect.poll(() => source(page).evaluate(element => (element as any).cmTile.view.state.doc.toString() as string))

/// Listens to what the editor tells those who hear it, which it keeps for a moment.
async function listen(page: Page): Promise<(words: string) => Promise<void>> {
  const heard: string[] = []
  await page.exposeFunction("hear", (words: string) => void heard.push(words))
  await page.locator(".cm-announced").evaluate(element => {
    new MutationObserver(() => (window as any).hear(element.textContent)).observe(element, { childList: true, subtree: true })
  })
  return words => expect.poll(() => heard.splice(0).join("\n"), { message: words }).toContain(words)
}

test("what the form has is folded in the text, and whoever goes there sees it", async ({ page, context, galley }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"])
  galley.commit(tides, text, "Tags")
  await openPost(page, galley, tides)
  const told = await listen(page)
  const form = page.getByRole("button", { name: /^Front matter/ })
  const line = page.locator(".source .cm-activeLine")
  await expect(folded(page)).toBeVisible()
  await expect(source(page)).not.toContainText("layout: post")
  // One writes at the text's begin; going up and taking away end there.
  await page.keyboard.type("X")
  await doc(page).toBe(text.replace("The gauges", "XThe gauges"))
  await page.keyboard.press("ControlOrMeta+z")
  for (const key of ["ArrowUp", "ArrowUp", "PageUp", "Backspace", "ControlOrMeta+Backspace", "ArrowDown"]) await page.keyboard.press(key)
  await expect(line).toHaveText("The gauges were read twice, and nobody knows why.")
  await expect(folded(page)).toBeVisible()
  await doc(page).toBe(text)
  // The form writes into it, and one undo takes that back.
  await page.getByLabel("slug", { exact: true }).fill("tides-again")
  await doc(page).toBe(text.replace("slug: tides\n", "slug: tides-again\n"))
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+z")
  await doc(page).toBe(text)
  await expect(page.getByLabel("slug", { exact: true })).toHaveValue("tides")
  await expect(folded(page)).toBeVisible()
  // All of the text is all of it.
  await page.keyboard.press("ControlOrMeta+a")
  await page.keyboard.press("ControlOrMeta+c")
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(text)
  await expect(source(page)).toContainText("layout: post")
  // A hit of a search.
  await page.keyboard.press("ControlOrMeta+f")
  await page.keyboard.type("lamps")
  await page.keyboard.press("Enter")
  await expect(line).toHaveText("tags: [gauges, lamps]")
  await told("Front matter shown in the text")
  await page.keyboard.press("Escape")
  // By a command it is folded again, and the cursor is behind it.
  await page.keyboard.press("F1")
  await page.keyboard.type("front matter in the text")
  await page.keyboard.press("Enter")
  await expect(folded(page)).toBeVisible()
  await told("Front matter folded into one line")
  await expect(source(page)).toBeFocused()
  await expect(line).toHaveText("The gauges were read twice, and nobody knows why.")
  // The file's begin.
  await page.keyboard.press("ControlOrMeta+Home")
  await expect(line).toHaveText("---")
  await expect(source(page)).toContainText("layout: post")
  // Without the form, its lines; with it, none, also after a reload.
  await form.click()
  await expect(source(page)).toContainText("layout: post")
  await form.click()
  await expect(folded(page)).toBeVisible()
  await page.reload()
  await expect(folded(page)).toBeVisible()
  // A list is edited in its lines.
  await page.getByRole("button", { name: "Edit in the text" }).click()
  await expect(source(page)).toBeFocused()
  await expect(line).toHaveText("tags: [gauges, lamps]")
})

test("front matter that cannot be read is shown, and so is a line of it that one goes to", async ({ page, galley }) => {
  galley.commit(tides, text.replace("[gauges, lamps]", "[gauges"), "A bracket less")
  await openPost(page, galley, tides)
  await expect(source(page)).toContainText("tags: [gauges")
  const form = page.getByRole("button", { name: /^Front matter/ })
  await form.click()
  await form.click()
  await expect(source(page)).toContainText("tags: [gauges")
  galley.commit(tides, text.replace("lamps]\n---\n", "lamps]\n"), "Nothing closes it")
  await openPost(page, galley, tides)
  await expect(source(page)).toContainText("layout: post")
  await page.keyboard.press("ControlOrMeta+End") // who stays in it finds it unfolded again
  galley.commit(tides, text, "As it was")
  await openPost(page, galley, tides)
  await expect(source(page)).not.toContainText("layout: post")
  await showMatter(page)
  await expect(page.locator(".source .cm-activeLine")).toHaveText("layout: post")
  await page.goto(`${galley.url}/edit?${new URLSearchParams({ branch: "main", path: tides, line: "4" })}`)
  await expect(page.locator(".source .cm-activeLine")).toHaveText("date: 2026-03-08 22:00:00 -0000")
})

test("of thousands of keys the form has as many as somebody looks through", async ({ page, galley }) => {
  const many = Array.from({ length: 4000 }, (_, n) => `k${n}: v\n`).join("")
  galley.commit(tides, tidesText.replace("slug: tides\n", `slug: tides\n${many}`), "Keys")
  await openPost(page, galley, tides)
  const form = page.locator("#matter-form")
  await expect(form.getByRole("textbox").first()).toHaveValue("Tides and charts")
  const fields = await form.getByRole("textbox").evaluateAll(inputs => inputs.map(input => input.getAttribute("name")!.slice("matter-".length)))
  expect(fields.length).toBeLessThanOrEqual(60)
  const next = fields.filter(name => /^k\d+$/.test(name)).length
  await expect(form).toContainText(`${(4000 - next).toLocaleString("en")} more keys stand in the text`)
  await form.getByRole("button", { name: "Edit them in the text" }).click()
  await expect(page.locator(".source .cm-activeLine")).toHaveText(`k${next}: v`)
})

const title = (page: Page) => page.getByLabel("title", { exact: true })
const northern = tidesText.replace("Tides and charts", "Tides and charts of the north")

/// Types into the title's field, without a pause that would be long enough for a timer.
async function typeTitle(page: Page): Promise<void> {
  await expect(title(page)).toHaveValue("Tides and charts")
  await title(page).focus()
  await page.keyboard.press("End")
  await page.keyboard.type(" of the north", { delay: 40 })
}

test("what is typed into the form is in the text and the draft while one types on", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  await title(page).focus()
  await page.keyboard.press("End")
  const end = Date.now() + 1500
  let lately = false
  for (const letter of "abcdefghijklmnopqrstuvwxyz".repeat(4)) {
    await page.keyboard.type(letter, { delay: 40 })
    lately ||= Date.now() < end && (await keptText(page, tides))?.includes("chartsabc") === true
    if (Date.now() > end) break
  }
  expect(lately).toBe(true)
  const typed = await title(page).inputValue()
  await page.keyboard.press("Tab")
  await doc(page).toContain(`title: "${typed}"  # the week's title`)
})

for (const leave of ["a reload", "a close", "the way to the posts"]) {
  test(`what was typed into the form in the last moment before ${leave} is there`, async ({ page, context, galley }) => {
    await openPost(page, galley, tides)
    await typeTitle(page)
    if (leave === "a reload") await page.reload()
    else if (leave === "a close") await page.close({ runBeforeUnload: true })
    else await page.keyboard.press("Alt+l")
    const later = leave === "a close" ? await context.newPage() : page
    if (leave !== "a close" && leave !== "a reload") await expect(later.locator(".desk")).toBeVisible()
    if (leave === "a reload") await live(later)
    else await openPost(later, galley, tides)
    await expect(title(later)).toHaveValue("Tides and charts of the north")
    await doc(later).toBe(northern)
    await kept(later)
    await expect.poll(() => keptText(later, tides)).toBe(northern)
    expect(await later.evaluate(() => Object.keys(localStorage).filter(name => name.startsWith("galley:words:")))).toEqual([])
  })
}

test("what was typed into the form right before is submitted with the text", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  await typeTitle(page)
  await page.keyboard.press("ControlOrMeta+Enter")
  const dialog = page.getByRole("dialog")
  await expect(dialog).toContainText("of the north")
  await dialog.getByRole("button", { name: "Open pull request" }).click()
  await dialog.getByRole("button", { name: "Go on writing" }).click()
  expect(galley.show(submittedBranch(galley), tides).toString()).toBe(northern)
})

/// Opens the post while the renderer is on its way, until what it answers is called.
async function openWithoutRenderer(page: Page, galley: Galley): Promise<() => void> {
  let letGo = () => {}
  const held = new Promise<void>(resolve => (letGo = resolve))
  await page.route(/galley-.*\.wasm/, async route => {
    await held
    await route.continue()
  })
  await page.goto(`${galley.url}/edit?${new URLSearchParams({ branch: "main", path: tides })}`)
  return () => letGo()
}

test("the form waits for the renderer, and keeps what it cannot write yet", async ({ page, galley }) => {
  const letGo = await openWithoutRenderer(page, galley)
  // Nobody knows what stands there.
  await expect(title(page)).toHaveAttribute("readonly")
  await typeAtEnd(page, "More.\n") // so that the server says so
  await typeTitle(page)
  await page.keyboard.press("Tab")
  await expect(title(page)).toHaveValue("Tides and charts of the north")
  await expect(page.locator(".matter .trouble")).toContainText("goes into the text once it runs")
  await page.getByRole("button", { name: "Page", exact: true }).click()
  await page.locator(".bar .primary").click()
  await expect(page.locator(".notices")).toContainText("What you typed into “title” in the form is not in the text yet")
  await expect(title(page)).toBeFocused() // which says why
  await expect(page.getByRole("dialog")).toHaveCount(0)
  await page.reload()
  await expect(title(page)).toHaveValue("Tides and charts of the north")
  letGo()
  await live(page)
  await doc(page).toBe(northern + "More.\n")
  await expect(page.locator(".matter .trouble")).toHaveCount(0)
})

test("undo takes back what was typed into the form, and not what was typed into the text before", async ({ page, galley }) => {
  const letGo = await openWithoutRenderer(page, galley)
  await typeAtEnd(page, "More.\n")
  await expect(title(page)).not.toHaveAttribute("readonly")
  // It cannot be in the text yet.
  await title(page).focus()
  await page.keyboard.press("End")
  await page.keyboard.type("x")
  await expect(title(page)).toHaveValue("Tides and chartsx")
  await page.keyboard.press("ControlOrMeta+z")
  await expect(title(page)).toHaveValue("Tides and charts")
  await expect(title(page)).toBeFocused()
  await expect(page.locator(".matter .trouble")).toHaveCount(0)
  letGo()
  await live(page)
  await doc(page).toBe(tidesText + "More.\n")
  // It is on its way there.
  await page.keyboard.press("End")
  await page.keyboard.type("y")
  await page.keyboard.press("ControlOrMeta+z")
  await expect(title(page)).toHaveValue("Tides and charts")
  await doc(page).toBe(tidesText + "More.\n")
  await page.keyboard.press("ControlOrMeta+Shift+z")
  await doc(page).toBe(tidesText.replace("Tides and charts", "Tides and chartsy") + "More.\n")
})

for (const key of ["Escape", "Enter"]) {
  test(`what was typed into the form of another text is asked about, and answered by ${key}`, async ({ page, galley }) => {
    const letGo = await openWithoutRenderer(page, galley)
    await typeAtEnd(page, "x")
    await page.keyboard.press("Backspace")
    await expect(title(page)).not.toHaveAttribute("readonly")
    await title(page).fill("Charts of mine")
    await page.keyboard.press("Tab")
    await expect(page.locator(".matter .trouble")).toBeVisible()
    await page.goto("about:blank")
    letGo()
    galley.commit(tides, tidesText.replace("Tides and charts", "Tides of theirs"), "Another title")
    await openPost(page, galley, tides)
    await expect(title(page)).toHaveValue("Charts of mine")
    await expect(page.locator(".matter .trouble")).toContainText("which by now says “Tides of theirs”")
    await title(page).press(key)
    await expect(page.locator(".matter .trouble")).toHaveCount(0)
    const now = key === "Enter" ? "Charts of mine" : "Tides of theirs"
    await expect(title(page)).toHaveValue(now)
    await doc(page).toContain(`title: "${now}"`)
    expect(await page.evaluate(() => Object.keys(localStorage).filter(name => name.startsWith("galley:words:")))).toEqual([])
  })
}

test("a field whose key goes from the text while it is empty stays under the hands", async ({ page, galley }) => {
  galley.commit(tides, text.replace("slug: tides\n", "published: false\nslug: tides\n"), "Hidden")
  await openPost(page, galley, tides)
  const field = page.getByLabel("published", { exact: true })
  await field.fill("")
  await doc(page).toBe(text)
  await page.waitForTimeout(500) // until the keys are told
  await expect(field).toBeFocused()
  await page.keyboard.type("true")
  await doc(page).toBe(text.replace("tags: [gauges, lamps]\n", "tags: [gauges, lamps]\npublished: true\n"))
  // Another's field with all of it emptied: the line is out of the text.
  const date = page.getByLabel("date", { exact: true })
  await date.fill("")
  await expect.poll(() => source(page).evaluate(element => (element as any).cmTile.view.state.doc.toString() as string)).not.toContain("date:")
  await expect(date).toHaveValue("")
})
