// Where one is in a post, and a post in each script.
import AxeBuilder from "@axe-core/playwright"
import { expect, openPost, source, test, tides, tidesText } from "./galley"

const head = tidesText.slice(0, tidesText.indexOf("The gauges"))

test("the outline goes to a heading, and says how long the post and the selection are", async ({ page, galley }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  galley.commit(tides, `${head}one two three\n\n# First\n\n\`\`\`\n# no heading\n\`\`\`\n\n### Deeper [link](x)\n\nwords\n`, "Begin anew")
  await openPost(page, galley, tides)
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.press("ArrowUp")
  await page.keyboard.press("Shift+End")
  await page.keyboard.press("Alt+o")
  const dialog = page.getByRole("dialog", { name: "Outline" })
  await expect(dialog).toContainText("9 words, 1 minute to read; selected: 1 word")
  await expect(dialog.getByRole("listitem")).toHaveText(["First", "Deeper link"])
  const { violations } = await new AxeBuilder({ page }).include("dialog").analyze()
  expect(violations).toEqual([])
  // A key may follow as soon as the text has the focus: the cursor is there by then,
  // also where frames come late, as on a busy machine.
  const line = await source(page).evaluateHandle(element => {
    const frame = requestAnimationFrame.bind(window)
    window.requestAnimationFrame = work => frame(() => setTimeout(() => work(performance.now()), 300))
    const seen: string[] = []
    const { view } = (element as any).cmTile
    element.addEventListener("focus", () => queueMicrotask(() => seen.push(view.state.doc.lineAt(view.state.selection.main.head).text)))
    return seen
  })
  await dialog.getByRole("button", { name: "First" }).focus()
  await page.keyboard.press("Enter")
  await expect(source(page)).toBeFocused()
  expect(await line.jsonValue()).toEqual(["# First"])
  await page.keyboard.type("X")
  await expect(page.locator(".source .cm-line", { hasText: "X# First" })).toBeVisible()
})

test("where there is room, the outline stands beside the source and follows the cursor", async ({ page, galley }) => {
  const long = Array.from({ length: 60 }, (_, i) => `Paragraph ${i} of the harbour.`).join("\n\n")
  galley.commit(tides, `${head}## First\n\n${long}\n\n### Deeper [link](x)\n\n${long}\n\n## Last\n\nwords\n`, "Begin anew")
  await page.setViewportSize({ width: 1920, height: 900 })
  await openPost(page, galley, tides)
  await source(page).focus()
  await page.keyboard.press("Alt+o")
  await page.getByRole("dialog", { name: "Outline" }).getByRole("button", { name: "Keep it beside the source" }).click()
  const beside = page.getByRole("navigation", { name: "Outline" })
  const current = beside.locator("[aria-current]")
  await expect(beside.getByRole("button")).toHaveText(["First", "Deeper link", "Last"])
  expect((await new AxeBuilder({ page }).include(".outline-beside").analyze()).violations).toEqual([])
  // A press goes there, and typing a heading is followed.
  await beside.getByRole("button", { name: "Last" }).click()
  await expect(source(page)).toBeFocused()
  await expect(current).toHaveText("Last")
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type("\n## New *one*\n")
  await expect(current).toHaveText("New one")
  await expect(beside.getByRole("button")).toHaveCount(4)
  // What is drawn costs no letter anything: nothing of it changes while one types.
  const redrawn = await beside.evaluate(nav => {
    const seen = { count: 0 }
    new MutationObserver(list => (seen.count += list.length)).observe(nav, { subtree: true, childList: true, attributes: true, characterData: true })
    return (nav as any).seen = seen
  })
  expect(redrawn.count).toBe(0)
  await page.keyboard.type("plain words")
  await expect(page.frameLocator("iframe[title='Page preview']").getByText("plain words")).toBeVisible()
  expect(await beside.evaluate(nav => (nav as any).seen.count)).toBe(0)
  // By keyboard alone.
  await beside.getByRole("button", { name: "New one" }).focus()
  await page.keyboard.press("Home")
  await expect(beside.getByRole("button", { name: "First" })).toBeFocused()
  await page.keyboard.press("Enter")
  await expect(current).toHaveText("First")
  await expect(source(page)).toBeFocused()
  // It is kept, never takes the text's room, and goes.
  await page.reload()
  await expect(beside).toBeVisible()
  const letters = () => page.locator(".source .cm-content").evaluate(content => {
    const { view } = (content as any).cmTile
    return (content.clientWidth - 48) / view.defaultCharacterWidth
  })
  for (const width of [1920, 1600, 1500, 1200]) {
    await page.setViewportSize({ width, height: 900 })
    if (width >= 1600) {
      await expect(beside).toBeVisible()
      expect(await letters()).toBeGreaterThanOrEqual(60)
    } else await expect(beside).toHaveCount(0)
  }
  await page.setViewportSize({ width: 1920, height: 900 })
  await expect(beside).toBeVisible()
  await source(page).focus()
  await page.keyboard.press("Alt+Shift+o")
  await expect(beside).toHaveCount(0)
})

test("lines begin at the side of their own script, and the page's nodes are the site's", async ({ page, galley }) => {
  galley.commit(tides, `${head}שלום world\n\nwords\n\n* مرحبا بالعالم\n* one item\n\nAn English paragraph that names שלום.\n`, "Begin anew")
  await openPost(page, galley, tides)
  await source(page).focus()
  await page.keyboard.press("Tab")
  const line = page.locator(".source .cm-line", { hasText: /^שלום/ })
  await expect(line).toHaveAttribute("dir", "auto")
  await expect(line).toHaveCSS("direction", "rtl")
  await expect(page.locator(".source .cm-line", { hasText: /^words$/ })).toHaveCSS("direction", "ltr")
  await expect(page.locator(".source .cm-line", { hasText: "مرحبا" })).toHaveCSS("direction", "rtl")
  await expect(page.locator(".source .cm-line", { hasText: "one item" })).toHaveCSS("direction", "ltr")
  // What it begins with counts.
  await expect(page.locator(".source .cm-line", { hasText: "An English paragraph" })).toHaveCSS("direction", "ltr")
  // What is typed is followed: the line turns with its first letter.
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.insertText("\nעוד שורה")
  await expect(page.locator(".source .cm-line", { hasText: "עוד שורה" })).toHaveCSS("direction", "rtl")
  await expect(page.frameLocator("iframe[title='Page preview']").locator("p[dir], li[dir]")).toHaveCount(0)
})

test("a phone's keyboard leaves the text at least half of the screen", async ({ page, galley }) => {
  await page.setViewportSize({ width: 360, height: 400 })
  await openPost(page, galley, tides)
  await source(page).focus()
  const box = await page.locator(".source .text").boundingBox()
  expect(box!.height).toBeGreaterThanOrEqual(200)
  expect(box!.y + box!.height).toBeLessThanOrEqual(400)
})

test("the cursor passes a letter with its marks, and Backspace takes an emoji of several signs whole", async ({ page, galley }) => {
  galley.commit(tides, head, "Begin anew")
  await openPost(page, galley, tides)
  await source(page).focus()
  const last = page.locator(".source .cm-line").last()
  for (const cluster of ["e\u0301", "👩‍👩‍👧", "🇩🇪", "👍🏽"]) {
    await page.keyboard.press("ControlOrMeta+End")
    await page.keyboard.press("Enter")
    await page.keyboard.insertText("a" + cluster)
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.type("b")
    await expect(last).toHaveText(`ab${cluster}`)
    await page.keyboard.press("End")
    await page.keyboard.press("Backspace")
    // The mark that was typed last, of a letter.
    await expect(last).toHaveText(cluster.startsWith("e") ? "abe" : "ab")
  }
})
