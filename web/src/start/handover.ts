// Early is what the page began before its scripts were there: the first answers
// of the server, the worker and the preview frame. boot.ts begins them, the app
// takes them over. Each is taken once; whoever comes later begins afresh.
import type { Begun } from "../protocol/begun"

export interface Early {
  /// `fetch`, which takes the answer that is on its way where there is one.
  fetch: typeof fetch
  /// The worker that is already loading the renderer; null for none.
  worker(): Worker | null
  /// The frame that is already loading `src`, moved into `parent`, and whether
  /// it has said that it is there; null for none.
  frame(src: string, parent: HTMLElement): { element: HTMLIFrameElement; here: boolean } | null
  /// Begins a worker for the post that is opened next.
  begin(createWorker: () => Worker, wasm: string): void
  /// Lets go of what nobody took: another screen is shown.
  end(): void
}

/// How long an answer is taken for what the server says now, in milliseconds.
const freshness = 60_000

export function createEarly(begun: Begun | undefined, doFetch: typeof fetch = fetch.bind(globalThis)): Early {
  const started = performance.now()
  const answers = begun?.answers ?? new Map<string, Promise<Response>>()
  // Begun by boot, or since.
  const holder: Pick<Begun, "worker"> = begun ?? { worker: null }

  return {
    fetch(input, init) {
      const answer = typeof input === "string" && (init?.method ?? "GET") === "GET" ? answers.get(input) : undefined
      if (!answer || performance.now() - started > freshness) return doFetch(input, init)
      answers.delete(input as string)
      return until(answer, init?.signal)
    },
    worker() {
      begun?.begin()
      const mine = holder.worker
      holder.worker = null
      return mine
    },
    frame(src, parent) {
      const element = begun?.frame
      if (!begun || !element) return null
      begun.frame = null
      begun.release()
      if (element.getAttribute("src") === src && element.isConnected && typeof parent.moveBefore === "function") {
        try {
          parent.moveBefore(element, null)
          element.removeAttribute("style")
          return { element, here: begun.here }
        } catch {
          // It cannot be moved without loading anew, so that another does as well.
        }
      }
      element.remove()
      return null
    },
    begin(createWorker, wasm) {
      if (holder.worker) return
      try {
        const worker = (holder.worker = createWorker())
        worker.addEventListener("error", () => {
          if (holder.worker === worker) holder.worker = null
        })
        worker.postMessage({ type: "start", wasm })
      } catch {
        // The post's own worker will say so.
      }
    },
    end() {
      answers.clear()
      if (begun?.frame) {
        begun.release()
        begun.frame.remove()
        begun.frame = null
      }
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
