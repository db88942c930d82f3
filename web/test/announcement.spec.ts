import { expect, test } from "@playwright/test"
import { countOf } from "../src/text/announcement"

const long = "https://lwkd.info/2026/20260820-a-very-long-address"

test("networks count as they do", () => {
  for (const [text, plain, bluesky, mastodon] of [
    ["", 0, 0, 0],
    ["abc", 3, 3, 3],
    ["é", 1, 1, 1],
    ["e\u0301", 1, 1, 1],
    ["👩‍👩‍👧‍👦🇳🇴", 2, 2, 2],
    ["a\r\nb", 3, 3, 3],
    // The host and 15 letters of the path.
    ["https://lwkd.info/2026/20260820", 31, 9 + 14, 23],
    ["https://lwkd.info/", 18, 9, 23],
    ["http://x.example", 16, 9, 23],
    [long, long.length, 9 + 13 + 3, 23],
    [`See ${long}.`, 5 + long.length, 5 + 25, 5 + 23],
    [`(${long})`, 2 + long.length, 2 + 25, 2 + 23],
    ["https://x.example/a_(b)", 23, 9 + 6, 23],
    ["lwkd.info/2026", 14, 14, 14],
    ["thanks @ada@hachyderm.io!", 25, 25, 12],
    ["mail a@b.example", 16, 16, 16],
    ["#Tag @me", 8, 8, 8],
  ] as const) {
    expect([countOf(text, "plain"), countOf(text, "bluesky"), countOf(text, "mastodon")], text).toEqual([plain, bluesky, mastodon])
  }
})
