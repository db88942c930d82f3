// Whatever ends a file's lines, keys, clicks and selections do the same to it:
// a walk at random through a file with "\r\n", "\r" or all of them is held
// against the same walk through the same file with "\n". Undo, which joins what
// was typed within half a second, is in test/file-text.spec.ts.
import type { Page } from "@playwright/test"
import fc from "fast-check"
import { expect, openPost, showMatter, source, test, type Galley } from "./galley"

test.use({ hasTouch: true })

const lines = [
  "---", "layout: post", "title: Two ends", "date: 2026-03-01 22:00:00 -0000", "slug: ends", "---",
  "", "First line.", "Second line, which is longer.", "", "* one", "* two", "", "The last.", "",
]
const kinds: Record<string, (line: number) => string> = {
  lf: () => "\n",
  crlf: () => "\r\n",
  cr: () => "\r",
  mixed: line => ["\r\n", "\n", "\r\n", "\r"][line % 4]!,
}
const path = (kind: string) => `_posts/2026-03-01-ends-${kind}.md`
const textOf = (kind: string) => lines.slice(0, -1).map((line, i) => line + kinds[kind]!(i)).join("")

type Step = { press: string } | { at: number; how: "click" | "tap" | "shift" | "double" | "drag"; to: number }
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ press: fc.constantFrom(
    "End", "Home", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "ControlOrMeta+ArrowLeft", "ControlOrMeta+ArrowRight",
    "Shift+End", "Shift+Home", "Shift+ArrowLeft", "Shift+ArrowRight", "Shift+ArrowDown", "Shift+ArrowUp",
    "x", "Enter", "Backspace", "Delete", "ControlOrMeta+Backspace", "ControlOrMeta+Delete", "Alt+ArrowDown", "ControlOrMeta+End",
  ) }) },
  { weight: 2, arbitrary: fc.record({ at: fc.nat(11), to: fc.nat(11), how: fc.constantFrom("click", "tap", "shift", "double", "drag") }) },
)

/// Right of a line's text, where nothing stands; of the last one where there are fewer.
async function rightOf(page: Page, line: number): Promise<{ x: number; y: number }> {
  return source(page).evaluate((content, line) => {
    const lines = content.querySelectorAll(".cm-line")
    const { right, top, height } = lines[Math.min(line, lines.length - 1)]!.getBoundingClientRect()
    return { x: right - 30, y: top + height / 2 }
  }, line)
}

/// In a line's last sign.
async function lastOf(page: Page, line: number): Promise<{ x: number; y: number }> {
  return source(page).evaluate((content, line) => {
    const lines = content.querySelectorAll(".cm-line")
    const range = document.createRange()
    range.selectNodeContents(lines[Math.min(line, lines.length - 1)]!)
    const { right, top, height } = [...range.getClientRects()].at(-1)!
    return { x: right - 2, y: top + height / 2 }
  }, line)
}

async function take(page: Page, step: Step): Promise<void> {
  if ("press" in step) return page.keyboard.press(step.press)
  // A press within what is selected begins to drag that, or not, by its time.
  await page.keyboard.press("ArrowLeft")
  // Right of a line's end the browser selects one thing and CodeMirror another, and
  // which of them comes last is a matter of time.
  const { x, y } = await (step.how === "double" ? lastOf : rightOf)(page, step.at)
  if (step.how === "tap") return page.touchscreen.tap(x, y)
  if (step.how === "shift") await page.keyboard.down("Shift")
  await page.mouse.move(x, y)
  await page.mouse.down()
  if (step.how === "drag") {
    const to = await rightOf(page, step.to)
    await page.mouse.move(to.x, to.y, { steps: 2 })
  }
  await page.mouse.up()
  if (step.how === "shift") await page.keyboard.up("Shift")
  if (step.how === "double") await page.mouse.click(x, y, { clickCount: 2 })
}

/// The selection's ends as line and place in it, and the text as it is shown.
function seen(page: Page): Promise<string> {
  return source(page).evaluate(content => {
    const lines = [...content.querySelectorAll(".cm-line")]
    const place = (node: Node | null, offset: number) => {
      const line = lines.findIndex(line => line.contains(node))
      if (line < 0) return "none"
      const range = document.createRange()
      range.setStart(lines[line]!, 0)
      range.setEnd(node!, offset)
      return `${line}:${range.toString().length}`
    }
    const selection = getSelection()!
    return [place(selection.anchorNode, selection.anchorOffset), place(selection.focusNode, selection.focusOffset), ...lines.map(line => line.textContent)].join("\n")
  })
}

async function walk(page: Page, galley: Galley, kind: string, steps: readonly Step[]): Promise<string[]> {
  await openPost(page, galley, path(kind))
  await source(page).focus()
  const found = []
  for (const step of steps) {
    await take(page, step)
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    found.push(`after ${JSON.stringify(step)}\n${await seen(page)}`)
  }
  return found
}

// The walks go one behind the other, so that a file of each kind is opened once.
const seeds = process.env["GALLEY_SEED"] ? process.env["GALLEY_SEED"].split(",").map(Number) : [1]

test("keys, clicks and touch are the same whatever ends the lines", async ({ page, galley }) => {
  test.setTimeout(180_000)
  for (const kind in kinds) galley.commit(path(kind), textOf(kind), "Another file")
  const steps = seeds.flatMap(seed => fc.sample(step, { seed, numRuns: 30 }))
  const wanted = await walk(page, galley, "lf", steps)
  for (const kind of ["crlf", "mixed", "cr"]) expect(await walk(page, galley, kind, steps)).toEqual(wanted)
})

test("a line's end is where it is: pressed twice, clicked twice, and what is typed stays on the line", async ({ page, galley }) => {
  galley.commit(path("crlf"), textOf("crlf"), "Another file")
  await openPost(page, galley, path("crlf"))
  await showMatter(page)
  const line = lines.indexOf("First line.")
  const { x, y } = await rightOf(page, line)
  await page.mouse.click(x, y)
  await page.mouse.click(x, y)
  await page.keyboard.type("1")
  await page.keyboard.press("End")
  await page.keyboard.press("End")
  await page.keyboard.type("2")
  await page.keyboard.press("Shift+End")
  await page.keyboard.type("3")
  await expect(page.locator(".source .cm-line").nth(line)).toHaveText("First line.123")
  await expect(page.locator(".source .cm-line").nth(line + 1)).toHaveText("Second line, which is longer.")
})
