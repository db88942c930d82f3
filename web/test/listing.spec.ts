// Which texts the desk lists, and how long that takes among very many.
import { expect, test } from "@playwright/test"
import { createListing, filterOf, filterQuery, noFilter } from "../src/forge/listing"
import type { PostEntry } from "../src/protocol/server"

const post = (path: string, more: Partial<PostEntry> = {}): PostEntry => ({
  path, blob: "", date: path.slice(7, 17), slug: path.slice(18).replace(".md", ""), title: "", pulls: [], ...more,
})
const posts = [
  post("_posts/2026-09-01-tides.md", { tags: ["sea"], pulls: [3] }),
  post("_posts/2026-08-16-charts.md", { title: "A chart of the bay", tags: ["sea", "paper"], authors: ["Ada"] }),
  post("_posts/2026-08-09-buoys.md", { tags: ["sea"], authors: ["Bo", "Ada"], hidden: true }),
]
const known = { drafts: new Set(["_posts/2026-08-16-charts.md"]), today: "2026-08-20" }
const found = (filter: Partial<typeof noFilter>) => createListing(posts).find({ ...noFilter, ...filter }, known).map(({ slug }) => slug).join()

test("texts are found by words, tag, author and state, in the order that is asked for", () => {
  expect(found({})).toBe("tides,charts,buoys")
  expect(found({ order: "oldest" })).toBe("buoys,charts,tides")
  expect(found({ order: "title" })).toBe("charts,buoys,tides")
  expect(found({ query: "BAY august" })).toBe("charts")
  expect(found({ tag: "sea", author: "Ada" })).toBe("charts,buoys")
  expect(found({ tag: "paper", query: "tides" })).toBe("")
  expect(found({ state: "open" })).toBe("tides")
  expect(found({ state: "draft" })).toBe("charts")
  expect(found({ state: "future" })).toBe("tides")
  expect(found({ state: "hidden" })).toBe("buoys")
  const listing = createListing(posts)
  expect([listing.tags, listing.authors, listing.states(known)]).toEqual([["sea", "paper"], ["Ada", "Bo"], ["open", "draft", "future", "hidden"]])
  expect(createListing([]).states(known)).toEqual([])
})

test("a filter stands in the address, and nothing else is taken from there", () => {
  const filter = { query: "a & b", tag: "sea", author: "Ada", state: "open", order: "title" } as const
  expect(filterOf(new URLSearchParams(filterQuery(filter)))).toEqual(filter)
  expect(filterQuery(noFilter)).toEqual({})
  expect(filterOf(new URLSearchParams("state=gone&order=toString&q="))).toEqual(noFilter)
})

test("a letter among 5,000 texts is found at once", () => {
  const many = Array.from({ length: 5000 }, (_, i) => post(`_posts/2020-01-01-${i}.md`, { title: `Week Ending ${i}`, tags: [`t${i % 90}`] }))
  const listing = createListing(many)
  const start = performance.now()
  for (const query of ["w", "we", "wee", "week 4", "week 49"]) listing.find({ ...noFilter, query }, known)
  const took = (performance.now() - start) / 5
  console.log(`finding among 5,000 texts took ${took.toFixed(1)} ms a letter`)
  expect(took).toBeLessThan(100)
})
