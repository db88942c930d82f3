// What input methods and dead keys write: a word in stages, of which the last one
// alone stays.
import type { Page } from "@playwright/test"
import { expect, preview, test } from "./galley"

/// The text behind the front matter, and the selection in it.
const look = (page: Page) => page.evaluate(() => {
  const { view } = (document.querySelector(".cm-content") as any).cmTile
  const text = view.state.doc.toString() as string
  const start = text.indexOf("\n---\n\n") + 6
  const { from, to } = view.state.selection.main
  return { body: text.slice(start), from: from - start, to: to - start, composing: view.composing as boolean }
})

// Each: where, its stages, what is written at the end, and what then stands there. `¦`
// is the cursor, two of them a selection.
for (const [name, before, words, after] of [
  ["Chinese, at a list item's begin", "* ¦one\n* two\n", [[["n", "ni", "ni h", "ni hao"], "你好"]], "* 你好one\n* two\n"],
  ["Japanese, in a table's cell", "| a | b |\n| --- | --- |\n| ¦ | x |\n", [[["k", "か", "かn", "かな"], "仮名"]], "| a | b |\n| --- | --- |\n| 仮名 | x |\n"],
  ["Korean, in a heading", "## Word ¦\n\nMore.\n", [[["ㅎ", "하", "한"], "한"], [["ㄱ", "그", "글"], "글"]], "## Word 한글\n\nMore.\n"],
  ["a dead key, in bold", "A **caf¦** here.\n", [[["´"], "é"]], "A **café** here.\n"],
  ["Japanese, in a quotation's empty line", "> first\n> ¦\n", [[["n", "に", "にh", "にほん"], "日本"]], "> first\n> 日本\n"],
  ["Chinese, over lines of a list", "* ¦one\n* two¦\n\nMore.\n", [[["z", "zh", "zhong"], "中"]], "* 中\n\nMore.\n"],
] as const) {
  test(`composed words stand where they belong, stage by stage: ${name}`, async ({ editor: { page, write } }) => {
    await write(before, "¦")
    const began = await look(page)
    const input = await page.context().newCDPSession(page)
    for (const [stages, written] of words) {
      for (const stage of stages) {
        await input.send("Input.imeSetComposition", { text: stage, selectionStart: stage.length, selectionEnd: stage.length })
        const now = await look(page)
        expect(now.body).toContain(stage)
        expect(now.composing).toBe(true)
      }
      // The page follows, and the composition goes on all the same.
      await expect(preview(page).locator("body")).toContainText(stages.at(-1)!)
      expect((await look(page)).composing).toBe(true)
      await input.send("Input.insertText", { text: written })
    }
    const now = await look(page)
    expect(now.body).toBe(after)
    expect(now.from).toBe(now.to)
    await expect(preview(page).locator("body")).toContainText(words.map(([, written]) => written).join(""))
    // No undo brings a stage back.
    for (let i = 0; i < 4 && (await look(page)).body !== began.body; i++) {
      await page.keyboard.press("ControlOrMeta+z")
      const { body } = await look(page)
      for (const [stages] of words) expect(body).not.toContain(stages.at(-1))
    }
    expect((await look(page)).body).toBe(began.body)
  })
}

test("a keyboard that replaces whole words, as Android's, leaves one of them", async ({ editor: { page, write } }) => {
  await write("Some helo| there.\n")
  const input = await page.context().newCDPSession(page)
  const element = page.locator(".cm-content")
  // It takes the word before the cursor for its composition, and writes another.
  await element.evaluate(content => {
    const { view } = (content as any).cmTile
    const at = view.state.selection.main.head
    const { node, offset } = view.domAtPos(at)
    const range = document.createRange()
    range.setStart(node, offset - 4)
    range.setEnd(node, offset)
    getSelection()!.removeAllRanges()
    getSelection()!.addRange(range)
  })
  for (const stage of ["helo", "hell", "hello"]) await input.send("Input.imeSetComposition", { text: stage, selectionStart: stage.length, selectionEnd: stage.length })
  await input.send("Input.insertText", { text: "hello" })
  expect((await look(page)).body).toBe("Some hello there.\n")
  await input.send("Input.imeSetComposition", { text: "again", selectionStart: 5, selectionEnd: 5 })
  await input.send("Input.imeSetComposition", { text: "", selectionStart: 0, selectionEnd: 0 }) // given up
  expect((await look(page)).body).toBe("Some hello there.\n")
  for (let i = 0; i < 3 && (await look(page)).body !== "Some helo there.\n"; i++) await page.keyboard.press("ControlOrMeta+z")
  expect((await look(page)).body).toBe("Some helo there.\n")
})

// Families, flags of both kinds, tones, presentations, keycaps, marks of letters.
test("no key takes a letter of several signs apart", async ({ editor: { page, write } }) => {
  for (const cluster of ["👩‍👩‍👧", "🏳️‍🌈", "🇩🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍🏽", "❤️", "1️⃣", "e\u0301", "𝄞"]) {
    const emoji = !/^e/.test(cluster)
    const word = `a${cluster}b`
    const end = 1 + cluster.length
    const at = async (from: number, to = from) => expect(await look(page), `${word}, from ${from} to ${to}`).toMatchObject({ body: word, from, to })
    await write(`a|${cluster}b`)
    await page.keyboard.press("ArrowRight")
    await at(end)
    await page.keyboard.press("ArrowLeft")
    await at(1)
    await page.keyboard.press("Shift+ArrowRight")
    await at(1, end)
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Shift+ArrowLeft")
    await at(1, end)
    await write(`a|${cluster}b`)
    await page.keyboard.press("Delete")
    expect((await look(page)).body, `Delete before ${cluster}`).toBe("ab")
    await page.keyboard.press("ControlOrMeta+z")
    await at(1)
    await write(`a${cluster}|b`)
    await page.keyboard.press("Backspace")
    // Of a letter the mark that was typed last.
    expect((await look(page)).body, `Backspace behind ${cluster}`).toBe(emoji ? "ab" : "aeb")
  }
})

for (const [line, keys] of [
  ["plain words here", ["End", "Shift+Home"]],
  ["some *word* and `code` here", ["End", "Shift+Home"]],
  ["[link](https://example.org/) and more", ["Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"]],
  ["* item one", ["Shift+ArrowRight", "Shift+ArrowRight"]],
  ["**bold** text", ["Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"]],
  ["a **bold** text", ["ArrowRight", "Shift+End"]],
] as const) {
  test(`a word composed over a selection leaves none of its stages: ${line}, ${keys.join(" ")}`, async ({ editor: { page, write } }) => {
    await write(`|${line}\n\nMore.\n`)
    for (const key of keys) await page.keyboard.press(key)
    const read = () => page.evaluate(() => {
      const { state } = (document.querySelector(".cm-content") as any).cmTile.view
      return { text: state.doc.toString() as string, from: state.selection.main.from as number, to: state.selection.main.to as number }
    })
    const { text, from, to } = await read()
    expect(to).toBeGreaterThan(from)
    const input = await page.context().newCDPSession(page)
    for (const stage of ["k", "かn", "かな"]) await input.send("Input.imeSetComposition", { text: stage, selectionStart: stage.length, selectionEnd: stage.length })
    await input.send("Input.insertText", { text: "仮名" })
    expect((await read()).text).toBe(text.slice(0, from) + "仮名" + text.slice(to))
    for (let i = 0; i < 3 && (await read()).text !== text; i++) {
      await page.keyboard.press("ControlOrMeta+z")
      expect((await read()).text).not.toMatch(/[かな仮]/)
    }
    expect((await read()).text).toBe(text)
  })
}
