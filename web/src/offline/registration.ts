// Registration of the service worker, which keeps the app for when the server
// does not answer.

/// Registers it for a page, whose name tells its version.
export async function keepApp(page: string): Promise<void> {
  const container = isSecureContext ? navigator.serviceWorker : undefined
  if (!container || !navigator.locks || typeof caches !== "object") return
  // Held for as long as the page is there.
  void navigator.locks.request("galley-app:" + page, { mode: "shared" }, () => new Promise(() => {}))
  try {
    const registration = await container.register("/service-worker.js", { updateViaCache: "none" })
    registration.active?.postMessage("here")
  } catch {
    // There is none, it is of another version than the server by now, or the
    // browser does not want one. Nothing needs it.
  }
}
