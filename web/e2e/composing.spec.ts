// What input methods and dead keys write: a word in stages, of which the last one
// alone stays.
import { expect, test } from "./galley"

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
    const look = () => page.evaluate(() => {
      const { state } = (document.querySelector(".cm-content") as any).cmTile.view
      return { text: state.doc.toString() as string, from: state.selection.main.from as number, to: state.selection.main.to as number }
    })
    const { text, from, to } = await look()
    expect(to).toBeGreaterThan(from)
    const input = await page.context().newCDPSession(page)
    for (const stage of ["k", "かn", "かな"]) await input.send("Input.imeSetComposition", { text: stage, selectionStart: stage.length, selectionEnd: stage.length })
    await input.send("Input.insertText", { text: "仮名" })
    expect((await look()).text).toBe(text.slice(0, from) + "仮名" + text.slice(to))
    for (let i = 0; i < 3 && (await look()).text !== text; i++) {
      await page.keyboard.press("ControlOrMeta+z")
      expect((await look()).text).not.toMatch(/[かな仮]/)
    }
    expect((await look()).text).toBe(text)
  })
}
