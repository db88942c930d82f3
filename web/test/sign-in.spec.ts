// Signing in without a browser: what is renewed, what waits, and for whom.
import { test, expect } from "@playwright/test"
import { Failure } from "../src/forge/api"
import type { Session } from "../src/protocol/server"
import { createSignIn, keepSignedIn, startAddress, type SignIn } from "../src/forge/sign-in"

// What the module has of a browser, while the tests run: other files, which are
// loaded beside this one, ask whether they are in a browser.
test.beforeAll(() => {
  Object.assign(globalThis, { window: globalThis, addEventListener: () => {}, removeEventListener: () => {} })
})
test.afterAll(() => {
  for (const name of ["window", "addEventListener", "removeEventListener"]) Reflect.deleteProperty(globalThis, name)
})

/// A server with one token, which tests end.
function fakeServer() {
  const server = {
    session: { signIn: { name: "GitHub", repository: "harbour/notes", permission: "" }, person: { login: "ana", name: "ana" }, issued: 1, expiresIn: 28_800, renewable: true } as Session,
    good: 1,
    refuse: false,
    asked: [] as string[],
    /// Whose pages asked for something in their person's name.
    named: [] as string[],
    fetch: (async (input: RequestInfo | URL, init?: RequestInit) => {
      const path = String(input)
      server.asked.push((init?.method ?? "GET") + " " + path)
      const named = new Headers(init?.headers).get("Galley-Person")
      if (named) server.named.push(named)
      if (named && named !== server.session.person?.login) return Response.json({ error: { kind: "unauthorized", sentence: "" } }, { status: 401 })
      if (path === "/auth/session") return Response.json(server.session)
      if (path === "/auth/sign-out") return Response.json({ revoked: true, sentence: "You are signed out." })
      if (server.refuse) return Response.json({ error: { kind: "unauthorized", sentence: "" } }, { status: 401 })
      server.session = { ...server.session, issued: server.session.issued + 1 }
      server.good = server.session.issued
      return Response.json(server.session)
    }) as typeof fetch,
    /// What needs the sign-in.
    async call(): Promise<string> {
      server.asked.push("call")
      if (server.session.issued !== server.good) throw new Failure({ kind: "unauthorized", sentence: "over" })
      return "done"
    },
  }
  return server
}

function serialLock() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(run: () => Promise<T>): Promise<T> => {
    const mine = last.then(run)
    last = mine.catch(() => {})
    return mine
  }
}

async function signedIn(server: ReturnType<typeof fakeServer>, lock = serialLock()): Promise<SignIn> {
  const signIn = createSignIn({ fetch: server.fetch, lock, openWindow: () => true })
  await signIn.load()
  signIn.setPerson("ana")
  return signIn
}

test("a token that has expired is renewed once, however many needed it", async () => {
  const server = fakeServer()
  const lock = serialLock()
  const tabs = [await signedIn(server, lock), await signedIn(server, lock)]
  server.good = 0
  const answers = await Promise.all([...tabs, ...tabs].map(tab => tab.keep(() => server.call(), "wait")))
  expect(answers).toEqual(["done", "done", "done", "done"])
  expect(server.asked.filter(a => a === "POST /auth/renew")).toHaveLength(1)
  expect(tabs.map(tab => tab.store.get().asked)).toEqual([false, false])
  tabs.forEach(tab => tab.destroy())
})

test("what cannot be renewed waits for the person, and then goes on", async () => {
  const server = fakeServer()
  const signIn = await signedIn(server)
  server.good = 0
  server.refuse = true
  const api = keepSignedIn({ submit: () => server.call(), pulls: () => server.call() }, signIn, ["pulls"])
  await expect(api.pulls()).rejects.toThrow("over")
  expect(signIn.store.get()).toMatchObject({ asked: false, lapsed: true })
  await expect(keepSignedIn({ submit: () => server.call() }, signIn, "all").submit()).rejects.toThrow("over")
  expect(signIn.store.get()).toMatchObject({ asked: false, lapsed: true })
  const submitting = api.submit()
  await expect.poll(() => signIn.store.get().asked).toBe(true)
  signIn.open()
  expect(signIn.store.get().window).toBe("open")

  // Another person's sign-in is not taken for this one's.
  const other = await signedIn(server)
  const say = new BroadcastChannel("galley-sign-in")
  server.session = { ...server.session, person: { login: "ben", name: "ben" }, issued: 7 }
  server.good = 7
  say.postMessage({ type: "signed-in" })
  await expect.poll(() => signIn.store.get().other).toBe("ben")
  expect(signIn.store.get()).toMatchObject({ asked: true, window: "closed" })

  server.session = { ...server.session, person: { login: "Ana", name: "ana" }, issued: 8 }
  server.good = 8
  say.postMessage({ type: "signed-in" })
  expect(await submitting).toBe("done")
  expect(signIn.store.get()).toMatchObject({ asked: false, lapsed: false })
  say.close()
  signIn.destroy()
  other.destroy()
})

test("who does not want to sign in gets the failure, and keeps the text", async () => {
  const server = fakeServer()
  const signIn = await signedIn(server)
  server.good = 0
  server.refuse = true
  const call = signIn.keep(() => server.call(), "wait")
  await expect.poll(() => signIn.store.get().asked).toBe(true)
  signIn.cancel()
  await expect(call).rejects.toThrow("over")
  expect(signIn.store.get()).toMatchObject({ asked: false, lapsed: true })
  signIn.destroy()
})

test("where nobody signs in, nothing is asked", async () => {
  const server = fakeServer()
  server.session = { signIn: null, person: null, issued: 0, expiresIn: null, renewable: false }
  const signIn = createSignIn({ fetch: server.fetch, lock: serialLock() })
  await signIn.load()
  server.good = 9
  await expect(signIn.keep(() => server.call(), "wait")).rejects.toThrow("over")
  expect(server.asked).toEqual(["GET /auth/session", "call"])
  signIn.destroy()
})

test("signing out is told to the other tabs", async () => {
  const server = fakeServer()
  const [one, two] = [await signedIn(server), await signedIn(server)]
  expect((await one.signOut()).revoked).toBe(true)
  await expect.poll(() => two.store.get().lapsed).toBe(true)
  one.destroy()
  two.destroy()
})

test("a page signs nobody out but its own person", async () => {
  const server = fakeServer()
  const signIn = createSignIn({ fetch: server.fetch, lock: serialLock() })
  signIn.setPerson("ana")
  await signIn.load()
  server.session = { ...server.session, person: { login: "ben", name: "ben" } }
  await expect(signIn.signOut()).rejects.toThrow("somebody else is signed in")
  expect(server.named).toEqual(["ana"])
  server.session = { ...server.session, person: { login: "ana", name: "ana" } }
  expect((await signIn.signOut()).revoked).toBe(true)
  signIn.destroy()
})

test("the address that one returns to is whole", () => {
  expect(startAddress("/edit?branch=a&path=b")).toBe("/auth/start?to=%2Fedit%3Fbranch%3Da%26path%3Db")
})
