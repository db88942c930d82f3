// Service worker lets Galley start where its server does not answer: it keeps
// the app's page, what the page is made of and an empty preview frame, of one
// version, and gives them where the network fails. Whatever else is asked for
// goes by it: the API's answers are kept by the page (answers.ts), which knows
// whose they are.

export {}

/// What makes up a version; cmd/bundle fills it in.
declare const EDITION: {
  /// The page's name, which the server tells as Galley-Page.
  page: string
  /// The empty frame's address.
  frame: string
  assets: string[]
}

interface Waiting extends Event {
  waitUntil(done: Promise<unknown>): void
}
interface Installing extends Waiting {
  addRoutes?(rules: object[]): Promise<void>
}
interface Fetching extends Waiting {
  readonly request: Request
  respondWith(response: Promise<Response>): void
}

declare const self: {
  addEventListener(type: "install", listener: (event: Installing) => void): void
  addEventListener(type: "activate" | "message", listener: (event: Waiting) => void): void
  addEventListener(type: "fetch", listener: (event: Fetching) => void): void
  skipWaiting(): Promise<void>
  registration: ServiceWorkerRegistration
}

/// What the names of caches and of the locks of pages begin with. A page holds
/// the lock of its version, so that what it may load later is kept.
const prefix = "galley-app:"
const own = prefix + EDITION.page
/// How long the server may take to answer before the kept page is shown, in
/// milliseconds.
const patience = 4_000
/// Screens of the app.
const screen = /^\/(edit|pulls\/\d+)?$/

/// Gets a version whole, or fails. The service worker that is there stays then.
async function install(): Promise<void> {
  const cache = await caches.open(own)
  try {
    const page = await fetch("/", { cache: "no-store" })
    if (!page.ok || page.redirected || page.headers.get("Galley-Page") !== EDITION.page) throw new Error("the server has another version by now")
    await cache.put("/", page)
    // Most of them are in the browser's own cache, since a page is running.
    await cache.addAll([EDITION.frame, ...EDITION.assets])
  } catch (error) {
    await caches.delete(own)
    throw error
  }
}

/// Deletes what no page needs any more.
async function tidy(): Promise<void> {
  const { held = [] } = await navigator.locks.query()
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix) && name !== own && !held.some(lock => lock.name === name)) await caches.delete(name)
  }
}

/// Gives everything up where the server has no service worker any more: then
/// the address is not there, or empty.
let looked = false
async function lookAround(): Promise<void> {
  if (looked) return
  const answer = await fetch("/service-worker.js", { cache: "no-store" })
  looked = answer.status !== 404 && !(answer.ok && (await answer.text()).trim() === "")
  if (looked) return
  await self.registration.unregister()
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix)) await caches.delete(name)
  }
}

/// The server's page; the kept one where none comes.
async function open(event: Fetching): Promise<Response> {
  const network = fetch(event.request)
  event.waitUntil(network.then(() => lookAround()).catch(() => {}))
  const late = new Promise<"late">(resolve => setTimeout(() => resolve("late"), patience))
  const answer = await Promise.race([network, late]).catch(() => null)
  // A proxy says so where the server behind it does not answer.
  if (answer instanceof Response && ![502, 503, 504].includes(answer.status)) return answer
  const cache = (await caches.has(own)) ? await caches.open(own) : null
  return (await cache?.match("/")) ?? (answer instanceof Response ? answer : network)
}

/// A document for the preview frame. It is only given with the policy that
/// takes the app's origin away from it.
async function emptyFrame(request: Request): Promise<Response> {
  const kept = (await caches.match(request)) ?? (await fetch(request))
  return kept.headers.get("Content-Security-Policy")?.startsWith("sandbox allow-scripts;") ? kept : Response.error()
}

self.addEventListener("install", event => {
  void self.skipWaiting()
  // What is not for us comes as fast as without us, in browsers that know how.
  const network = ["cors", "no-cors", "same-origin"].map(requestMode => ({ condition: { requestMode }, source: "network" }))
  const routes = event.addRoutes?.([{ condition: { urlPattern: "/app/*" }, source: "cache" }, ...network]).catch(() => {})
  event.waitUntil(Promise.all([install(), routes]))
})

self.addEventListener("activate", event => {
  // No navigation preload: it asks for every address beside us, those of the
  // sign-in among them, which answer once.
  event.waitUntil(tidy())
})

// A page is there, of this version or another.
self.addEventListener("message", event => event.waitUntil(tidy()))

self.addEventListener("fetch", event => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== "GET" || url.origin !== location.origin) return
  if (request.mode === "navigate") {
    if (url.pathname === "/empty-frame") event.respondWith(emptyFrame(request))
    else if (screen.test(url.pathname) && request.destination === "document") event.respondWith(open(event))
  } else if (url.pathname.startsWith("/app/")) {
    event.respondWith(caches.match(request).then(kept => kept ?? fetch(request)))
  }
})
