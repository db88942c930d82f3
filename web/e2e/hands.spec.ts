// What hands do to a text, at random and by the browser's own input: keys, mouse,
// clipboard, input methods, undo, and others' changes that come in between. After
// each step the text is what the step makes of it; an undo leads to where the text
// was, and never into the middle of a word that was being composed; what the editor
// draws is the text, and the preview is the page.
import type { CDPSession, Page } from "@playwright/test"
import { crlf, difference, expect, keptText, openPost, source, test, tides, tidesText, type Galley } from "./galley"

test.use({ permissions: ["clipboard-read", "clipboard-write"], trace: "off" })

/// How many steps a walk has; `make test-long` asks for more.
const steps = Number(process.env["GALLEY_HANDS"] ?? 60)
/// Walks again as one did that failed.
const seeds = process.env["GALLEY_SEED"] ? process.env["GALLEY_SEED"].split(",").map(Number) : [1, 2]

const mixed = "_posts/2026-03-15-mixed.md"
const mixedText = tidesText.replace("slug: tides", "slug: mixed").split("\n").map((line, i) => line + ["\r\n", "\n", "\n", "\r\n", "\r"][i % 5]).join("")

for (const [path, name] of [[tides, "lf"], [crlf, "crlf"], [mixed, "mixed"]] as const) {
  for (const seed of seeds) {
    test(`whatever hands do, text, undo and preview agree: ${name}, walk ${seed}`, async ({ page, galley }) => {
      test.setTimeout(60_000 + steps * 3_000)
      if (path === mixed) galley.commit(mixed, mixedText, "A file with several ends")
      await openPost(page, galley, path)
      await source(page).focus()
      const walk = await createWalk(page, galley, path, seed)
      try {
        for (let i = 0; i < steps; i++) await walk.step()
        await walk.thereAndBack()
      } catch (error) {
        // In the message itself: of what CI prints, somebody may have the end alone.
        if (error instanceof Error) error.message += `\n\nGALLEY_SEED=${seed} GALLEY_HANDS=${steps}, ${path}; the last steps:\n${walk.done.slice(-12).join("\n")}`
        throw error
      }
    })
  }
}

interface Seen {
  text: string
  from: number
  to: number
  head: number
  ranges: number
  /// Where the lines that are drawn differ from the text; "" for nowhere.
  drawn: string
}

/// What the editor holds, and what it shows.
function look(page: Page): Promise<Seen> {
  return page.evaluate(() => {
    const view = (document.querySelector(".cm-content") as any).cmTile.view
    const { doc, selection } = view.state
    let drawn = ""
    for (const { from, to } of view.visibleRanges) {
      for (let line = doc.lineAt(from); ; line = doc.line(line.number + 1)) {
        // Signs that cannot be seen are drawn as others.
        if (line.from >= from && line.to <= to && !/[\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028\u2029\ufeff]/.test(line.text)) {
          const at = view.domAtPos(line.from).node
          const element = (at instanceof Element ? at : at.parentElement)?.closest(".cm-line")
          const copy = element?.cloneNode(true) as Element | undefined
          for (const widget of copy?.querySelectorAll("[contenteditable=false], .cm-widgetBuffer") ?? []) widget.remove()
          const shown = (copy?.textContent ?? "no line").replace(/\u200b/g, "")
          if (shown !== line.text) drawn ||= `line ${line.number}: ${JSON.stringify(shown)} for ${JSON.stringify(line.text)}`
        }
        if (line.to >= to || line.number === doc.lines) break
      }
    }
    const { from, to, head } = selection.main
    return { text: doc.toString(), from, to, head, ranges: selection.ranges.length, drawn }
  })
}

async function createWalk(page: Page, galley: Galley, path: string, seed: number) {
  const cdp: CDPSession = await page.context().newCDPSession(page)
  const done: string[] = []
  let state = seed * 7919 + 17
  const random = (n: number) => (state = (state * 48271) % 2147483647) % n
  for (let i = 0; i < 10; i++) random(2)
  const pick = <T>(list: readonly T[]): T => list[random(list.length)]!
  const begun = (await look(page)).text
  /// Where the text was, as far as an undo may lead, and where in that it is now.
  let states = [begun]
  let at = 0
  let merges = 0
  /// The line that was copied because nothing was selected; null for none.
  let linewise: string | null = null

  function reached(text: string): void {
    if (text === states[at]) return
    states = [...states.slice(0, at + 1), text]
    at++
  }

  /// Waits until the text is what it is to be.
  async function is(text: string, what: string): Promise<void> {
    await expect.poll(async () => (await look(page)).text, { message: what, intervals: [0, 10, 20, 50, 100] }).toBe(text)
    reached(text)
  }

  const pause = async () => {
    const time = pick([0, 0, 0, 10, 30, 60, 150, 600])
    if (time) await page.waitForTimeout(time)
  }

  /// What a step that replaces the selection makes of the text.
  const replaced = (seen: Seen, insert: string) => seen.text.slice(0, seen.from) + insert + seen.text.slice(seen.to)

  async function letters(): Promise<void> {
    const word = pick(["tide", "and more ", "x", "Ö", "gauge read ", "*", "[a](b)", "# ", "`", "<b>", "\"so\" "])
    done.push(`type ${JSON.stringify(word)}`)
    const seen = await look(page)
    if (seen.ranges > 1) return keys()
    let before = seen
    for (const letter of word) {
      const plain = replaced(before, letter)
      const wrapped = before.from < before.to && marks[letter] ? around(before, letter, marks[letter]) : plain
      await page.keyboard.insertText(letter)
      if (random(3) === 0) await pause()
      if (wrapped === plain) {
        await is(plain, `typed ${JSON.stringify(letter)} of ${JSON.stringify(word)}`)
        before = { ...before, text: plain, from: before.from + letter.length, to: before.from + letter.length }
        continue
      }
      // Whether it goes around the selection depends on what that is.
      await expect.poll(async () => (await look(page)).text, { message: `typed ${letter} over a selection` }).not.toBe(before.text)
      before = await look(page)
      await is(before.text === wrapped ? wrapped : plain, `typed ${JSON.stringify(letter)} over a selection`)
    }
  }

  /// What stands behind a selection that a mark is typed over.
  const marks: Record<string, string> = { "*": "*", "`": "`", "[": "]", "\"": "\"" }

  /// A selection between marks, but for spaces at its ends.
  function around({ text, from, to }: Seen, open: string, close: string): string {
    const words = text.slice(from, to)
    const start = from + words.length - words.trimStart().length
    const end = to - (words.length - words.trimEnd().length)
    return text.slice(0, start) + open + text.slice(start, end) + close + text.slice(end)
  }

  const keyList = [
    "Enter", "Enter", "Backspace", "Backspace", "Delete", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End",
    "Shift+ArrowLeft", "Shift+ArrowRight", "Shift+ArrowUp", "Shift+ArrowDown", "Shift+End", "Shift+Home", "ControlOrMeta+ArrowLeft",
    "ControlOrMeta+ArrowRight", "ControlOrMeta+Shift+ArrowLeft", "ControlOrMeta+Backspace", "ControlOrMeta+Delete", "Alt+ArrowDown", "Alt+ArrowUp",
    "ControlOrMeta+Home", "ControlOrMeta+End", "ControlOrMeta+b", "ControlOrMeta+i", "ControlOrMeta+Shift+k", "PageDown", "PageUp", "Shift+Alt+ArrowDown",
  ]

  async function keys(): Promise<void> {
    const key = pick(keyList)
    done.push(`press ${key}`)
    await page.keyboard.press(key)
    reached((await look(page)).text)
  }

  async function paste(): Promise<void> {
    const seen = await look(page)
    const blocks = seen.text.split("\n\n")
    const block = pick([
      pick(blocks), pick(blocks) + "\n\n", "\n\n" + pick(blocks) + "\n\n", "plain words", "A block of its own.\n\n", "\n\nAnother\nblock.\n\n* of\n* items\n",
      "first\r\nsecond\r\n\r\nthird\r\n", "```go\nfunc main() {}\n```\n", "| a | b |\n| --- | --- |\n| 1 | 2 |\n", "<div>\nraw\n</div>\n", "漢字かな", "😀",
    ])
    const html = random(2) ? `<meta charset="utf-8"><p>${block.replace(/[&<>]/g, c => `&#${c.charCodeAt(0)};`).replace(/\n/g, "<br>")}</p>` : ""
    done.push(`paste ${JSON.stringify(block)}${html && " with HTML"}`)
    await page.evaluate(([text, html]) => navigator.clipboard.write([new ClipboardItem({
      "text/plain": new Blob([text!], { type: "text/plain" }), ...(html ? { "text/html": new Blob([html], { type: "text/html" }) } : {}),
    })]), [block, html])
    const lines = block.replace(/\r\n?/g, "\n")
    const times = random(5) === 0 ? 2 : 1
    for (let i = 0; i < times; i++) {
      const seen = await look(page)
      await page.keyboard.press("ControlOrMeta+v")
      if (lines === "" || seen.ranges > 1) return reached((await look(page)).text)
      // What was copied without a selection is a line, and is pasted as one.
      if (linewise === lines) return void (await page.waitForTimeout(50), reached((await look(page)).text))
      await is(replaced(seen, lines), `pasted ${JSON.stringify(block)}`)
    }
  }

  async function cut(): Promise<void> {
    const key = pick(["ControlOrMeta+x", "ControlOrMeta+c"])
    const { text, from, to } = await look(page)
    linewise = from === to ? text.slice(text.lastIndexOf("\n", from - 1) + 1, (text + "\n").indexOf("\n", from)) : null
    done.push(`${key}, move, paste`)
    await page.keyboard.press(key)
    reached((await look(page)).text)
    if (random(2)) await mouse()
    await page.keyboard.press("ControlOrMeta+v")
    await page.waitForTimeout(20)
    reached((await look(page)).text)
  }

  const words = [
    { by: ["k", "か", "かn", "かな", "かなじ", "仮名字"], to: "仮名字" },
    { by: ["n", "に", "にほ", "にほん", "日本"], to: "日本" },
    { by: ["h", "ha", "han"], to: "한" },
    { by: ["ㅎ", "하", "한"], to: "한" },
    { by: ["´"], to: "é" },
    { by: ["wor", "word"], to: "word " },
    { by: ["zhong", "zhong guo"], to: "中国" },
  ]

  async function compose(): Promise<void> {
    const seen = await look(page)
    if (seen.ranges > 1) return keys()
    const word = pick(words)
    const end = pick(["commit", "commit", "commit", "other", "cancel", "click", "undo", "redo"])
    const stages = word.by.slice(0, end === "commit" ? undefined : 1 + random(word.by.length))
    done.push(`compose ${stages.join(" ")}, then ${end}`)
    for (const text of stages) {
      await cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length })
      await pause()
      if (random(12) === 0) await look(page)
    }
    // A selection goes before the composition begins, where it must.
    const without = replaced(seen, "")
    const last = stages.at(-1)!
    if (seen.from !== seen.to) reached(without)
    if (end === "commit" || end === "other" || end === "undo" || end === "redo") {
      const text = end === "other" ? pick(["違う", "other", "—"]) : end === "commit" ? word.to : last
      await cdp.send("Input.insertText", { text })
      if (end === "undo" || end === "redo") {
        reached(replaced(seen, text))
        return undo(end === "redo" ? 2 : 1)
      }
      await is(replaced(seen, text), `composed ${stages.join(" ")} to ${text}`)
    } else if (end === "cancel") {
      await cdp.send("Input.imeSetComposition", { text: "", selectionStart: 0, selectionEnd: 0 })
      await is(without, `composed ${stages.join(" ")} and cancelled`)
    } else {
      // Browsers end a composition when the mouse is pressed, before the page
      // hears of it.
      const { x, y } = await place()
      await Promise.all([cdp.send("Input.insertText", { text: last }), page.mouse.click(x, y)])
      await is(replaced(seen, last), `composed ${stages.join(" ")} and clicked elsewhere`)
    }
  }

  async function undo(how = random(4)): Promise<void> {
    const backwards = how !== 3
    const count = 1 + random(how === 2 ? 8 : 2)
    const key = backwards ? "ControlOrMeta+z" : "ControlOrMeta+Shift+z"
    done.push(`press ${key} ${count} times`)
    for (let i = 0; i < count; i++) {
      await page.keyboard.press(key)
      const { text } = await look(page)
      const found = backwards ? states.lastIndexOf(text, at) : states.indexOf(text, at)
      if (found < 0) {
        expect(text, `${backwards ? "undo" : "redo"} leads to where the text was, from ${JSON.stringify(apart(states[at]!, text))}`).toBe(backwards ? states[at - 1] : states[at + 1])
      }
      at = found
      if (random(2)) await pause()
    }
    if (how === 2 && random(2)) await undo(3)
  }

  /// A place in a line that is in sight.
  async function place(): Promise<{ x: number; y: number }> {
    const [line, share] = [random(1000), random(100)]
    return page.evaluate(([line, share]) => {
      const scroller = document.querySelector(".cm-scroller")!.getBoundingClientRect()
      const lines = [...document.querySelectorAll(".cm-line")].map(line => line.getBoundingClientRect()).filter(({ top, bottom }) => top > scroller.top && bottom < scroller.bottom)
      const { left, width, top, height } = lines[line! % lines.length] ?? scroller
      return { x: left + 5 + (width - 20) * share! / 100, y: top + height / 2 }
    }, [line, share])
  }

  async function mouse(): Promise<void> {
    const how = pick(["click", "click", "double", "triple", "select", "shift", "drag"])
    done.push(`mouse: ${how}`)
    const { x, y } = await place()
    if (how === "click") await page.mouse.click(x, y)
    else if (how === "double") await page.mouse.dblclick(x, y)
    else if (how === "triple") await page.mouse.click(x, y, { clickCount: 3 })
    else if (how === "shift") {
      await page.keyboard.down("Shift")
      await page.mouse.click(x, y)
      await page.keyboard.up("Shift")
    } else {
      if (how === "drag") await page.mouse.dblclick(x, y)
      await page.mouse.move(x, y)
      await page.mouse.down()
      const to = await place()
      await page.mouse.move(to.x, to.y, { steps: 4 })
      await page.mouse.up()
    }
    await page.waitForTimeout(20)
    reached((await look(page)).text)
  }

  async function matter(): Promise<void> {
    const title = pick(["Tides", "Other tides", "A \"third\" title", "Ebb: and flow"])
    const field = page.getByLabel("title", { exact: true })
    if (!(await field.isVisible())) return keys()
    done.push(`title ${title}`)
    await field.fill(title)
    await page.keyboard.press("Enter")
    await source(page).focus()
    // Where what was typed has made the front matter none, it is told, and nothing changes.
    await expect(page.locator("input[data-unwritten]")).toHaveCount(0)
    reached((await look(page)).text)
  }

  /// Somebody else changes the file on its branch, which the dialog merges.
  async function merge(): Promise<void> {
    const there = galley.show("main", path).toString()
    const end = /\r\n|\r|\n/.exec(there)![0]
    const line = `A line of another, number ${++merges}.`
    done.push(`another writes ${JSON.stringify(line)}`)
    galley.commit(path, `${there}${end}${line}${end}`, "Another's line")
    const submit = page.getByRole("button", { name: "Open pull request" })
    await submit.click()
    // It merges when it has seen what is there; where both changed the same, it asks.
    const collision = page.getByRole("dialog", { name: "changed the same lines" })
    const merged = async () => (await look(page)).text.includes(line) || (await collision.isVisible())
    // Nothing is submitted without what the form has and could not put into the text.
    const refused = page.locator("[aria-invalid=true]")
    await expect.poll(async () => (await merged()) || (await refused.isVisible()), { timeout: 30_000 }).toBe(true)
    if (await refused.isVisible()) {
      done.push("what the form could not write is taken back")
      await refused.press("Escape")
      await submit.click()
      await expect.poll(merged, { timeout: 30_000 }).toBe(true)
    }
    if (await collision.isVisible()) {
      done.push("both changed the same")
      await collision.getByRole("button", { name: "Decide later" }).click()
    } else {
      await page.keyboard.press("Escape")
    }
    await expect(page.locator("dialog[open]")).toHaveCount(0)
    await source(page).focus()
    reached((await look(page)).text)
  }

  async function kill(): Promise<void> {
    const worker = page.workers().at(-1)
    if (!worker) return
    done.push("the worker dies")
    await worker.evaluate(() => {
      const { galley } = globalThis as any
      if (!galley) return
      const { handle } = galley
      galley.handle = () => handle({ length: 2 ** 31 })
    }).catch(() => {})
  }

  async function check(): Promise<void> {
    await expect.poll(async () => (await look(page)).drawn, { message: "what is drawn is the text" }).toBe("")
    const { text } = await look(page)
    let file = path === crlf ? text.replace(/\n/g, "\r\n") : text
    if (path === mixed) {
      await page.keyboard.press("ControlOrMeta+s")
      await expect.poll(async () => (file = (await keptText(page, path)) ?? mixedText).replace(/\r\n?/g, "\n")).toBe(text)
    }
    await expect.poll(() => difference(page, path, file), { message: "the preview is the page", timeout: 30_000 }).toBe("")
    expect((await look(page)).text).toBe(text)
  }

  /// Undoes all that there is, and redoes it.
  async function thereAndBack(): Promise<void> {
    done.push("undo everything, and redo it")
    for (const [key, wanted] of [["ControlOrMeta+z", begun], ["ControlOrMeta+Shift+z", states.at(-1)!]] as const) {
      await pressWhileItChanges(key)
      await expect.poll(async () => (await look(page)).text, { message: key }).toBe(wanted)
      await check()
    }
    at = states.length - 1
  }

  /// Presses a key until it changes nothing more, three times.
  async function pressWhileItChanges(key: string): Promise<void> {
    await page.evaluate(async key => {
      const content = document.querySelector(".cm-content") as any
      for (let same = 0; same < 3;) {
        const { doc } = content.cmTile.view.state
        content.dispatchEvent(new KeyboardEvent("keydown", { key: key.includes("Shift") ? "Z" : "z", keyCode: 90, ctrlKey: true, shiftKey: key.includes("Shift"), bubbles: true, cancelable: true } as KeyboardEventInit))
        same = doc.eq(content.cmTile.view.state.doc) ? same + 1 : 0
        await new Promise(resolve => setTimeout(resolve))
      }
    }, key)
  }

  return {
    done, thereAndBack,
    async step() {
      const n = random(100)
      if (n < 22) await letters()
      else if (n < 42) await keys()
      else if (n < 54) await paste()
      else if (n < 58) await cut()
      else if (n < 74) await compose()
      else if (n < 85) await undo()
      else if (n < 95) await mouse()
      else if (n < 97) await matter()
      else if (n < 98) await kill()
      else if (n < 99) await merge()
      else {
        const rate = pick([1, 4, 10])
        done.push(`a machine that is ${rate} times slower`)
        await cdp.send("Emulation.setCPUThrottlingRate", { rate })
      }
      if (random(2)) await pause()
      if (random(3) === 0) await check()
      if (random(60) === 0) await thereAndBack()
    },
  }
}

/// Where two texts differ.
function apart(a: string, b: string): [string, string] {
  let from = 0
  while (from < Math.min(a.length, b.length) && a[from] === b[from]) from++
  let tail = 0
  while (tail < Math.min(a.length, b.length) - from && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  return [a.slice(from, a.length - tail), b.slice(from, b.length - tail)]
}

test("undo leads back to the beginning, however much was done", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  await source(page).focus()
  const text = await page.evaluate(async () => {
    const content = document.querySelector(".cm-content") as any
    const { view } = content.cmTile
    // Steps far from one another are steps of their own.
    for (let i = 0; i < 500; i++) view.dispatch({ changes: { from: i % 2 ? 0 : view.state.doc.length, insert: "x" }, userEvent: "input.type" })
    for (let i = 0; i < 510; i++) content.dispatchEvent(new KeyboardEvent("keydown", { key: "z", keyCode: 90, ctrlKey: true, bubbles: true, cancelable: true } as KeyboardEventInit))
    return view.state.doc.toString()
  })
  expect(text).toBe(tidesText)
})
