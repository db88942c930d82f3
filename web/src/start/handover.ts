// Early is what the page began before its scripts were there: the first answers
// of the server, the worker and the preview frame. boot.ts begins them, the app
// takes them over. Each is taken once; whoever comes later begins afresh.
import { frameAddress } from "../protocol/addresses"
import type { Begun } from "../protocol/begun"
import { dataKind } from "../protocol/data"
import { readHosts } from "../protocol/settings"
import { ask, beginFrame, createBegun, endFrame } from "./begin"

export interface Early {
  /// `fetch`, which takes the answer that is on its way where there is one; with the
  /// cache "no-store" never.
  fetch: typeof fetch
  /// The worker that is already loading the renderer; null for none.
  worker(): Worker | null
  /// The frame that is already loading `src`, moved into `parent`, and whether
  /// it has said that it is there; null for none.
  frame(src: string, parent: HTMLElement): { element: HTMLIFrameElement; here: boolean } | null
  /// From now on requests name the page's site by these headers.
  meetSite(headers: Record<string, string>): void
  /// Begins the answers and the frame of a post that is likely to be opened next.
  post(branch: string, path: string): void
  /// Begins a worker for the post that is opened next.
  begin(createWorker: () => Worker, wasm: string): void
  /// Shows the page of a post that is opened now, where it has been painted already,
  /// and answers whether it has: drawing the screen around it would hold it up.
  reveal(post: Post): boolean
  /// Lets go of what nobody took: another screen is shown. What began for `post`,
  /// which is opened now, stays.
  end(post?: Post): void
}

interface Post {
  branch: string
  path: string
}

/// How long an answer that came with the page is taken for what the server says now, in
/// milliseconds: its scripts may be as long on their way.
const freshness = 60_000

/// And how long one is that was asked for ahead: a mouse or the focus may have rested on
/// the link while a colleague wrote.
const freshAhead = 5_000

export function createEarly(given: Begun | undefined, doFetch: typeof fetch = fetch.bind(globalThis)): Early {
  const begun = given ?? createBegun()
  let started = performance.now()
  let fresh = freshness
  let next = "" // the frame's address of the post that is likely to be opened next

  function end(): void {
    begun.answers.clear()
    endFrame(begun)
    next = ""
  }

  const isNext = ({ branch, path }: Post) => next !== "" && next === frameAddress(branch, path, readHosts())

  return {
    fetch(input, init) {
      const answer = typeof input === "string" && (init?.method ?? "GET") === "GET" ? begun.answers.get(input) : undefined
      if (!answer || init?.cache === "no-store" || performance.now() - started > fresh) return doFetch(input, init)
      begun.answers.delete(input as string)
      return until(answer, init?.signal)
    },
    worker() {
      const mine = begun.worker
      begun.worker = null
      return mine
    },
    frame(src, parent) {
      const element = begun.frame
      if (!element) return null
      begun.frame = null
      begun.release()
      if (element.getAttribute("src") === src && element.isConnected && typeof parent.moveBefore === "function") {
        try {
          parent.moveBefore(element, null)
          element.removeAttribute("style")
          element.inert = false
          return { element, here: begun.here }
        } catch {
          // It cannot be moved without loading anew, so that another does as well.
        }
      }
      element.remove()
      return null
    },
    meetSite(headers) {
      begun.headers = headers
    },
    post(branch, path) {
      const address = frameAddress(branch, path, readHosts())
      if (next === address && performance.now() - started < freshAhead) return
      end()
      next = address
      started = performance.now()
      fresh = freshAhead
      ask(begun, "/api/post", { branch, path })
      if (dataKind(path)) return // there is no page of it
      beginFrame(begun, branch, path, true)
      ask(begun, "/api/bundle", { branch, path }, "low")
    },
    begin(createWorker, wasm) {
      if (begun.worker) return
      try {
        const worker = (begun.worker = createWorker())
        worker.addEventListener("error", () => {
          if (begun.worker === worker) begun.worker = null
        })
        worker.postMessage({ type: "start", wasm })
      } catch {
        // The post's own worker will say so.
      }
    },
    reveal(post) {
      if (!begun.frame || !begun.seen || !isNext(post)) return false
      begun.frame.style.opacity = "1"
      return begun.frame.style.visibility !== "hidden"
    },
    end(post) {
      if (!post || !isNext(post)) end()
      next = ""
    },
  }
}

/// The answer, or a rejection as soon as nobody waits for it any more.
function until(answer: Promise<Response>, signal: AbortSignal | null | undefined): Promise<Response> {
  if (!signal) return answer
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true })
    answer.then(resolve, reject)
  })
}
