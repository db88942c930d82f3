// Which drafts of an earlier Galley go to a repository, and which stay.
import { expect, test } from "@playwright/test"
import type { Api } from "../src/forge/api"
import { adopt } from "../src/post/adopting"
import type { Draft, DraftKey, Drafts, KeptPicture } from "../src/post/drafts"
import { hasOldDrafts } from "../src/post/old-drafts"
import { partingsOf, leaveBehind } from "../src/post/parting-draft"
import type { Site } from "../src/protocol/server"

const blob = (n: number) => String(n).padStart(40, "0")
const site = { id: "ID", repository: "ID", kind: "local", name: "docs", person: { login: "", name: "Ada", email: "ada@example.org" } } as Site
const draft = (path: string, fields: Partial<Draft> = {}): Draft => ({
  site: "docs", person: "ada@example.org", branch: "main", path, text: "of " + path, blob: "", base: "", title: "", updated: 1, version: 7, ...fields,
})
const nameOf = (k: DraftKey) => [k.site, k.person, k.branch, k.path].join(" ")

function browser(kept: Draft[]) {
  const texts = new Map(kept.map(one => [nameOf(one), one]))
  let pictures = kept.map(one => ({ site: one.site, person: one.person, branch: one.branch, post: one.path, path: "p.png" }) as KeptPicture)
  const of = (key: DraftKey) => (p: KeptPicture) => nameOf({ ...p, path: p.post }) === nameOf(key)
  const drafts = {
    list: async (site: string, person: string) => [...texts.values()].filter(one => one.site === site && one.person === person),
    get: async (key: DraftKey) => texts.get(nameOf(key)),
    put: async (one: Draft, seen: number) => {
      texts.set(nameOf(one), { ...one, version: seen + 1 })
      return one
    },
    remove: async (key: DraftKey) => void texts.delete(nameOf(key)),
    pictures: async (key: DraftKey) => pictures.filter(of(key)),
    putPicture: async (picture: KeptPicture) => void pictures.push(picture),
    forgetPictures: async (key: DraftKey) => void (pictures = pictures.filter(p => !of(key)(p))),
  } as unknown as Drafts
  return { drafts, texts, pictures: () => pictures.map(p => `${p.site} ${p.post}`) }
}

/// A repository that has some blobs.
const has = (...blobs: string[]) => ({ ask: async (path: string) => ({ blobs: new URLSearchParams(path.split("?")[1]).getAll("blob").filter(id => blobs.includes(id)) }) }) as unknown as Api

test.beforeEach(() => {
  const kept: Record<string, string> = {}
  const methods = { getItem: (name: string) => kept[name] ?? null, setItem: (name: string, value: string) => void (kept[name] = value), removeItem: (name: string) => void delete kept[name] }
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(kept, name, { value, enumerable: false })
  Object.defineProperty(globalThis, "localStorage", { value: kept, configurable: true })
})
test.afterEach(() => {
  Reflect.deleteProperty(globalThis, "localStorage")
})

test("drafts go where what they were made from, or a submission of them, is known", async () => {
  const { drafts, texts, pictures } = browser([
    draft("mine.md", { blob: blob(1) }), draft("theirs.md", { blob: blob(2) }), draft("new.md"), draft("sent.md", { sent: [blob(3)] }), draft("there.md", { blob: blob(1) }),
    draft("there.md", { site: "ID", text: "newer" }), draft("mine.md", { person: "ben", blob: blob(1) }),
  ])
  expect(await hasOldDrafts(drafts, site)).toBe(true)
  await adopt(drafts, has(blob(1), blob(3)), site)
  expect([...texts.keys()].sort()).toEqual([
    "ID ada@example.org main mine.md", "ID ada@example.org main sent.md", "ID ada@example.org main there.md",
    "docs ada@example.org main new.md", "docs ada@example.org main theirs.md", "docs ada@example.org main there.md", "docs ben main mine.md",
  ])
  expect(texts.get("ID ada@example.org main there.md")!.text).toBe("newer")
  expect(pictures()).toEqual(expect.arrayContaining(["ID mine.md", "ID sent.md", "docs theirs.md", "docs new.md"]))
  // It is looked at once for a repository, and another one has its turn.
  expect(await hasOldDrafts(drafts, site)).toBe(false)
  expect(await hasOldDrafts(drafts, { ...site, id: "OTHER", repository: "OTHER" })).toBe(true)
})

test("each folder of a repository takes its own drafts, and the first one the new texts", async () => {
  const { drafts, texts } = browser([
    draft("about.md", { site: "ID", blob: blob(1) }), draft("theirs.md", { site: "ID", blob: blob(2) }), draft("new.md", { site: "ID" }), draft("new.md"),
  ])
  const blog = { ...site, id: "ID//blog" }
  expect(await hasOldDrafts(drafts, blog)).toBe(true)
  const asked: string[] = []
  await adopt(drafts, { ask: async (path: string) => {
    const query = new URLSearchParams(path.split("?")[1])
    asked.push(...query.getAll("path"))
    return { blobs: query.getAll("blob").filter((id, i) => id === blob(1) && query.getAll("path")[i] === "about.md") }
  } } as unknown as Api, blog)
  expect(asked).toEqual(["about.md", "theirs.md"])
  expect([...texts.keys()].sort()).toEqual(["ID ada@example.org main theirs.md", "ID//blog ada@example.org main about.md", "ID//blog ada@example.org main new.md", "docs ada@example.org main new.md"])
})

test("a repository on GitHub takes all that lies under its name", async () => {
  const github = { ...site, id: "api.github.com/7", repository: "api.github.com/7", kind: "github" as const, name: "harbour/notes" }
  const { drafts, texts } = browser([draft("new.md", { site: "harbour/notes" }), draft("old.md", { site: "harbour/notes", blob: blob(1) }), draft("new.md", { site: "harbour/other" })])
  expect(await hasOldDrafts(drafts, github)).toBe(true)
  await adopt(drafts, { ask: () => Promise.reject(new Error("nobody has to be asked")) } as unknown as Api, github)
  expect([...texts.keys()].sort()).toEqual(["api.github.com/7 ada@example.org main new.md", "api.github.com/7 ada@example.org main old.md", "harbour/other ada@example.org main new.md"])
})

test("where nobody can tell, nothing is moved, and it is tried again", async () => {
  const { drafts, texts } = browser([draft("mine.md", { blob: blob(1) })])
  await expect(adopt(drafts, { ask: () => Promise.reject(new Error("no answer")) } as unknown as Api, site)).rejects.toThrow()
  expect([...texts.keys()]).toEqual(["docs ada@example.org main mine.md"])
  expect(await hasOldDrafts(drafts, site)).toBe(true)
  // A site whose name is its id has nothing to adopt.
  expect(await hasOldDrafts(drafts, { ...site, id: "docs", repository: "docs" })).toBe(false)
})

test("what a page left behind goes with its draft", async () => {
  const { drafts, texts } = browser([draft("mine.md", { blob: blob(1) })])
  const left = { site: "docs", person: "ada@example.org", branch: "main", path: "mine.md", text: "later", blob: blob(1), base: "", title: "" }
  leaveBehind(left, { draft: left, seen: 7, page: "x" })
  leaveBehind({ ...left, path: "theirs.md" }, { draft: { ...left, path: "theirs.md", blob: blob(2) }, seen: 0 })
  await adopt(drafts, has(blob(1)), site)
  expect(partingsOf("docs", "ada@example.org").map(one => one.draft.path)).toEqual(["theirs.md"])
  const [parting] = partingsOf("ID", "ada@example.org")
  // It still takes the place of the draft that it saw.
  expect(parting).toMatchObject({ draft: { path: "mine.md", text: "later" }, seen: texts.get("ID ada@example.org main mine.md")!.version })
})
