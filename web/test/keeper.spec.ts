// What keeps drafts and pictures, where the browser holds its database back, or
// refuses it.
import { expect, test } from "@playwright/test"
import { Failure, type Api } from "../src/forge/api"
import { DraftMoved, type Draft, type Drafts, type KeptPicture } from "../src/post/drafts"
import { createKeeper } from "../src/post/keeper"
import type { Event } from "../src/post/life/events"
import { createPictures } from "../src/post/pictures"

const key = { site: "s", person: "p", branch: "main", path: "_posts/2026-08-16-update.md" }
const never = () => new Promise<never>(() => {})

function keeperOf(drafts: Partial<Drafts>) {
  return createKeeper({ drafts: drafts as Drafts, key, title: () => "Update", limit: 30 })
}

const carried = { do: "carry", ticket: 4, to: { branch: "edition", path: key.path }, draft: { text: "mine", blob: "b", base: "" }, over: 0 } as const

test("taking a text along ends, whatever the browser holds back", async () => {
  const held: Partial<Drafts>[] = [
    { get: never },
    { get: async () => undefined, pictures: never },
    { get: async () => undefined, pictures: async () => [], put: never },
    { get: async () => Promise.reject(new Error("refused")) },
  ]
  for (const drafts of held) {
    const event = await keeperOf(drafts).carry(carried)
    expect(event).toMatchObject({ type: "not carried", ticket: 4 })
    expect((event as Extract<Event, { type: "not carried" }>).why).toMatch(/was not taken along\. .*It is here as before/)
  }
})

test("a text is not taken over a draft that is there, nor over one that comes meanwhile", async () => {
  const theirs = { text: "theirs", version: 3 } as Draft
  expect(await keeperOf({ get: async () => theirs }).carry(carried)).toEqual({ type: "taken", ticket: 4, theirs })
  const comes = keeperOf({ get: async () => undefined, pictures: async () => [], put: async () => Promise.reject(new DraftMoved(theirs)) })
  expect(await comes.carry(carried)).toEqual({ type: "taken", ticket: 4, theirs })
  const put: unknown[] = []
  const chosen = keeperOf({
    get: async () => theirs, pictures: async () => [],
    put: async (draft, seen) => {
      put.push([draft.branch, draft.text, seen])
      return { ...draft, version: 4, updated: 0 }
    },
  })
  expect(await chosen.carry({ ...carried, over: 3 })).toEqual({ type: "carried", ticket: 4 })
  expect(put).toEqual([["edition", "mine", 3]])
})

test("a draft that is held back is told not to be kept, and to be kept when it is", async () => {
  let done: (draft: Draft) => void = () => {}
  const told: Event[] = []
  const keeper = keeperOf({ put: () => new Promise(resolve => (done = resolve)) })
  keeper.keep({ do: "keep", ticket: 1, draft: { text: "a", blob: "", base: "" }, seen: 0 }, event => told.push(event))
  await expect.poll(() => told.map(event => event.type)).toEqual(["not kept"])
  done({ ...key, text: "a", blob: "", base: "", title: "", updated: 0, version: 9 })
  await expect.poll(() => told.map(event => event.type)).toEqual(["not kept", "kept"])
})

const name = "2026-08-16-update-dawn-0f3a9c21.png"
const picture = {
  site: "s", person: "p", branch: "main", post: key.path, path: "assets/" + name, address: "/assets/" + name, type: "image/png", width: 1, height: 1,
  data: new Blob(["png"], { type: "image/png" }), added: 0,
} as KeptPicture

function picturesOf(kept: () => Promise<KeptPicture[]>, onBranch: string[] = [], ofOthers: KeptPicture[] = []) {
  const asked: string[] = []
  const api = {
    async file(_branch: string, address: string) {
      asked.push(address)
      if (!onBranch.includes(address)) throw new Failure({ kind: "not-found", sentence: "It is not there." })
      return new Blob([])
    },
  } as unknown as Api
  const put: KeptPicture[] = []
  const drafts = { pictures: kept, picturesOf: async () => ofOthers, putPicture: async (picture: KeptPicture) => void put.push(picture) } as unknown as Drafts
  return { asked, put, pictures: createPictures({ api, drafts, key, published: "main", branch: "main", pull: 0, page: async () => "/", onMissing: () => {} }) }
}

test("a submission without pictures that the browser does not give is refused", async () => {
  const text = `![Dawn](/assets/${name})\n`
  const refuses = () => Promise.reject(new Error("the database is broken"))
  const { pictures } = picturesOf(refuses)
  await expect(pictures.sending(text)).rejects.toThrow(`the picture ${name}, which the text refers to`)
  // What the branch has is no reason, nor is a text without pictures.
  expect(await picturesOf(refuses, ["/assets/" + name]).pictures.sending(text)).toEqual([])
  const none = picturesOf(refuses)
  expect(await none.pictures.sending("Text, and ![another](/logo.png) ![site's](https://example.org/a-0f3a9c21.png)\n")).toEqual([])
  expect(none.asked).toEqual([])
})

test("a picture that came with its paragraph from another post is this one's from then on", async () => {
  const { pictures, put } = picturesOf(async () => [], [], [{ ...picture, post: "_posts/other.md" }, { ...picture, post: "_posts/other.md", path: "assets/else-0f3a9c22.png" }])
  for (let again = 0; again < 2; again++) expect((await pictures.usedIn(`![](/assets/${name})`)).map(p => [p.post, p.path])).toEqual([[key.path, picture.path]])
  expect(put.map(p => [p.post, p.path])).toEqual([[key.path, picture.path]])
})

test("pictures that are missing are told of at once, however many a page asks for", async () => {
  Object.assign(globalThis, { location: { origin: "http://127.0.0.1", host: "127.0.0.1" } })
  const drafts = { pictures: async () => [], picturesOf: async () => [] } as unknown as Drafts
  const api = { file: async () => Promise.reject(new Failure({ kind: "not-found", sentence: "It is not there." })) } as unknown as Api
  const told: number[] = []
  const pictures = createPictures({
    api, drafts, key, published: "main", branch: "main", pull: 0, page: async () => "/", onMissing: () => told.push(pictures.missing().size),
  })
  const { port1, port2 } = new MessageChannel()
  pictures.connect(port1)
  for (let i = 0; i < 300; i++) port2.postMessage({ address: `/${i}.png`, loads: `/${i}.png`, failed: true })
  await expect.poll(() => told.at(-1)).toBe(300)
  expect(told.length).toBeLessThan(10)
  port2.postMessage({ address: "/more.png", loads: "/more.png", failed: true })
  await expect.poll(() => told.at(-1)).toBe(301)
  pictures.destroy()
  port2.close()
})

test("of a draft that is done with the text's pictures are forgotten, not those that were cut out of it", async () => {
  const kept = [picture, { ...picture, path: picture.path.replace("0f3a9c21", "0f3a9c22") }]
  const forgotten: string[] = []
  const drafts = {
    pictures: async () => kept,
    forgetPictures: async (_key: unknown, which: (path: string) => boolean) => void forgotten.push(...kept.map(p => p.path).filter(which)),
  } as unknown as Drafts
  const pictures = createPictures({ api: {} as Api, drafts, key, published: "main", branch: "main", pull: 0, page: async () => "/", onMissing: () => {} })
  await pictures.forget(`![](/assets/${name})\n`)
  expect(forgotten).toEqual([picture.path])
})

test("a picture that was read before is sent from memory", async () => {
  class Reader {
    result = ""
    onload = () => {}
    readAsDataURL(blob: Blob) {
      void blob.text().then(text => {
        this.result = "data:image/png;base64," + btoa(text)
        this.onload()
      })
    }
  }
  Object.assign(globalThis, { FileReader: Reader })
  let broken = false
  const { pictures, asked } = picturesOf(async () => (broken ? Promise.reject(new Error("broken")) : [picture]))
  expect(await pictures.usedIn(`![](/assets/${name})`)).toHaveLength(1)
  broken = true
  await new Promise(resolve => setTimeout(resolve, 600))
  expect(await pictures.sending(`![](/assets/${name})`)).toEqual([{ path: picture.path, data: btoa("png") }])
  expect(asked).toEqual([])
})
