import { expect, test } from "@playwright/test"
import { Failure, type Api } from "../src/forge/api"
import { resolve, type CatchUp, type Choice } from "../src/post/merge"
import { meetingOf, originOf, sentAfter, type Origin } from "../src/editor/origin"
import type { Piece, PostFile, Pull, PullFile, Writer } from "../src/protocol/server"
import { createCatchingUp } from "../src/post/newer-post"
import { createSectionWriters, type SectionWriters } from "../src/post/section-writers"

const path = "_posts/2026-08-16-update.md"
const [B, R, S] = ["b", "e", "5"].map(sign => sign.repeat(40)) as [string, string, string]
const fileOn = (branch: string, text: string, blob: string, commit = "c".repeat(40)): PostFile => ({ path, text, blob, commit, branch, url: "" })
const own = "galley/ada/2026-08-16-update"
const pull = {
  number: 3, title: "Edit", body: "Writing: News", state: "open", base: "main", branch: own, head: "d".repeat(40), author: { login: "ada", name: "Ada" },
  url: "/pulls/3", updated: "", paths: [path], writing: ["News"], checks: "", review: "", canPush: true, mergeable: "",
} as Pull
const inPull: PullFile = { path, old: "before", new: "reviewed", oldBlob: B, blob: R, own: true, text: true }

test("what a text was made from stays, when somebody pushes to the pull request's branch", () => {
  const origin = { ...originOf(B, "base"), merged: "m", seen: ["older"] }
  const theirs = fileOn(own, "reviewed", R)
  const on = meetingOf(origin, theirs, { branch: "main", isBase: true, shared: "submitted" })
  expect(on.base).toBe("submitted")
  expect(on.next).toEqual({ ...origin, seen: [R] })
  // The branch itself.
  const main = meetingOf(origin, fileOn("main", "new base", S, "commit"), { branch: "main", isBase: true, shared: "" })
  expect(main).toMatchObject({ base: "base", since: B, next: { blob: S, text: "new base", merged: "commit", seen: ["older"] } })
  // Continued, the branch of the origin is the pull request's: nothing of its base is merged.
  const continued = meetingOf(origin, theirs, { branch: own, isBase: false, shared: "" })
  expect(continued).toMatchObject({ base: "base", next: { blob: R, text: "reviewed", merged: "m" } })
})

test("once somebody else's text was on the branch, one's own from before no longer count", () => {
  const origin = originOf(B, "base")
  expect(sentAfter([S], origin, { ...origin, seen: [R] }, true)).toEqual([])
  expect(sentAfter([S], origin, { ...origin, blob: R }, false)).toEqual([])
  // The base is another branch.
  expect(sentAfter([S], origin, { ...origin, blob: R }, true)).toEqual([S])
  expect(sentAfter([S], { ...origin, seen: [R] }, { ...origin, seen: [R] }, true)).toEqual([S])
})

/// The model's part of catching up, on a server of which only this is asked.
function catching(api: Partial<Api>, { submitted = null as string | null, landed = null as string | null, text = "mine", origin = originOf(B, "base") } = {}) {
  const asked: { base: string; mine: string; theirs: string }[] = []
  let adopted: Origin | undefined
  const model = createCatchingUp({
    api: {
      mergeTexts: async (texts: { base: string; mine: string; theirs: string }) => {
        asked.push(texts)
        return { text: "merged", pieces: [] }
      },
      changes: async () => [],
      ...api,
    } as unknown as Api,
    branch: () => "main", path, isBase: () => true, text: () => text, origin: () => origin, submitted: () => submitted, landed: async () => landed,
    adopt: (_, from) => (adopted = from), onReady() {},
  })
  return { model, asked, adopted: () => adopted }
}

test("what was submitted and merged is what both texts are made from", async () => {
  const theirs = fileOn("main", "submitted, and changed by another", S)
  const { model, asked, adopted } = catching({}, { landed: "submitted", submitted: "submitted" })
  expect(await model.meet(theirs, "opened")).toBe("merged")
  expect(asked[0]).toMatchObject({ base: "submitted", mine: "mine" })
  expect(adopted()).toMatchObject({ blob: S, text: theirs.text })
  // While its pull request is open, the base has none of it.
  const open = catching({}, { submitted: "submitted" })
  await open.model.meet(theirs, "opened")
  expect(open.asked[0]).toMatchObject({ base: "base" })
})

test("from another computer a draft meets its pull request from what that began with", async () => {
  const { model, asked, adopted } = catching({ pulls: async () => [pull], pull: async () => ({ pull, files: [inPull] }) })
  expect(await model.meet(fileOn(own, "reviewed", R), "submitting")).toBe("merged")
  expect(asked).toMatchObject([{ base: "before", mine: "mine", theirs: "reviewed" }])
  expect(adopted()).toEqual({ ...originOf(B, "base"), seen: [R] })
})

test("what cannot be found out is not guessed", async () => {
  const { model, asked } = catching({ pulls: async () => Promise.reject(new Failure({ kind: "unavailable", sentence: "It does not answer." })) })
  expect(await model.meet(fileOn(own, "reviewed", R), "submitting")).toBe("unknown")
  expect(asked).toEqual([])
})

test("a pull request that does not change the post yet is brought up to date from its branch's text", async () => {
  const behind = { ...pull, base: "edition", mergeable: "conflict" } as Pull
  const { model, asked } = catching({
    pull: async () => ({ pull: behind, files: [] }),
    post: async (branch: string) => fileOn(branch, branch === own ? "as it began" : "new base", R),
  })
  await model.look(3)
  expect(await model.bringUp()).toBe("merged")
  expect(asked).toMatchObject([{ base: "as it began", theirs: "new base" }])
})

/// Takes a section and answers what was submitted and what the model heard.
async function take(api: Partial<Api>, number = 0, act = (writers: SectionWriters) => writers.take("Misc")) {
  Object.assign(globalThis, { document: Object.assign(new EventTarget(), { visibilityState: "hidden" }) })
  const sent: { text: string; blob: string; writing?: string[]; givenBack?: string[]; pull?: number }[] = []
  const taken: [PostFile, string][] = []
  const writers = createSectionWriters({
    api: {
      writers: async () => [],
      submit: async (s: (typeof sent)[number]) => {
        sent.push(s)
        return pull
      },
      ...api,
    } as unknown as Api,
    path, base: () => "main", editor: () => null, pull: () => number, continued: () => 0, title: () => "",
    own: pull => pull.author.login === "ada",
    onTaken: async (_, holds, before) => void taken.push([holds, before]),
    onNotice() {},
  })
  await writers.look()
  await act(writers)
  writers.destroy()
  expect(writers.store.get().trouble).toBe("")
  return { sent, taken }
}

test("a section is taken on what the pull request holds, and that is told apart from one's own", async () => {
  const { sent, taken } = await take({ pull: async () => ({ pull, files: [inPull] }) }, 3)
  expect(sent).toMatchObject([{ text: "reviewed", blob: R, writing: ["Misc"] }])
  expect(taken).toMatchObject([[{ text: "reviewed", blob: R, branch: own }, "before"]])
})

test("a section is taken in the pull request that was opened on another computer", async () => {
  const api: Partial<Api> = {
    pulls: async () => [{ ...pull, number: 9, author: { login: "ben", name: "Ben" } }, { ...pull, number: 8, state: "closed" }, pull] as Pull[],
    pull: async number => ({ pull: { ...pull, number }, files: [inPull] }),
  }
  expect((await take(api)).sent).toMatchObject([{ text: "reviewed", blob: R, writing: ["Misc"] }])
  const first = await take({ pulls: async () => [], post: async branch => fileOn(branch, "base", B) })
  expect(first.sent).toMatchObject([{ text: "base", blob: B, writing: ["Misc"] }])
  expect(first.taken).toMatchObject([[{ branch: "main", text: "base" }, "base"]])
})

test("a section is given back where it was taken", async () => {
  const mine = { section: "News", number: 3, person: { name: "Ada" }, url: "", state: "announced", own: true } as Writer
  const { sent, taken } = await take({
    writers: async () => [{ ...mine, own: false }, mine], pull: async () => ({ pull, files: [inPull] }),
  }, 0, writers => writers.giveBack("news"))
  expect(sent).toMatchObject([{ text: "reviewed", blob: R, givenBack: ["News"], pull: 3 }])
  expect(sent[0]).not.toHaveProperty("writing")
  expect(taken).toEqual([])
})

test("what is chosen ends its line where text follows", () => {
  const piece: Piece = { kind: "collision", from: 5, to: 15, matter: false, where: ["T"], base: "last", mine: "last mine\n", theirs: "last theirs" }
  const merged = (text: string, one: Piece = piece): CatchUp => ({
    theirs: fileOn("main", "", B), mine: "", base: "", next: originOf(B, ""), text, pieces: [one], who: () => undefined,
  })
  const chosen = (text: string, choice: Choice, one?: Piece) => resolve(merged(text, one), [choice]).text
  expect(chosen("# T\n\nlast mine\n# M\n", { take: "theirs" })).toBe("# T\n\nlast theirs\n# M\n")
  expect(chosen("# T\n\nlast mine\n\n# M\n", { take: "theirs" })).toBe("# T\n\nlast theirs\n\n# M\n")
  expect(chosen("# T\n\nlast mine\n# M\n", { take: "edit", text: "anew" })).toBe("# T\n\nanew\n# M\n")
  expect(chosen("# T\n\nlast mine\n# M\n", { take: "edit", text: "" })).toBe("# T\n\n# M\n")
  // At the end a text is as it was chosen; one's own keeps the file's last line end.
  expect(chosen("# T\n\nlast mine\n", { take: "theirs" })).toBe("# T\n\nlast theirs")
  expect(chosen("# T\n\nlast mine\n", { take: "edit", text: "anew" })).toBe("# T\n\nanew\n")
  const crlf = { ...piece, mine: "last mine\r\n", from: 7, to: 18 }
  expect(chosen("# T\r\n\r\nlast mine\r\n# M\r\n", { take: "theirs" }, crlf)).toBe("# T\r\n\r\nlast theirs\r\n# M\r\n")
})
