// Begin begins what a post will be shown with before its screen is there: the
// server's answers, and the frame of its page. boot.ts does so while the app's
// scripts are on their way, and ahead.ts while a link is pressed.
import { apiAddress, frameAddress } from "../protocol/addresses"
import type { Begun } from "../protocol/begun"
import type { FrameEvent } from "../protocol/frame"
import { createSandbox } from "../protocol/sandbox"
import { narrowQuery, readHosts, readSettings } from "../protocol/settings"

/// What has begun nothing yet.
export function createBegun(): Begun {
  return { answers: new Map(), headers: {}, worker: null, begin: () => {}, frame: null, here: false, seen: false, release: () => {} }
}

/// Asks the server for what will be wanted.
export function ask(begun: Begun, path: string, query: Record<string, string> = {}, priority: RequestPriority = "auto"): void {
  const address = apiAddress(path, query)
  const answer = fetch(address, { priority, headers: begun.headers })
  answer.catch(() => {}) // whoever takes it is told
  begun.answers.set(address, answer)
}

/// Loads the frame of a post's page where it will be. `unseen` as long as another
/// screen stands there: transparent then, since what is hidden is not painted.
export function beginFrame(begun: Begun, branch: string, path: string, unseen = false): void {
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
    opacity: unseen ? "0" : "1",
  })
  if (unseen) frame.inert = true
  const heard = (event: MessageEvent<FrameEvent | undefined>) => {
    if (event.source !== frame.contentWindow) return
    if (event.data?.type === "here") begun.here = true
    if (event.data?.type === "seen") {
      begun.seen = true
      begun.begin()
    }
  }
  addEventListener("message", heard)
  begun.release = () => removeEventListener("message", heard)
  begun.here = begun.seen = false
  document.body.append(frame)
  begun.frame = frame
}

/// Lets go of the frame, where nobody has taken it.
export function endFrame(begun: Begun): void {
  if (!begun.frame) return
  begun.release()
  begun.frame.remove()
  begun.frame = null
}
