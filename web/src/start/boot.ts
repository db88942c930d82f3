// Boot stands in the page itself and runs before any other script is there. It
// begins what the first screen will wait for: the preview frame where it will be,
// and then the app's scripts, the server's answers and the renderer. handover.ts
// gives it all to the app.
import { dataKind } from "../protocol/data"
import { isFork, parseRoute } from "../protocol/routes"
import { ask, beginFrame, createBegun } from "./begin"

const assets = JSON.parse(document.querySelector<HTMLMetaElement>('meta[name="galley-assets"]')!.content) as Record<string, string>
const begun = (window.galley = createBegun())
/// How long all else waits for the server's page to be seen, in milliseconds.
/// Scripts and the renderer take all processors, and that page is seen first; the
/// editor is not there any later for it. Where the network or the server is slow,
/// nothing is to wait for it.
const patience = 250

function once(work: () => void): () => void {
  let done = false
  return () => {
    if (!done) work()
    done = true
  }
}

/// Loads and runs the app. Where a script does not arrive or does not run, nobody else
/// is there to say so.
function beginApp(): void {
  const fail = () => {
    const [starting, failed] = document.querySelectorAll<HTMLElement>("#app > .starting")
    if (!starting || !failed) return // a screen stands there
    starting.hidden = true
    failed.hidden = false
  }
  addEventListener("error", fail)
  addEventListener("unhandledrejection", fail)
  const scripts = document.importNode(document.querySelector<HTMLTemplateElement>("#app-scripts")!.content, true)
  scripts.querySelector("script")!.addEventListener("error", fail)
  document.body.append(scripts)
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

const route = parseRoute(new URL(location.href))
// A post of a pull request, or of another repository, is found another way.
const plain = route.screen === "edit" && route.branch !== "" && !isFork(route.branch) && route.pull === 0 ? route : null
const hasPage = plain !== null && dataKind(plain.path) === null

function beginRest(): void {
  beginApp()
  ask(begun, "/auth/session")
  ask(begun, "/api/site")
  if (plain) {
    ask(begun, "/api/post", { branch: plain.branch, path: plain.path })
    if (!hasPage) return
    beginWorker()
    ask(begun, "/api/bundle", { branch: plain.branch, path: plain.path }, "low")
  } else if (route.screen === "desk") {
    ask(begun, "/api/posts", { branch: route.branch })
    ask(begun, "/api/branches")
    ask(begun, "/api/pulls")
  } else if (route.screen === "pull") {
    ask(begun, `/api/pulls/${route.number}`)
  }
}

if (plain && hasPage) beginFrame(begun, plain.branch, plain.path)
const begin = once(beginRest)
if (begun.frame && begun.frame.style.visibility !== "hidden") {
  begun.begin = begin // when the page is seen
  begun.frame.addEventListener("load", () => begun.here || begin(), { once: true }) // or cannot be had
  setTimeout(begin, patience)
} else {
  begin()
}
