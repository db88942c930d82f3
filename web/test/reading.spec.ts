// What an address says of a pull request, and what is believed of it.
import { expect, test } from "@playwright/test"
import { Failure, type Api } from "../src/forge/api"
import type { Draft, Drafts } from "../src/post/drafts"
import { reading } from "../src/post/life/begin"
import type { Effect } from "../src/post/life/events"
import type { Life, Open, Place } from "../src/post/life/state"
import { step } from "../src/post/life/step"
import type { Pictures } from "../src/post/pictures"
import { readPost } from "../src/post/reading"
import { createSending } from "../src/post/sending"
import type { PostFile, Pull, PullFile, Submission } from "../src/protocol/server"
import { emptyStorage } from "./storage"

test.beforeEach(emptyStorage)

const path = "_posts/2026-08-16-update.md"
const onMain: PostFile = { path, text: "one\n", blob: "b0", commit: "c0", branch: "main", url: "/a" }
/// Mallory's, from her fork, to whose branch maintainers may write.
const pull = { number: 7, branch: "mallory:patch", base: "main", state: "open", canPush: true, head: "c7", title: "Typos", url: "/pulls/7" } as Pull
const files: PullFile[] = [{ path, old: "one\n", oldBlob: "b0", new: "mallory's\none\n", blob: "b7", own: false, text: true }]
const own = { site: "s", person: "ada", branch: "main", path, text: "one\nAda's\n", blob: "b0", base: "one\n", title: "", updated: 1, version: 5 } as Draft

/// Reads an address, in a browser with a draft, and opens it.
async function opened(at: Partial<Place>, { draft = own as Draft | undefined, pull: there = pull as Pull | null, up = true } = {}) {
  const down = () => Promise.reject(new Failure({ kind: "unavailable", sentence: "The server does not answer." }))
  const missing = (sentence: string) => Promise.reject(new Failure({ kind: "not-found", sentence }))
  const api = {
    pull: () => (!up ? down() : there ? Promise.resolve({ pull: there, files }) : missing("There is no such pull request.")),
    pulls: () => (up ? Promise.resolve(there ? [there] : []) : down()),
    post: (branch: string) => (!up ? down() : branch === "main" ? Promise.resolve(onMain) : missing("There is none.")),
  } as unknown as Api
  const place = { branch: "main", path, into: "", pull: 0, ...at }
  const key = { site: "s", person: "ada", branch: place.branch, path }
  const read = await readPost({ api, drafts: { get: async () => draft } as unknown as Drafts, key, place, fresh: null })
  let life = reading(place) as Life
  let effects: Effect[] = []
  const send = (event: Parameters<typeof step>[1]) => {
    const { state, effects: asked } = step(life, event)
    life = state
    effects = [...effects, ...asked]
  }
  send({ type: "read", read })
  send({ type: "tab", writer: true })
  const { notice, target, left, asks, initial } = life as Open
  send({ type: "submit opened", now: initial, base: "" })
  // What is there is looked for elsewhere.
  life = { ...(life as Open), meeting: { is: "calm" }, asks: [] }
  send({ type: "submit", now: initial, text: initial, blob: "b9", form: { base: target.into || place.branch, title: "Mine", message: "", signOff: false } })
  const kept = effects.findLast(effect => effect.do === "keep")
  if (kept) send({ type: "kept", ticket: kept.ticket, now: initial, draft: { ...own, version: 6 } })
  return { notice, target, left, asks, text: initial, kept: kept?.draft, sent: effects.find(effect => effect.do === "submit") }
}

test("a link takes no draft of one branch to the pull request of another", async () => {
  for (const into of ["", "main", "edition"]) {
    for (const there of [pull, { ...pull, canPush: false }, { ...pull, state: "closed" as const }, { ...pull, state: "merged" as const }, null]) {
      const { notice, target, text, asks, kept, sent } = await opened({ pull: 7, into }, { pull: there })
      expect(text).toBe(own.text)
      expect(asks).toEqual([])
      expect(target).toEqual({ into: "", pull: 0, title: "", url: "" })
      expect(notice).toBe("The address names pull request #7, which is not from the branch main. What you write here does not go into it.")
      expect(sent).toMatchObject({ pull: 0, blob: "b0", form: { base: "main" } })
      expect([kept!.pull, kept!.into, kept!.left]).toEqual([undefined, undefined, undefined])
    }
  }
})

test("nor without the server, where nobody says whose the pull request is", async () => {
  expect((await opened({ pull: 7, into: "main" }, { up: false })).sent).toMatchObject({ pull: 0 })
  // What was made in it is known to be from it.
  const made = { ...own, branch: pull.branch, pull: 7, into: "main" }
  expect(await opened({ branch: pull.branch, pull: 7, into: "other" }, { up: false, draft: made })).toMatchObject({ target: { into: "main", pull: 7 }, sent: { pull: 7 } })
})

test("what was submitted from a branch stays so, whatever a link says", async () => {
  const submitted = { number: 3, url: "u", title: "Mine", text: "one\nas submitted\n", base: "main", branch: "galley/ada/update" }
  const { kept } = await opened({ pull: 7, into: "main" }, { draft: { ...own, submitted }, pull: { ...pull, canPush: false } })
  expect(kept!.submitted).toMatchObject({ number: 3, text: submitted.text })
})

test("a pull request is continued on its own branch", async () => {
  const draft = { ...own, branch: pull.branch, text: "more\nmallory's\none\n", blob: "b7", base: "mallory's\none\n" }
  const { target, notice, sent, kept } = await opened({ branch: pull.branch, into: "main", pull: 7 }, { draft })
  expect(target).toMatchObject({ into: "main", pull: 7 })
  expect(notice).toBe("")
  expect(sent).toMatchObject({ pull: 7 })
  expect(kept).toMatchObject({ pull: 7, into: "main" })
})

test("a draft that was made in a pull request goes on as one's own where that has another branch by now", async () => {
  const draft = { ...own, branch: "mallory:typo", text: "more\nmallory's\none\n", blob: "b7", base: "mallory's\none\n", pull: 7, into: "main" }
  const { target, left, notice, text, sent } = await opened({ branch: "mallory:typo", into: "main", pull: 7 }, { draft })
  expect([target.into, target.pull, left, text]).toEqual(["main", 0, true, draft.text])
  expect(notice).toContain("Pull request #7 is from another branch than mallory:typo.")
  expect(sent).toMatchObject({ pull: 0, blob: "b0", form: { base: "main" } })
})

test("a base alone is believed where a pull request from the branch goes into it", async () => {
  expect((await opened({ into: "edition" })).target.into).toBe("")
  expect((await opened({ into: "edition" }, { up: false })).target.into).toBe("")
  const there = { ...pull, branch: "main", base: "edition" }
  expect((await opened({ into: "edition" }, { pull: there })).target.into).toBe("edition")
  expect((await opened({ into: "edition" }, { pull: { ...there, state: "closed" } })).target.into).toBe("")
  expect((await opened({ into: "edition" }, { draft: { ...own, into: "edition" } })).target.into).toBe("edition")
})

test("what goes into a pull request says on which branch it was written, for the server to compare", async () => {
  const sent: Submission[] = []
  const api = { submit: async (one: Submission) => (sent.push(one), pull) } as unknown as Api
  const sending = createSending({ api, branch: "main", path, pictures: { sending: async () => [] } as unknown as Pictures })
  const effect = { do: "submit", ticket: 1, text: "", blob: "", earlier: [], merged: "", coAuthors: [], form: { base: "main", title: "Mine", message: "", signOff: false } } as const
  for (const number of [0, 7]) await sending.submit({ ...effect, earlier: [], pull: number }, () => {})
  expect(sent.map(({ pull, pullBranch }) => [pull, pullBranch])).toEqual([[undefined, undefined], [7, "main"]])
})
