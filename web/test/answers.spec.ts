// What is kept of the server's answers, for how many and for whom.
import { expect, test } from "@playwright/test"
import { createApi } from "../src/forge/api"
import { createAnswers, keptSince } from "../src/offline/answers"
import { createLooking } from "../src/post/looking"
import type { Pull, Session } from "../src/protocol/server"

/// A browser's caches, as far as they are used.
function fakeCaches(): CacheStorage {
  const all = new Map<string, Map<string, Response>>()
  const whole = (address: RequestInfo | URL) => new URL(address instanceof Request ? address.url : address, "http://galley").href
  return {
    open: async (name: string) => {
      const entries = all.get(name) ?? new Map<string, Response>()
      all.set(name, entries)
      return {
        match: async (address: RequestInfo | URL) => entries.get(whole(address))?.clone(),
        put: async (address: RequestInfo | URL, response: Response) => void entries.set(whole(address), response),
        delete: async (address: RequestInfo | URL) => entries.delete(whole(address)),
        keys: async () => [...entries.keys()].map(url => new Request(url)),
      }
    },
    delete: async (name: string) => all.delete(name),
  } as unknown as CacheStorage
}

function begin() {
  const server = { up: true, status: 200, text: "one", asked: [] as string[] }
  let now = 1_000
  const answers = createAnswers({
    caches: fakeCaches(), now: () => now++, interval: 5,
    fetch: (async input => {
      server.asked.push(String(input))
      if (!server.up) throw new TypeError("Failed to fetch")
      return new Response(server.text, { status: server.status, headers: { "Content-Type": server.status === 200 ? "application/json" : "text/html" } })
    }) as typeof fetch,
  })
  const get = async (address: string, init?: RequestInit) => {
    const response = await answers.fetch(address, init)
    return { text: await response.text(), kept: keptSince(response) }
  }
  return { server, answers, get }
}

const session = (login: string): Session => ({ signIn: { name: "GitHub", repository: "", permission: "" }, person: login ? { login, name: login } : null, issued: 7, expiresIn: 100, renewable: true })

test("an answer that stops in its midst is none: what is kept is given, and nothing waits for it", async () => {
  let stalls = false
  const answers = createAnswers({
    caches: fakeCaches(), now: () => 1_000, interval: 5, patience: 30,
    fetch: (async (_input, init) => {
      if (!stalls) return new Response("whole")
      return new Response(new ReadableStream({
        start: controller => {
          controller.enqueue(new TextEncoder().encode("wh"))
          init?.signal?.addEventListener("abort", () => controller.error(new DOMException("aborted", "AbortError")))
        },
      }))
    }) as typeof fetch,
  })
  answers.meetSite("a")
  await (await answers.fetch("/api/site")).text()
  stalls = true
  expect(await (await answers.fetch("/api/site")).text()).toBe("whole")
  expect(answers.store.get().asOf).toBe(1_000)
  const api = createApi({ fetch: answers.fetch, timeout: 30 })
  await expect(api.branches()).rejects.toThrow("does not answer")
  await expect(api.standing("main", "a.md")).rejects.toThrow("does not answer")
  answers.destroy()
})

test("a kept answer is given where the network fails, and never otherwise", async () => {
  const { server, answers, get } = begin()
  expect(await get("/api/site")).toEqual({ text: "one", kept: 0 })
  server.text = "two"
  expect(await get("/api/site")).toEqual({ text: "two", kept: 0 })
  server.up = false
  expect(await get("/api/site")).toEqual({ text: "two", kept: 1001 })
  expect(answers.store.get().asOf).toBe(1001)
  await expect(answers.fetch("/api/branches")).rejects.toThrow("Failed to fetch")
  // It is found out by itself when the server is back.
  server.up = true
  await expect.poll(() => answers.store.get().asOf).toBe(0)
  // A proxy answers in the server's place.
  Object.assign(server, { text: "<h1>Bad gateway</h1>", status: 502 })
  expect(await get("/api/site")).toEqual({ text: "two", kept: 1001 })
  answers.destroy()
})

test("a kept answer is given where the server is slow, and the slow one is kept and told of", async () => {
  const held: (() => void)[] = []
  let slow = false
  let text = "one"
  const answers = createAnswers({
    caches: fakeCaches(), interval: 60_000, patience: 20,
    fetch: (async () => {
      if (slow) await new Promise<void>(resolve => held.push(resolve))
      return new Response(text, { headers: { "Content-Type": "application/json" } })
    }) as typeof fetch,
  })
  const release = () => held.splice(0).forEach(resolve => resolve())
  answers.meetSite("a")
  await answers.fetch("/api/site")
  slow = true
  text = "two"
  const kept = await answers.fetch("/api/site")
  expect(await kept.text()).toBe("one")
  expect(answers.store.get().asOf).toBe(keptSince(kept))
  release()
  await expect.poll(() => answers.store.get().asOf).toBe(0)
  expect(await (await answers.fetch("/api/site")).text()).toBe("two")
  release()
  // What nothing is kept of is waited for.
  let told = ""
  const waited = answers.fetch("/api/branches").then(async response => (told = await response.text()))
  await new Promise(resolve => setTimeout(resolve, 60))
  expect(told).toBe("")
  release()
  await waited
  expect(told).toBe("two")
  answers.destroy()
})

test("what goes into a text is what the server says now, never what was kept", async () => {
  let text = "one"
  let answer: "soon" | "late" | "never" = "soon"
  const answers = createAnswers({
    caches: fakeCaches(), interval: 60_000, patience: 20,
    fetch: (async input => {
      if (answer === "never") throw new TypeError("Failed to fetch")
      if (answer === "late") await new Promise(resolve => setTimeout(resolve, 60))
      const { pathname } = new URL(String(input), "http://galley")
      return Response.json(pathname === "/api/post" ? { path: "a.md", text, blob: text, commit: text, branch: "main", url: "" } : pathname === "/api/pulls" ? [] : { pull: {}, files: [] })
    }) as typeof fetch,
  })
  const api = createApi({ fetch: answers.fetch })
  const { look, gather, gatherPull } = createLooking(api, "a.md")
  const pull = { number: 3, branch: "main", base: "main" } as Pull
  const theirs = { path: "a.md", text: "", blob: "", commit: "", branch: "main", url: "" }
  const all = async () => [
    await look({ do: "look", ticket: 1, branch: "main" }),
    await gather({ do: "gather", ticket: 1, theirs, landing: null }),
    await gatherPull({ do: "gather pull", ticket: 1, pull, onBranch: null }),
  ]
  answers.meetSite("a")
  await api.post("main", "a.md")
  await api.pulls("a.md")
  text = "two"
  answer = "late"
  expect((await api.post("main", "a.md")).text).toBe("one") // as it is opened
  expect(await all()).toMatchObject([{ file: { text: "two" } }, { theirs: { text: "two" } }, { theirs: { text: "two" }, shared: "two" }])
  text = "three"
  answer = "never"
  expect((await api.post("main", "a.md")).text).toBe("two")
  expect(await all()).toMatchObject([{ file: "unknown" }, { type: "not gathered" }, { type: "not gathered" }])
  answers.destroy()
})

test("writes, sessions and what is not in the list go by", async () => {
  const { server, answers, get } = begin()
  for (const address of ["/auth/session", "/healthz", "/frame?branch=main", "/api/link?branch=main", "/api/new", "/api/changes"]) await get(address)
  await get("/api/pulls", { method: "POST" })
  server.up = false
  for (const address of server.asked.splice(0)) await expect(answers.fetch(address), address).rejects.toThrow()
  answers.destroy()
})

test("as many posts are kept as were opened last", async () => {
  const { server, answers, get } = begin()
  for (let i = 0; i < 50; i++) await get(`/api/post?branch=main&path=${i}`)
  await get("/api/post?branch=main&path=12")
  await get("/api/posts?branch=main")
  server.up = false
  const kept = await Promise.all(Array.from({ length: 50 }, (_, i) => get(`/api/post?branch=main&path=${i}`).then(() => i, () => -1)))
  expect(kept.filter(i => i >= 0)).toHaveLength(40)
  expect(kept[12]).toBe(12)
  expect(kept[49]).toBe(49)
  answers.destroy()
})

test("templates that came with another post of the branch are better than none", async () => {
  const { server, answers, get } = begin()
  await get("/api/bundle?branch=main&path=a")
  server.up = false
  expect((await get("/api/bundle?branch=main&path=b")).text).toBe("one")
  await expect(answers.fetch("/api/bundle?branch=other&path=a")).rejects.toThrow()
  answers.destroy()
})

test("whoever asks anew when a slow server answers comes to an end", async () => {
  let [open, all, slow] = [0, 0, false]
  const answers = createAnswers({
    caches: fakeCaches(), interval: 60_000, patience: 20,
    fetch: (async () => {
      open++
      all++
      if (slow) await new Promise(resolve => setTimeout(resolve, 50))
      open--
      return new Response("one", { headers: { "Content-Type": "application/json" } })
    }) as typeof fetch,
  })
  answers.meetSite("a")
  await answers.fetch("/api/posts?branch=main")
  slow = true
  // As the desk does.
  let there = true
  answers.store.subscribe(() => {
    const now = answers.store.get().asOf === 0
    if (now !== there) void answers.fetch("/api/posts?branch=main")
    there = now
  })
  expect(keptSince(await answers.fetch("/api/posts?branch=main"))).toBeGreaterThan(0)
  await expect.poll(() => open === 0 && answers.store.get().asOf === 0).toBe(true)
  expect(all).toBeLessThan(12)
  answers.destroy()
})

test("the desk's list is that of the branch that was asked for, or without a branch any", async () => {
  const { server, answers, get } = begin()
  const list = (branch: string) => JSON.stringify({ branch })
  server.text = list("20260816")
  await get("/api/posts?branch=")
  server.text = list("main")
  await get("/api/posts?branch=main")
  server.up = false
  expect((await get("/api/posts?branch=20260816")).text).toBe(list("20260816"))
  expect((await get("/api/posts?branch=main")).text).toBe(list("main"))
  await expect(answers.fetch("/api/posts?branch=20260823")).rejects.toThrow()
  answers.destroy()
})

test("without a branch the last list of any is better than none", async () => {
  const { server, answers, get } = begin()
  await get("/api/posts?branch=main")
  server.up = false
  expect((await get("/api/posts?branch=")).text).toBe("one")
  answers.destroy()
})

test("it is one person's: another's coming, and nobody's, deletes it", async () => {
  const { server, answers, get } = begin()
  await answers.meet(session("ana"))
  await get("/api/site")
  await answers.meet(session("ana"))
  server.up = false
  expect((await get("/api/site")).text).toBe("one")
  expect(await answers.session()).toMatchObject({ person: { login: "ana" }, issued: 0, renewable: false })
  await answers.meet(session("bo"))
  await expect(answers.fetch("/api/site")).rejects.toThrow()
  server.up = true
  await get("/api/site")
  await answers.meet(session(""))
  expect(await answers.session()).toBeNull()
  server.up = false
  await expect(answers.fetch("/api/site")).rejects.toThrow()
  answers.destroy()
})

test("what was on its way when all was forgotten is not kept", async () => {
  const { server, answers } = begin()
  const late = answers.fetch("/api/site")
  await answers.clear()
  await late
  server.up = false
  await expect(answers.fetch("/api/site")).rejects.toThrow()
  answers.destroy()
})

test("a browser without caches keeps nothing, and works", async () => {
  const answers = createAnswers({ caches: null, fetch: async () => Response.json({}) })
  await answers.meet(session("ana"))
  expect((await answers.fetch("/api/site")).ok).toBe(true)
  expect(await answers.session()).toBeNull()
  await answers.clear()
  answers.destroy()
})

/// A server of one site after the other at one address, as many pages of each as are
/// begun, and the one browser that they have.
function beginSites() {
  const server = { site: "a", up: true, pause: 0 }
  const caches = fakeCaches()
  const doFetch = (async (input, init) => {
    if (!server.up) throw new TypeError("Failed to fetch")
    await new Promise(resolve => setTimeout(resolve, server.pause))
    // As Go escapes it.
    const headers = { "Galley-Site": encodeURIComponent(server.site).replaceAll("%20", "+") }
    const named = new Headers(init?.headers).get("Galley-Site")
    if (named && decodeURIComponent(named) !== server.site) return Response.json({ error: { kind: "other-site", sentence: "Another site answers." } }, { status: 421, headers })
    const { pathname, searchParams } = new URL(String(input), "http://galley")
    if (pathname === "/api/site") return Response.json({ id: server.site }, { headers })
    if (pathname === "/api/pulls") return Response.json([{ number: 1, title: server.site }], { headers })
    return Response.json({ branch: searchParams.get("branch"), path: searchParams.get("path"), text: "of " + server.site, blob: server.site }, { headers })
  }) as typeof fetch
  function page(onAnother = () => {}) {
    const answers = createAnswers({ caches, fetch: doFetch, interval: 60_000, patience: 20, onAnother })
    const api = createApi({ fetch: answers.fetch })
    const said = (asked: Promise<unknown>) => asked.then(value => JSON.stringify(value), (error: unknown) => (error as Error).message)
    return { answers, api, said, text: (path: string) => api.post("main", path).then(file => file.text, (error: unknown) => (error as Error).message) }
  }
  return { server, page }
}

test("another repository at the same address is not answered for with what the first one said", async () => {
  const { server, page } = beginSites()
  const first = page()
  first.answers.meetSite("a")
  await first.text("about.md")
  await first.answers.meet(session("ana"))
  const second = page()
  server.site = "b"
  second.answers.meetSite("b")
  expect(await second.answers.session()).not.toBeNull()
  server.up = false
  expect(await second.text("about.md")).not.toContain("of")
  first.answers.destroy()
  second.answers.destroy()
})

test("of two sites at one address, each in a tab of its own, neither is given what is kept of the other", async () => {
  const { server, page } = beginSites()
  const [a, b] = [page(), page()]
  server.site = "the a"
  a.answers.meetSite("the a")
  expect(await a.text("index.md")).toBe("of the a")
  server.site = "b"
  b.answers.meetSite("b")
  expect(await b.text("about.md")).toBe("of b")
  await b.api.pulls("about.md")
  await b.api.posts("main")
  await b.api.bundle("main", "about.md")
  // Neither at the same address nor by what else would do.
  expect(await a.text("about.md")).toBe("Another site answers.")
  expect(await a.said(a.api.pulls("about.md"))).toBe("Another site answers.")
  expect(await a.said(a.api.posts(""))).toBe("Another site answers.")
  expect(await a.said(a.api.bundle("main", "index.md"))).toBe("Another site answers.")
  expect(await a.text("index.md")).toBe("of the a") // its own
  // The other way round, and in a tab that is begun anew.
  server.site = "the a"
  await a.text("about.md")
  for (const tab of [b, page()]) {
    tab.answers.meetSite("b")
    expect(await tab.text("about.md")).toBe("Another site answers.")
    tab.answers.destroy()
  }
  a.answers.destroy()
})

test("a page begins with the last site where the server is late, and anew where that has another", async () => {
  const { server, page } = beginSites()
  const first = page()
  await first.api.site()
  server.site = "b"
  server.pause = 60
  let another = 0
  const early = page(() => another++)
  expect((await early.api.site()).id).toBe("a")
  early.answers.meetSite("a")
  await expect.poll(() => another).toBe(1)
  early.answers.destroy()
  // What came late is what it begins with then.
  const second = page(() => another++)
  expect((await second.api.site()).id).toBe("b")
  second.answers.meetSite("b")
  server.pause = 0
  await new Promise(resolve => setTimeout(resolve, 80))
  expect(another).toBe(1)
  await second.text("about.md")
  expect(second.answers.store.get()).toEqual({ asOf: 0, otherSite: false })
  server.up = false
  expect((await page().api.site()).id).toBe("b")
  first.answers.destroy()
  second.answers.destroy()
})

test("what another site answers at the page's address is not taken, and its own is when it is back", async () => {
  const server = { site: "A", knows: true, asked: [] as string[] }
  const of = (init?: RequestInit) => new Headers(init?.headers).get("Galley-Site")
  const answers = createAnswers({
    caches: fakeCaches(), interval: 5,
    fetch: (async (input, init) => {
      server.asked.push(`${init?.method ?? "GET"} ${String(input)} of ${of(init)}`)
      const headers = server.knows ? { "Galley-Site": encodeURIComponent(server.site) } : undefined
      // What began before the page knew its site names none, and is answered.
      if (of(init) && of(init) !== encodeURIComponent(server.site) && String(input) !== "/api/begun") return Response.json({ error: { kind: "other-site" } }, { status: 421, headers: headers! })
      return new Response("of " + server.site, { headers: headers! })
    }) as typeof fetch,
  })
  const get = async (address: string, init?: RequestInit) => {
    const response = await answers.fetch(address, init)
    return `${response.status} ${await response.text()}`
  }
  server.site = "ID//döcs"
  answers.meetSite("ID//döcs")
  expect(await get("/api/site")).toBe("200 of ID//döcs")
  server.site = "B"
  // What is kept is given; what is not, or is sent, says so. All are told.
  expect(await get("/api/site")).toBe("200 of ID//döcs")
  expect(answers.store.get().otherSite).toBe(true)
  expect(await get("/api/post?path=a.md")).toContain('421 {"error":{"kind":"other-site"')
  expect(await get("/api/submit", { method: "POST", body: "{}" })).toContain('421 {"error":{"kind":"other-site"')
  expect(await get("/api/begun")).toContain("421")
  expect(await answers.look()).toBe(false)
  // It goes on by itself.
  server.site = "ID//döcs"
  await expect.poll(() => answers.store.get()).toEqual({ asOf: 0, otherSite: false })
  expect(await get("/api/post?path=a.md")).toBe("200 of ID//döcs")
  expect(server.asked.filter(one => one.endsWith("of null"))).toEqual([])
  answers.destroy()
})
