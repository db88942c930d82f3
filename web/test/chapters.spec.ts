import { expect, test } from "@playwright/test"
import { readFileSync } from "node:fs"
import { chapterAt, chapterName, chaptersOf } from "../src/text/chapters"
import { textOf } from "../src/text/file-text"

test("sections are those that the server finds", () => {
  const cases: { text: string; chapters: string[] }[] = JSON.parse(readFileSync("../internal/post/testdata/chapters.json", "utf8"))
  for (const { text, chapters } of cases) expect(chaptersOf(textOf(text)).map(chapter => chapter.name), JSON.stringify(text)).toEqual(chapters)
})

test("a heading is found where it stands", () => {
  const text = "---\ntitle: a\n---\nfirst\n\nOne\r\n---\r\n\r\ntext\n## Two\n"
  expect(chaptersOf(textOf(text))).toEqual([{ name: "One", from: text.indexOf("One") }, { name: "Two", from: text.indexOf("## Two") }])
  expect(chapterAt(textOf(text), text.indexOf("first"))).toBeNull()
  expect(chapterAt(textOf(text), text.indexOf("text"))?.name).toBe("One")
  expect([chapterName("## Two"), chapterName("One\r", "---\r"), chapterName("text", "## Two"), chapterName("", "---")]).toEqual(["Two", "One", "", ""])
})
