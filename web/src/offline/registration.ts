// Registration of the service worker, which keeps the app for when the server
// does not answer.

/// What the names of the caches begin with, as service-worker.ts has it.
const prefix = "galley-app:"

/// Registers it for a page, whose name tells its version.
export async function keepApp(page: string): Promise<void> {
  const container = isSecureContext ? navigator.serviceWorker : undefined
  if (!container || !navigator.locks || typeof caches !== "object") return
  // Held for as long as the page is there.
  void navigator.locks.request(prefix + page, { mode: "shared" }, () => new Promise(() => {}))
  try {
    const registration = await container.register("/service-worker.js", { updateViaCache: "none" })
    registration.active?.postMessage("here")
  } catch {
    // There is none, it is of another version than the server by now, or the
    // browser does not want one. Nothing needs it.
  }
}

/// Keeps the page anew, where it is kept: in the language that it has now.
export async function keepPage(page: string): Promise<void> {
  if (!isSecureContext || typeof caches !== "object" || !(await caches.has(prefix + page))) return
  const answer = await fetch("/", { cache: "no-store" }).catch(() => null)
  if (answer?.ok && answer.headers.get("Galley-Page") === page) await (await caches.open(prefix + page)).put("/", answer)
}

/// Keeps a script that not everybody wants, and that the service worker does not get by
/// itself, as soon as the rest is kept.
export async function keepScript(page: string, address: string): Promise<void> {
  if (!isSecureContext || !navigator.serviceWorker || typeof caches !== "object") return
  await navigator.serviceWorker.ready
  if (!(await caches.has(prefix + page))) return
  const cache = await caches.open(prefix + page)
  if (!(await cache.match(address))) await cache.add(address)
}
