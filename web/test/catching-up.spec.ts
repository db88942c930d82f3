import { expect, test } from "@playwright/test"
import type { Api } from "../src/forge/api"
import type { Piece, PostFile, Problem, Pull, PullFile, Renamed, Writer } from "../src/protocol/server"
import { meetingOf, originOf } from "../src/text/origin"
import type { Draft } from "../src/post/drafts"
import { reading } from "../src/post/life/begin"
import type { Effect, Event } from "../src/post/life/events"
import type { Life, Open } from "../src/post/life/state"
import { step } from "../src/post/life/step"
import { ownTarget } from "../src/post/life/target"
import { resolve, type CatchUp, type PieceChoice } from "../src/post/merge"
import { createSectionWriters, type SectionWriters } from "../src/post/section-writers"

const path = "_posts/2026-08-16-update.md"
const [B, R, S] = ["b", "e", "5"].map(sign => sign.repeat(40)) as [string, string, string]
const fileOn = (branch: string, text: string, blob: string, commit = "c".repeat(40)): PostFile => ({ path, text, blob, commit, branch, url: "" })
const own = "galley/ada/2026-08-16-update"
const pull = {
  number: 3, title: "Edit", body: "Writing: News", state: "open", base: "main", branch: own, head: "d".repeat(40), author: { login: "ada", name: "Ada" },
  url: "/pulls/3", updated: "", paths: [path], writing: ["News"], checks: "", review: "", canPush: true, mergeable: "", preview: "",
} as Pull
const inPull: PullFile = { path, old: "before", new: "reviewed", oldBlob: B, blob: R, own: true, text: true }

test("what a text was made from stays, when somebody pushes to the pull request's branch", () => {
  const origin = { ...originOf(B, "base"), merged: "m", seen: ["older"] }
  const theirs = fileOn(own, "reviewed", R)
  const on = meetingOf(origin, theirs, { branch: "main", isBase: true, shared: "submitted" })
  expect(on.base).toBe("submitted")
  expect(on.next).toEqual({ ...origin, seen: [R], onBranch: "reviewed", branch: own })
  // The branch itself.
  const main = meetingOf(origin, fileOn("main", "new base", S, "commit"), { branch: "main", isBase: true, shared: "" })
  expect(main).toMatchObject({ base: "base", since: B, next: { blob: S, text: "new base", merged: "commit", seen: ["older"] } })
  // Continued, the branch of the origin is the pull request's: nothing of its base is merged.
  const continued = meetingOf(origin, theirs, { branch: own, isBase: false, shared: "" })
  expect(continued).toMatchObject({ base: "base", next: { blob: R, text: "reviewed", merged: "m" } })
})

test("once somebody else's text was on the branch, one's own from before no longer count", () => {
  const origin = { ...originOf(B, "base"), sent: [S] }
  const on = (theirs: PostFile, branch: string, isBase: boolean, from = origin) => meetingOf(from, theirs, { branch, isBase, shared: "" }).next.sent
  expect(on(fileOn(own, "reviewed", R), "main", true)).toEqual([])
  expect(on(fileOn(own, "reviewed", R), own, false)).toEqual([])
  // The base is another branch.
  expect(on(fileOn("main", "new base", R), "main", true)).toEqual([S])
  expect(on(fileOn(own, "reviewed", R), "main", true, { ...origin, seen: [R] } as typeof origin)).toEqual([S])
})

const form = { base: "main", title: "Edit", message: "", signOff: false }

/// A post that is open with a draft, whose effects are answered here.
function opened({ text = "mine", submitted = undefined as Draft["submitted"], meets = null as PostFile | null } = {}) {
  const draft: Draft = { site: "", person: "", branch: "main", path, text, blob: B, base: "base", title: "", updated: 0, version: 1, submitted }
  let life: Life = reading({ branch: "main", path, into: "", pull: 0 })
  const asked: Effect[] = []
  const send = (event: Event) => {
    const { state, effects } = step(life, event)
    life = state
    asked.push(...effects)
  }
  send({ type: "read", read: {
    place: { branch: "main", path, into: "", pull: 0 }, file: meets ?? fileOn("main", "base", B), draft, other: null, unread: false, fresh: null, target: ownTarget, left: false, began: null, renamed: null, notice: "", asBefore: false,
  } })
  send({ type: "tab", writer: true })
  return {
    send, open: () => life as Open,
    /// The last effect of a kind.
    last: <D extends Effect["do"]>(what: D) => asked.findLast(effect => effect.do === what) as Extract<Effect, { do: D }>,
    merged: (mine: string) => {
      const { ticket, theirs, base, next } = asked.findLast(effect => effect.do === "merge") as Extract<Effect, { do: "merge" }>
      send({ type: "merged", ticket, now: mine, up: { theirs, mine, base, next, text: "merged", pieces: [], who: () => undefined } })
    },
  }
}

test("what was submitted and merged is what both texts are made from", () => {
  const theirs = fileOn("main", "submitted, and changed by another", S)
  const submitted = { number: 3, url: "", text: "submitted" }
  const post = opened({ submitted, meets: theirs })
  const { ticket, landing } = post.last("gather")
  expect(landing).toEqual({ number: 3, base: "main" })
  post.send({ type: "gathered", ticket, now: "mine", shared: null, landed: true })
  expect(post.last("merge")).toMatchObject({ base: "submitted" })
  post.merged("mine")
  expect(post.last("write")).toMatchObject({ text: "merged", from: { blob: S, text: theirs.text, onBranch: null } })
  expect(post.open().submission.is).toBe("landed")
  // While its pull request is open, the base has none of it.
  const open = opened({ submitted, meets: theirs })
  open.send({ type: "gathered", ticket: open.last("gather").ticket, now: "mine", shared: null, landed: false })
  expect(open.last("merge")).toMatchObject({ base: "base" })
})

/// Submits, and finds somebody else's text.
function stale(post: ReturnType<typeof opened>, found: PostFile | null): void {
  post.send({ type: "submit opened", now: "mine", base: "main" })
  post.send({ type: "found", ticket: post.last("look").ticket, now: "mine", file: fileOn("main", "base", B), renamed: null })
  post.send({ type: "submit", now: "mine", text: "mine", blob: S, form })
  post.send({ type: "kept", ticket: post.last("keep").ticket, now: "mine", draft: { version: 2, text: "mine" } as Draft })
  const problem = { kind: "stale", sentence: "It was changed." } as Problem
  post.send({ type: "not submitted", ticket: post.last("submit").ticket, now: "mine", problem, found })
}

test("from another computer a draft meets its pull request from what that began with, once it has met the base", () => {
  const post = opened()
  stale(post, fileOn(own, "reviewed", R))
  post.send({ type: "gathered", ticket: post.last("gather").ticket, now: "mine", shared: "before", landed: false })
  post.send({ type: "found", ticket: post.last("look").ticket, now: "mine", file: fileOn("main", "base", B), renamed: null })
  expect(post.last("merge")).toMatchObject({ base: "before", theirs: { text: "reviewed" } })
  post.merged("mine")
  expect(post.open().origin).toMatchObject({ blob: B, text: "base", seen: [R], sent: [], onBranch: "reviewed" })
  expect(post.open().submitting).toMatchObject({ is: "asking", text: "merged" })
})

test("what cannot be found out is not guessed", () => {
  const post = opened()
  stale(post, fileOn(own, "reviewed", R))
  const problem = { kind: "unavailable", sentence: "It does not answer." } as Problem
  post.send({ type: "not gathered", ticket: post.last("gather").ticket, now: "mine", problem })
  expect(post.last("merge")).toBeUndefined()
  expect(post.open().meeting).toMatchObject({ is: "choosing", mine: "mine", theirs: { text: "reviewed" } })
})

test("what is sent is what was shown, with what that was made from", () => {
  const post = opened({ meets: fileOn("main", "new base", S) })
  post.send({ type: "submit opened", now: "mine", base: "main" })
  // The draft was still being merged: the dialog shows what became of it.
  post.merged("mine")
  expect(post.open().submitting).toMatchObject({ is: "asking", text: "merged", origin: { blob: S } })
  post.send({ type: "submit", now: "merged", text: "mine", blob: "", form })
  expect(post.last("submit")).toBeUndefined()
})

test("another tab's text is taken with what it was made from", () => {
  const post = opened({ meets: fileOn("main", "new base", S) })
  post.merged("mine")
  const theirs = { site: "", person: "", branch: "main", path, text: "theirs", blob: B, base: "base", title: "", updated: 0, version: 7 } as Draft
  post.send({ type: "due", ticket: post.last("wait").ticket, now: "merged" })
  post.send({ type: "moved on", ticket: post.last("keep").ticket, now: "merged", theirs })
  expect(post.open().other).toBe(theirs)
  post.send({ type: "chose tab", text: "theirs", shown: "mine", now: "mine" })
  expect(post.open().origin).toMatchObject({ blob: B, text: "base" })
  post.send({ type: "due", ticket: post.last("wait").ticket, now: "theirs" })
  expect(post.last("keep")).toMatchObject({ seen: 7, draft: { text: "theirs", blob: B } })
})

test("what others do to a post that is open is told once, and changes nothing in it", () => {
  const post = opened()
  const tell = (blob: string, renamed?: Renamed, branch = "main") => post.send({ type: "elsewhere", branch, where: `on ${branch}`, standing: { blob, ...(renamed ? { renamed } : {}) } })
  const { origin } = post.open()
  tell(B)
  tell("another branch's", undefined, "other")
  expect(post.open().notice).toBe("")
  tell("new")
  expect(post.open().notice).toContain("This post was changed on main meanwhile.")
  post.send({ type: "notice", sentence: "" })
  tell("new")
  expect(post.open().notice).toBe("")
  const renamed = { path: "_posts/new.md", person: { login: "ben", name: "Ben" } } as Renamed
  tell("", renamed)
  expect(post.open().renamed).toBe(renamed)
  tell("new")
  expect(post.open().renamed).toBeNull()
  tell("")
  expect(post.open().notice).toContain("This post is not on main any more.")
  expect(post.open().origin).toBe(origin)
  expect(post.last("merge")).toBeUndefined()
})

test("what others did and took back is told no longer, and changes nothing", () => {
  for (const between of ["new", ""]) {
    const post = opened()
    const { origin } = post.open()
    const tell = (blob: string) => post.send({ type: "elsewhere", branch: "main", where: "in the edition of 16 August 2026", standing: { blob } })
    tell(between)
    expect(post.open().notice).toMatch(/^This post (was changed|is not) in the edition of 16 August 2026/)
    tell(origin.blob)
    expect(post.open()).toMatchObject({ notice: "", origin, elsewhere: origin.blob })
    // And what they do next is told again.
    tell(between)
    expect(post.open().notice).not.toBe("")
    post.send({ type: "notice", sentence: "Something else." })
    tell(origin.blob)
    expect(post.open().notice).toBe("Something else.")
  }
})

test("a draft is taken to where the post was renamed to, and only once it is kept", () => {
  const post = opened()
  post.send({ type: "submit opened", now: "mine", base: "main" })
  post.send({ type: "found", ticket: post.last("look").ticket, now: "mine", file: "gone", renamed: { path: "_posts/new.md", person: { login: "ben", name: "Ben" } } as Renamed })
  expect(post.open().renamed?.path).toBe("_posts/new.md")
  post.send({ type: "follow", address: "/there", now: "mine" })
  expect(post.last("carry")).toBeUndefined()
  post.send({ type: "kept", ticket: post.last("keep").ticket, now: "mine", draft: { version: 2, text: "mine" } as Draft })
  expect(post.last("carry")).toMatchObject({ to: { path: "_posts/new.md" }, draft: { text: "mine", blob: B, base: "base" }, over: 0 })
  expect(post.last("go")).toBeUndefined()
  expect(post.last("discard"), "before it is there").toBeUndefined()
  post.send({ type: "carried", ticket: post.last("carry").ticket })
  expect(post.last("discard").seen).toBe(2)
  expect(post.last("go").address).toBe("/there")
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
  const chosen = (text: string, choice: PieceChoice, one?: Piece) => resolve(merged(text, one), [choice]).text
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

test("pictures go with the draft that they were for, and with no other", () => {
  const forgets = (draft: Draft | undefined, kept: { other?: Draft; unread?: boolean }) => {
    const { effects } = step(step(reading({ branch: "main", path, into: "", pull: 0 }), { type: "read", read: {
      place: { branch: "main", path, into: "", pull: 0 }, file: fileOn("main", "base", B), draft, other: null, unread: false, fresh: null, target: ownTarget, left: false, began: null, renamed: null, notice: "", asBefore: false, ...kept,
    } }).state, { type: "tab", writer: true })
    return effects.some(effect => effect.do === "forget pictures")
  }
  const other: Draft = { site: "", person: "", branch: "main", path, text: "![](/a.png)", blob: B, base: "base", title: "", updated: 0, version: 1 }
  const done = { ...other, blob: "b1", text: "base" } // what it had is in the file by now
  expect(forgets(done, {})).toBe(true)
  expect(forgets(done, { other })).toBe(false)
  expect(forgets(other, {})).toBe(false)
  // Cut, and not yet put in elsewhere.
  expect(forgets(undefined, {})).toBe(false)
})

test("what was given back is gone on with, and the hint says so", async () => {
  const mine = { section: "News", number: 3, person: { name: "Ada" }, url: "", state: "announced", own: true } as Writer
  let left = [mine]
  let hint = ""
  const empty = { ...pull, number: 3, base: "main", state: "open", branch: `galley/ada/${path.replace(/^.*\/|\.md$/g, "")}`, paths: [] as string[] } as Pull
  await take({
    writers: async () => left, pulls: async () => [empty], pull: async () => ({ pull, files: [inPull] }),
  }, 0, async writers => {
    expect(writers.hint()).toContain("adds the section to the description of pull request #3")
    left = []
    await writers.giveBack("news")
    hint = writers.hint()
  })
  expect(hint).toBe("“I am writing this” goes on with your pull request #3, which changes nothing yet: its description tells others.")
})
