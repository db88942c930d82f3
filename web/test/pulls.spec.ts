// What a merge does, and what is open for a post, in sentences.
import { expect, test } from "@playwright/test"
import { goingTo } from "../src/forge/branches"
import { titleIn } from "../src/forge/posts"
import { reviewOf } from "../src/forge/reviews"
import { emptyOf, isClaim, mergingOf, openOf, previewHost, standing } from "../src/forge/pulls"
import type { Discussion } from "../src/protocol/review"
import type { Pull, PullFile } from "../src/protocol/server"

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

test("a preview is at the host of an address that can be followed", () => {
  for (const [address, host] of [
    ["https://deploy-preview-1--notes.netlify.app/x", "deploy-preview-1--notes.netlify.app"], ["http://127.0.0.1:4000/", "127.0.0.1:4000"],
    ["javascript:alert(1)", ""], ["/pulls/1", ""], ["https://", ""], ["", ""],
  ] as const) expect(previewHost(address)).toBe(host)
})

test("a pull request that changes nothing yet is told", () => {
  const pull = { state: "open", branch: "galley/ada/2026-08-16-update", paths: [] as string[] } as unknown as Pull
  expect(isClaim(pull, "_posts/2026-08-16-update.md")).toBe(true)
  expect(isClaim(pull, "_posts/2026-08-23-update.md")).toBe(false)
  expect(isClaim({ ...pull, paths: ["_posts/2026-08-16-update.md"] }, "_posts/2026-08-16-update.md")).toBe(false)
  expect(isClaim({ ...pull, state: "closed" }, "_posts/2026-08-16-update.md")).toBe(false)
  expect([openOf(0, 0), openOf(0, 1), openOf(0, 2), openOf(1, 0), openOf(2, 1)]).toEqual([
    "None is open for it.", "One is open that changes nothing yet.", "2 are open that change nothing yet.",
    "One is open and not in it yet.", "2 are open and not in it yet; one is open that changes nothing yet.",
  ])
})

test("one without changes says what can be done with it", () => {
  expect([emptyOf(true, true), emptyOf(true, false), emptyOf(false, true), emptyOf(false, false)]).toEqual([
    "It changes nothing. Write in it, or close it.", "It changes nothing. Write in it.", "It changes nothing. Close it where nothing is to come.", "It changes nothing.",
  ])
})

test("what was approved before others pushed is an earlier version", () => {
  const discussion = (head: string) => ({ head, verdicts: [{ author: { login: "ben" }, review: "approved", commit: "1", dismissed: false }] }) as unknown as Discussion
  const pull = { state: "open", review: "approved" } as Pull
  expect(standing({ ...pull, review: reviewOf(pull, discussion("1")) }).map(word => word.text)).toEqual(["approved"])
  expect(standing({ ...pull, review: reviewOf(pull, discussion("2")) }).map(word => word.text)).toEqual(["an earlier version approved"])
  // Who approves the head meanwhile does not wait for the pull request to be read again.
  expect(reviewOf({ ...pull, review: "earlier" }, discussion("1"))).toBe("approved")
})

test("pull requests and posts are called as people call them", () => {
  const pulls = [{ number: 6, title: "Boats", branch: "galley/ada/boats", state: "open" }] as Pull[]
  expect(goingTo("galley/ada/boats", "pull request #6", pulls)).toBe("Go to the posts of pull request #6: Boats")
  expect(goingTo("main", "main", pulls)).toBe("Go to branch main")
  expect(titleIn("---\ntitle: \"Pics of January\"\n---\n")).toBe("Pics of January")
  expect(titleIn("---\nlayout: post\n---\n")).toBe("")
})
