// Whom an empty section concerns.
import { expect, test } from "@playwright/test"
import { concerning } from "../src/post/own-sections"
import type { Writer } from "../src/protocol/server"

const writer = (section: string, own: boolean) => ({ section, own }) as Writer

test("who shares a post is told of empty sections of their own, and who has none of all", () => {
  for (const end of ["\n", "\r\n"]) {
    const text = ["---", "title: T", "---", "", "## News", "", "### Small", "", "## Events", ""].join(end)
    const at = (words: string) => ({ code: "empty-section", from: text.indexOf(words) })
    const found = [{ code: "todo", from: 0 }, at("### Small"), at("## Events")]
    expect(concerning(found, text, [writer("News", true), writer("Events", false)])).toEqual(found.slice(0, 2))
    expect(concerning(found, text, [writer("Events", true), writer("News", false)])).toEqual([found[0], found[2]])
    expect(concerning(found, text, [writer("Events", false)])).toEqual(found)
    expect(concerning(found, text, [writer("News", true)])).toEqual(found)
    expect(concerning(found, text, [])).toEqual(found)
  }
})
