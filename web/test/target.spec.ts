import { expect, test } from "@playwright/test"
import { Failure, type Api } from "../src/forge/api"
import type { AppContext } from "../src/ui/app-context"
import type { Draft } from "../src/post/drafts"
import { placeName, shownBranches, targetBranches } from "../src/forge/branches"
import { leadsToEditions, openEdition, whyOver } from "../src/forge/editions"
import { isSame } from "../src/forge/people"
import { firstPlace } from "../src/text/first-place"
import { decideOpening } from "../src/post/life/opening"
import type { PostFile, Pull, PullFile } from "../src/protocol/server"
import { findAdding, retitled, sortPulls, standing } from "../src/forge/pulls"
import { editAddress, parseRoute } from "../src/protocol/routes"
import { leavingPull } from "../src/post/life/target"
import { continueAddress, copyPull, readInPull } from "../src/post/in-pull"

const path = "_posts/2026-08-16-update.md"
const pull = {
  number: 7, title: "Edit", body: "", state: "open", base: "20260816", branch: "bo:galley/bo/x", head: "c".repeat(40), author: { login: "bo", name: "Bo" },
  url: "/pulls/7", updated: "2026-08-17T10:00:00Z", paths: [path], checks: "", review: "", canPush: true, mergeable: "", preview: "",
} as Pull
const place = { branch: pull.branch, path, into: pull.base, pull: 7 }
const file: PullFile = { path, old: "old", new: "new", oldBlob: "1".repeat(40), blob: "2".repeat(40), own: false, text: true }

/// A server that has the pull request and, on its base, the post.
function server(pull: Pull, files: PullFile[], posts: Record<string, string> = {}): Api {
  return {
    pull: async () => ({ pull, files }),
    post: async (branch: string, path: string): Promise<PostFile> => {
      const text = posts[branch]
      if (text === undefined) throw new Failure({ kind: "not-found", sentence: "There is none." })
      return { path, text, blob: "3".repeat(40), commit: "", branch, url: "" }
    },
  } as unknown as Api
}

test("a pull request is continued from its own text", async () => {
  const { file: found, target } = (await readInPull(server(pull, [file]), place))!
  expect(found).toMatchObject({ text: "new", blob: "2".repeat(40), branch: "bo:galley/bo/x" })
  expect(target).toEqual({ into: "20260816", pull: 7, title: "Edit", url: "/pulls/7" })
  const address = continueAddress(pull, path)
  expect(parseRoute(new URL(address, "http://x"))).toEqual({ screen: "edit", branch: "bo:galley/bo/x", path, into: "20260816", pull: 7, line: 0, history: false })
  expect(parseRoute(new URL("/edit?path=a&pull=x7", "http://x"))).toMatchObject({ pull: 0, into: "" })
})

test("what is not open, or not to be written to, is not continued", async () => {
  const merged = (await readInPull(server({ ...pull, state: "merged" }, [file], { "20260816": "there" }), place))!
  expect(merged.target).toMatchObject({ into: "20260816", pull: 0 })
  expect(merged.file?.text).toBe("there")
  expect(merged.notice).toContain("#7 is merged")
  const gone = (await readInPull(server({ ...pull, state: "closed" }, [file]), place))!
  expect(gone.file).toBeNull()
  await expect(readInPull(server({ ...pull, canPush: false }, [file]), place)).rejects.toThrow("may not write")
  await expect(readInPull(server(pull, [{ ...file, new: null }]), place)).rejects.toThrow("not text")
  // It deletes the post, or changes others only.
  expect((await readInPull(server(pull, [{ ...file, new: null, blob: "" }]), place))?.file).toBeNull()
  expect((await readInPull(server(pull, [], { "20260816": "there" }), place))?.file?.text).toBe("there")
})

test("a draft outlives the pull request that it continued", async () => {
  const draft = { path, text: "mine", blob: "2".repeat(40), base: "new", sent: ["4".repeat(40)], submitted: { number: 7, url: "", text: "sent" } } as Draft
  const kept = async () => draft
  const forbidden = (await readInPull(server({ ...pull, canPush: false }, [file], { "20260816": "there" }), place, kept))!
  expect(forbidden.target).toMatchObject({ into: "20260816", pull: 0 })
  expect(forbidden.file?.text).toBe("there")
  // What is in the pull request is in none of the base: it counts as the draft's.
  const left = leavingPull(draft, forbidden.began)
  expect(left).toMatchObject({ text: "mine", blob: "1".repeat(40), base: "old", left: true })
  expect([left.sent, left.submitted]).toEqual([undefined, undefined])
  expect(decideOpening(forbidden.file, left, "20260816").kind).toBe("choose")
  expect(leavingPull(left, { blob: "", text: "", head: "" })).toBe(left)
  const closed = (await readInPull(server({ ...pull, state: "closed" }, [file]), place, kept))!
  expect(closed.notice).toContain("This is your draft")
  expect(closed.began).toEqual({ blob: "1".repeat(40), text: "old", head: "2".repeat(40) })
  // What was merged is there.
  const merged = (await readInPull(server({ ...pull, state: "merged" }, [file], { "20260816": "there" }), place, kept))!
  expect(leavingPull(draft, merged.began)).toMatchObject({ base: "sent", blob: draft.blob })
})

test("a copy starts from what the pull request started from, and replaces no draft", async () => {
  const kept = new Map<string, Draft>()
  const app = {
    site: { name: "s", person: { login: "ana", name: "Ana" } },
    drafts: {
      get: async (key: Draft) => kept.get(key.branch + key.path),
      put: async (draft: Draft) => kept.set(draft.branch + draft.path, draft),
    },
  } as unknown as AppContext
  const address = editAddress("20260816", path)
  expect(await copyPull(app, pull, file)).toEqual({ address, taken: false })
  expect(kept.get("20260816" + path)).toMatchObject({ person: "ana", text: "new", blob: "1".repeat(40), base: "old" })
  expect(await copyPull(app, pull, file)).toEqual({ address, taken: false })
  kept.get("20260816" + path)!.text = "mine"
  expect(await copyPull(app, pull, file)).toEqual({ address, taken: true })
  expect(kept.get("20260816" + path)!.text).toBe("mine")
})

test("on a pull request's branch one's own submission is no stranger", () => {
  const draft: Draft = { site: "", person: "", branch: "b", path, text: "more", blob: "1", base: "one", title: "", updated: 0, version: 1, sent: ["2"] }
  const found = (blob: string, text: string): PostFile => ({ path, text, blob, commit: "", branch: "b", url: "" })
  expect(decideOpening(found("2", "two"), draft, "b")).toMatchObject({ kind: "open", text: "more", blob: "2", base: "two", discard: false })
  expect(decideOpening(found("2", "more"), draft, "b")).toMatchObject({ kind: "open", discard: true })
  expect(decideOpening(found("4", "theirs"), draft, "b")).toMatchObject({ kind: "choose" })
})

test("editions are found among branches", () => {
  const branches = [
    { name: "main", head: "", default: true },
    { name: "20260816", head: "", default: false, edition: "2026-08-16", open: true },
    { name: "20260809", head: "", default: false, edition: "2026-08-09" },
    { name: "redesign", head: "", default: false },
  ]
  expect(openEdition(branches, "20260816")?.name).toBe("20260816")
  expect(openEdition(branches, "20260809")).toBeUndefined()
  expect(whyOver(branches, "20260809", "main")).toContain("The edition of 9 August 2026 is on main")
  expect(whyOver(branches, "20260802", "main")).toContain("The branch 20260802 is not there any more")
  expect(["main", "20260816", "redesign"].map(name => whyOver(branches, name, "main"))).toEqual(["", "", ""])
  expect(["", "main", "20260809", "redesign"].map(name => leadsToEditions(branches, name, "main"))).toEqual([true, true, true, false])
})

test("an open pull request that adds a post is found", async () => {
  const path = "_posts/2026-08-16-week.md"
  const file = { path, old: null, new: "", blob: "1", oldBlob: "" } as PullFile
  const files: Record<number, PullFile[]> = { 6: [{ ...file, old: "there" }], 7: [file], 8: [file] }
  const api = {
    pulls: async () => [{ ...pull, number: 8, state: "merged" as const }, { ...pull, number: 6 }, { ...pull, number: 5 }, pull],
    pull: async (number: number) => {
      if (!files[number]) throw new Error("it is not there")
      return { pull: { ...pull, number }, files: files[number] }
    },
  } as unknown as Api
  expect((await findAdding(api, path))?.number).toBe(7)
  expect(await findAdding(api, "_posts/2026-08-23-week.md")).toBeNull()
})

test("how a pull request stands is told in words", () => {
  expect(standing(pull)).toEqual([])
  expect(standing({ ...pull, review: "approved", checks: "failing", mergeable: "conflict" }).map(w => w.text)).toEqual(["approved", "tests fail", "collides with 20260816"])
  expect(retitled(pull, pull.title, pull.author)).toBe("")
  expect(retitled(pull, "", pull.author)).toBe("")
  expect(retitled(pull, "Another", pull.author)).toBe(`Pull request #${pull.number} is called “${pull.title}” now. This changes its title.`)
  expect(retitled(pull, "Another", { login: "ana", name: "Ana" })).toContain(`keeps the title that ${pull.author.name} gave it, “${pull.title}”. Yours names the commit.`)
  expect(standing({ ...pull, state: "merged", review: "approved" })).toEqual([{ text: "merged", bad: false }])
  expect(isSame(pull.author, { login: "bo", name: "Robert" })).toBe(true)
  expect(isSame(pull.author, { login: "ana", name: "Bo" })).toBe(false)
  const list = [{ ...pull, number: 1, state: "closed" as const }, { ...pull, number: 2, base: "main" }, pull]
  expect(sortPulls(list, "20260816").map(p => p.number)).toEqual([7, 2, 1])
})

test("a new post is written where its text begins", () => {
  for (const [text, rest] of [
    ["---\ntitle: x\n---\n\n## News\n", "## News\n"],
    ["---\r\ntitle: x\r\n---\r\n\r\n\tNews", "\tNews"],
    ["\ufeff---\n---\nA", "A"],
    ["---\ntitle: x\n---\n\n", ""],
    ["No front matter", "No front matter"],
    ["", ""],
  ] as const) expect(text.slice(firstPlace(text))).toBe(rest)
})

test("submissions' branches are no places to begin or end at", () => {
  const branches = ["galley/bo/x", "galley/bo/y", "main", "20260816"].map(name => ({ name, head: "", default: name === "main" }))
  const names = (list: { name: string }[]) => list.map(b => b.name)
  expect(names(targetBranches(branches, ""))).toEqual(["main", "20260816"])
  expect(names(targetBranches(branches, "else"))).toEqual(["else", "main", "20260816"])
  expect(names(shownBranches(branches, [{ ...pull, branch: "galley/bo/y" }], "main"))).toEqual(["main", "20260816", "galley/bo/y"])
  expect(names(shownBranches(branches, [{ ...pull, branch: "galley/bo/y", state: "merged" }], "galley/bo/x"))).toEqual(["galley/bo/x", "main", "20260816"])
})

test("a branch is called what it is for", () => {
  const branches = [{ name: "main", head: "", default: true }, { name: "20260816", head: "", default: false, edition: "2026-08-16" }]
  const pulls = [{ ...pull, number: 7, state: "open" as const, branch: "galley/bo/y" }]
  const called = (name: string) => placeName(name, branches, pulls)
  expect(["main", "20260816", "galley/bo/y", "galley/bo/gone", "else"].map(called)).toEqual(["main", "the edition of 16 August 2026", "pull request #7", "galley/bo/gone", "else"])
})
