// Worker process is one worker from its start to its end: it makes one call at
// a time, and what throws, is silent for too long or says that it is dead is
// ended and told of once.
import type { FromWorker, ToWorker } from "../protocol/worker"
import type { Request } from "../protocol/preview"

/// The part of a Worker that is used here.
export interface WorkerLike {
  postMessage(message: ToWorker, transfer?: Transferable[]): void
  terminate(): void
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

export interface WorkerProcessOptions {
  worker: WorkerLike
  /// Address of the WebAssembly module.
  wasm: string
  /// Keeps the compiled module for the workers after the first one.
  compiled: { module?: WebAssembly.Module | undefined }
  /// How long it may take to start, in milliseconds.
  startLimit: number
  /// How long one call may take, in milliseconds.
  callLimit: number
  /// Called once, when it takes calls.
  onReady: () => void
  /// Called when the frame has shown the text of an edit.
  onPainted: (seq: number) => void
  /// Called when the frame needs the whole page; with `page`, it could not take
  /// that.
  onLost: (page: boolean) => void
  /// Called once, when it is no more; not after `end`.
  onDeath: (why: string) => void
}

export interface WorkerProcess {
  ready(): boolean
  /// Whether a call is on its way.
  busy(): boolean
  /// Calls `answer` with the answer, or `failed` when none will come. Only for
  /// a process that is ready and not busy.
  call(request: Request, answer: (answer: unknown) => void, failed?: (error: Error) => void): void
  /// Hands over the worker's side of a channel to the frame.
  connect(port: MessagePort): void
  end(): void
}

interface InFlight {
  id: number
  timer: ReturnType<typeof setTimeout>
  answer: (answer: unknown) => void
  failed: (error: Error) => void
}

export function createWorkerProcess(options: WorkerProcessOptions): WorkerProcess {
  const { worker, compiled } = options
  let ready = false
  let ended = false
  let lastId = 0
  let inFlight: InFlight | null = null
  const timer = setTimeout(() => died("it took too long to start"), options.startLimit)

  worker.onmessage = ({ data: message }) => {
    if (ended) return
    switch (message.type) {
      case "ready":
        clearTimeout(timer)
        ready = true
        compiled.module ??= message.module
        options.onReady()
        break
      case "answer":
        if (inFlight?.id === message.id) {
          const { answer, timer } = inFlight
          clearTimeout(timer)
          inFlight = null
          answer(message.answer)
        }
        break
      case "painted":
        options.onPainted(message.seq)
        break
      case "lost":
        options.onLost(message.page)
        break
      case "dead":
        died(message.why)
    }
  }
  worker.onerror = event => {
    event.preventDefault()
    died(event.message || "its script failed")
  }
  worker.postMessage({ type: "start", wasm: options.wasm, module: compiled.module })

  function died(why: string): void {
    if (ended) return
    console.warn("The preview's worker died: " + why)
    end()
    options.onDeath(why)
  }

  function end(): void {
    if (ended) return
    ended = true
    ready = false
    clearTimeout(timer)
    worker.terminate()
    if (!inFlight) return
    clearTimeout(inFlight.timer)
    inFlight.failed(gone())
    inFlight = null
  }

  return {
    ready: () => ready,
    busy: () => inFlight !== null,
    call(request, answer, failed = () => {}) {
      const id = ++lastId
      inFlight = { id, answer, failed, timer: setTimeout(() => died("it was silent for too long"), options.callLimit) }
      worker.postMessage({ type: "call", id, request })
    },
    connect: port => worker.postMessage({ type: "frame", port }, [port]),
    end,
  }
}

/// What a question gets that the worker did not live to answer.
export function gone(): Error {
  return new Error("The preview is starting again. Try once more in a moment.")
}
