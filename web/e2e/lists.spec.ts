// Lists as the keyboard makes them, and as the site's page then has them.
import type { Page } from "@playwright/test"
import { body, expect, openPost, preview, source, test, tides } from "./galley"

/// The page's lists, as a nested text: `ul(a ol(b))`.
const lists = (page: Page) => expect.poll(() => preview(page).locator("body").evaluate(body => {
  const show = (list: Element): string => `${list.localName}(${[...list.children].map(item => [...item.childNodes].map(node =>
    node instanceof Element ? (/^[uo]l$/.test(node.localName) ? show(node) : node.textContent!.trim()) : node.textContent!.trim()).filter(Boolean).join(" ")).join(", ")})`
  return [...body.querySelectorAll("ul, ol")].filter(list => !list.parentElement!.closest("li") && /word|one|two|three/.test(list.textContent!)).map(show).join(" ")
}))

for (const [name, marked, keys, wanted, shown] of [
  ["Tab makes an item a child of the one before", "* one\n* tw|o\n  * three\n", "Tab", "* one\n  * two\n    * three\n", "ul(one ul(two ul(three)))"],
  ["a number's children stand under its text", "1. one\n2. tw|o\n3. three\n", "Tab", "1. one\n   1. two\n2. three\n", "ol(one ol(two), three)"],
  ["under ten and more, too", "9. one\n10. tw|o\n11. three\n", "ArrowDown Tab", "9. one\n10. two\n    1. three\n", "ol(one, two ol(three))"],
  ["wide gaps count", "*   one\n*   tw|o\n", "Tab", "*   one\n    *   two\n", "ul(one ul(two))"],
  ["Shift+Tab takes it out, with its own", "* one\n  * tw|o\n    * three\n* word\n", "Shift+Tab", "* one\n* two\n  * three\n* word\n", "ul(one, two ul(three), word)"],
  ["the first item stays", "* on|e\n* two\n", "Tab X", "* onXe\n* two\n", "ul(onXe, two)"],
  ["several items move together", "* one\n* t|wo\n* th|ree\n", "Tab", "* one\n  * two\n  * three\n", "ul(one ul(two, three))"],
  ["in a quotation", "> * one\n> * tw|o\n", "Tab", "> * one\n>   * two\n", "ul(one ul(two))"],
  ["words below an item come along", "* one\n* tw|o\n\n  words of two\n", "Tab", "* one\n  * two\n\n    words of two\n", "ul(one ul(two words of two))"],
  ["Enter continues a list, and a second one ends it", "* one|\n\nwords\n", "Enter t w o Enter Enter X", "* one\n* two\n\nX\n\nwords\n", "ul(one, two)"],
  ["Enter numbers what follows", "1. one|\n2. three\n", "Enter t w o", "1. one\n2. two\n3. three\n", "ol(one, two, three)"],
  ["Enter goes on with tasks", "* [x] one|\n", "Enter t w o", "* [x] one\n* [ ] two\n", null],
  ["Backspace takes the sign away", "* one\n* |two\n", "Backspace Backspace", "* one\ntwo\n", null],
  ["an item moves up with its children", "1. one\n2. tw|o\n   * three\n", "Alt+ArrowUp X", "1. twXo\n   * three\n2. one\n", "ol(twXo ul(three), one)"],
  ["an item moves down past one with children", "* on|e\n* two\n  * three\n", "Alt+ArrowDown X", "* two\n  * three\n* onXe\n", "ul(two ul(three), onXe)"],
  ["a line moves", "one\n\nwor|d\n", "Alt+ArrowUp", "one\nword\n\n", null],
  ["lines become a list", "word\n\n|one\ntwo|\nthree\n", "Control+Shift+8", "word\n\n* one\n* two\n\nthree\n", "ul(one, two)"],
  ["with an empty line before it", "three\n|one\ntwo|\n", "Control+Shift+7", "three\n\n1. one\n2. two\n", "ol(one, two)"],
  ["and paragraphs again", "|* one\n* two|\n", "Control+Shift+8", "one\ntwo\n", ""],
  ["a list takes the post's bullet", "- one\n\nwo|rd\n", "Control+Shift+8", "- one\n\n- word\n", null],
  ["a list becomes tasks", "|* one\n* two|\n", "Control+Shift+9", "* [ ] one\n* [ ] two\n", null],
  ["a quotation", "a\n|one\n\ntwo|\n", "Control+Shift+.", "a\n\n> one\n>\n> two\n", null],
  ["a heading and back", "a\nwor|d\nb\n", "Control+Alt+3", "a\n\n### word\n\nb\n", null],
  ["a heading of another level", "## wor|d\n", "Control+Alt+3", "### word\n", null],
  ["a block of code", "a\n|one\ntwo|\nb\n", "Control+e", "a\n\n```\none\ntwo\n```\n\nb\n", null],
  ["and words again", "a\n\n```\non|e\n```\n", "Control+e", "a\n\none\n", null],
  ["code of a word, and back", "a wor|d here\n", "Control+e X Control+e Y", "a worXYd here\n", null],
  ["bold at a word's end", "a word|\n", "Control+b X", "a **wordX**\n", null],
  ["bold leaves out spaces", "a| word |here\n", "Control+b", "a **word** here\n", null],
  ["a star over words makes them bold in two", "a |word| here\n", "* *", "a **word** here\n", null],
  ["a bracket over words", "a |word| here\n", "[", "a [word] here\n", null],
  ["a star over an empty line is a star", "a\n|\n|b\n", "*", "a\n*b\n", null],
  ["Tab in code indents it", "```\ncod|e\n```\n", "Tab X", "```\n  codXe\n```\n", null],
  ["Tab in a paragraph keeps the cursor", "wor|d\n", "Tab X", "worXd\n", null],
] as const) {
  test(name, async ({ editor: { page, write, undo } }) => {
    await write(marked)
    for (const key of keys.split(" ")) await page.keyboard.press(key)
    await body(page).toBe(wanted)
    if (shown !== null) await lists(page).toBe(shown)
    await undo(marked.replaceAll("|", ""))
  })
}

test("Tab is kept and told once; Escape before it leaves the text", async ({ page, galley }) => {
  await openPost(page, galley, tides)
  await source(page).focus()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type("word")
  await page.keyboard.press("Tab")
  await expect(page.locator(".keep")).toContainText("Escape, then Tab")
  await expect(source(page)).toBeFocused()
  await page.keyboard.press("Escape")
  await page.keyboard.press("Tab")
  await expect(source(page)).not.toBeFocused()
})

test("all of it stands among the commands", async ({ editor: { page, write } }) => {
  await write("wor|d\n")
  await page.keyboard.press("ControlOrMeta+Shift+P")
  await page.getByRole("dialog").getByRole("combobox").fill("heading 2")
  await page.keyboard.press("Enter")
  await body(page).toBe("## word\n")
})
