// What a merge does, in sentences.
import { expect, test } from "@playwright/test"
import { mergingOf } from "../src/forge/pulls"
import type { PullFile } from "../src/protocol/server"

const file = (path: string, old: string | null, now: string | null): PullFile =>
  ({ path, old, new: now, oldBlob: old === null ? "" : "a" + old, blob: now === null ? "" : "a" + now, own: false, text: true })
const words = "---\ntitle: Boats\n---\n\nA harbour.\nTwo boats.\n"

test("a merge is told by what it does", () => {
  for (const [files, want] of [
    [[file("a.md", "x", "y")], "a.md goes into main, which the site is published from."],
    [[file("a.md", null, "y")], "a.md goes into main, which the site is published from."],
    [[file("a.md", "x", "y"), file("b.md", null, "z")], "2 files go into main, which the site is published from."],
    [[file("a.md", words, null)], "a.md is taken off main, which the site is published from."],
    [[file("a.md", words, null), file("b.md", "x", null)], "2 files are taken off main, which the site is published from."],
    [[file("a.md", words, null), file("b.md", null, words)], "a.md becomes b.md on main, which the site is published from."],
    [[file("b.md", null, words.replace("Boats\n", "Boats\nredirect_from: /a/\n")), file("a.md", words, null)], "a.md becomes b.md on main, which the site is published from."],
    [[file("a.md", words, null), file("b.md", null, "other\n")], "b.md goes into main, which the site is published from. a.md is taken off main."],
    [[{ ...file("a.png", null, null), oldBlob: "1" }], "a.png is taken off main, which the site is published from."],
  ] as const) expect(mergingOf(files, "main", true)).toBe(want)
  expect(mergingOf([file("a.md", words, null)], "the edition of 2 May 2026", false)).toBe("a.md is taken off the edition of 2 May 2026.")
})
