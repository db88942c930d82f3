// Boot stands in the page itself and runs before any other script is there. It
// begins what the first screen will wait for: the server's answers, the preview
// frame where it will be, and then the renderer. handover.ts gives it to the app.
import { apiAddress, frameAddress } from "../protocol/addresses"
import type { FrameEvent } from "../protocol/frame"
import type { Begun } from "../protocol/begun"
import { isFork, parseRoute } from "../protocol/routes"
import { createSandbox } from "../protocol/sandbox"
import { narrowQuery, readHosts, readSettings } from "../protocol/settings"

const assets = JSON.parse(document.querySelector<HTMLMetaElement>('meta[name="galley-assets"]')!.content) as Record<string, string>
const begun: Begun = { answers: new Map(), worker: null, begin: () => {}, frame: null, here: false, release: () => {} }
window.galley = begun
/// How long the renderer waits for the server's page to be seen, in
/// milliseconds, unless the app asks for it. Compiling it takes all processors,
/// and that page is seen first.
const patience = 400

function ask(path: string, query: Record<string, string> = {}, priority: RequestPriority = "auto"): void {
  const address = apiAddress(path, query)
  const answer = fetch(address, { priority })
  answer.catch(() => {}) // whoever takes it is told
  begun.answers.set(address, answer)
}

function once(work: () => void): () => void {
  let done = false
  return () => {
    if (!done) work()
    done = true
  }
}

function beginWorker(): void {
  if (typeof WebAssembly !== "object" || typeof Worker !== "function") return
  try {
    const worker = new Worker(assets["worker.js"]!, { type: "module", name: "galley" })
    // One that fails before it is taken would never say so to who takes it.
    worker.addEventListener("error", () => {
      if (begun.worker === worker) begun.worker = null
    })
    worker.postMessage({ type: "start", wasm: assets["galley.wasm"] })
    begun.worker = worker
  } catch {
    // The app finds out by itself, and says so.
  }
}

function beginFrame(branch: string, path: string): void {
  // Without moveBefore a frame loads anew when it gets to its place.
  if (typeof document.body.moveBefore !== "function") return
  const frame = createSandbox()
  frame.src = frameAddress(branch, path, readHosts())
  const { view, share } = readSettings()
  const narrow = matchMedia(narrowQuery).matches
  Object.assign(frame.style, {
    position: "fixed", inset: "var(--bar-height, 3.75rem) 0 0 auto", border: "0", colorScheme: "normal", background: "Canvas",
    width: narrow || view === "page" ? "100%" : `calc(${100 - share}% - 0.25rem)`, height: "calc(100% - var(--bar-height, 3.75rem))",
    visibility: (narrow ? "source" : view) === "source" ? "hidden" : "visible",
  })
  const heard = (event: MessageEvent<FrameEvent | undefined>) => {
    if (event.source !== frame.contentWindow) return
    if (event.data?.type === "here") begun.here = true
    if (event.data?.type === "seen") begun.begin()
  }
  addEventListener("message", heard)
  begun.release = () => removeEventListener("message", heard)
  document.body.append(frame)
  begun.frame = frame
}

const route = parseRoute(new URL(location.href))
// A post of a pull request, or of another repository, is found another way.
const plain = route.screen === "edit" && route.branch !== "" && !isFork(route.branch) && route.pull === 0 ? route : null
// Browsers have six connections to a server that speaks HTTP/1, so that what is
// waited for first is asked for first.
if (plain) beginFrame(plain.branch, plain.path)
ask("/auth/session")
ask("/api/site")
if (plain) {
  ask("/api/post", { branch: plain.branch, path: plain.path })
  begun.begin = once(beginWorker)
  setTimeout(begun.begin, begun.frame ? patience : 0)
  ask("/api/bundle", { branch: plain.branch, path: plain.path }, "low")
} else if (route.screen === "desk") {
  ask("/api/posts", { branch: route.branch })
  ask("/api/branches")
  ask("/api/pulls")
} else if (route.screen === "pull") {
  ask(`/api/pulls/${route.number}`)
}
