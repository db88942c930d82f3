// Worker holds the one WebAssembly instance. Its first message is "ready" or
// "dead"; after "dead" it says nothing more and waits to be ended. Patches go
// straight to the frame, the rest of an answer to the page.
import "wasm_exec"
import type { FromFrame, FromWorker, PreviewAnswer, Request, ToFrame, ToWorker } from "./protocol"

declare const self: {
  galley?: (request: Uint8Array) => Uint8Array | undefined
  postMessage(message: FromWorker): void
  onmessage: (event: MessageEvent<ToWorker>) => void
}

const encoder = new TextEncoder()
const decoder = new TextDecoder("utf-8", { ignoreBOM: true })
let frame: MessagePort | null = null
let started: Promise<WebAssembly.Module | undefined> | null = null
let death: FromWorker | null = null

function tell(message: FromWorker): void {
  if (!death) self.postMessage(message)
}

function die(why: unknown): void {
  if (death) return
  death = { type: "dead", why: why instanceof Error ? why.message : String(why) }
  self.postMessage(death)
}

/// Answers the module, for the next worker, unless it was known.
async function start(wasm: string, known: WebAssembly.Module | undefined): Promise<WebAssembly.Module | undefined> {
  const go = new Go()
  const module = known ?? (await compile(wasm))
  const instance = await WebAssembly.instantiate(module, go.importObject)
  // It returns only when the program ends, and it never should.
  go.run(instance).then(() => die("the renderer ended"), die)
  if (typeof self.galley !== "function") throw new Error("the renderer did not start")
  return known ? undefined : module
}

/// Compiles the module while it arrives, where its type allows that.
async function compile(wasm: string): Promise<WebAssembly.Module> {
  // The page and its editor come first; this is larger than all of them.
  const response = await fetch(wasm, { priority: "low" })
  if (!response.ok) throw new Error(`the renderer could not be loaded (status ${response.status})`)
  if (response.headers.get("Content-Type")?.startsWith("application/wasm")) return WebAssembly.compileStreaming(response)
  return WebAssembly.compile(await response.arrayBuffer())
}

function call(id: number, request: Request): void {
  const bytes = self.galley!(encoder.encode(JSON.stringify(request)))
  // After a panic Go answers undefined, without an exception.
  if (!(bytes instanceof Uint8Array)) throw new Error("the renderer crashed")
  const answer = JSON.parse(decoder.decode(bytes)) as Partial<PreviewAnswer>
  if (answer.patch) {
    frame?.postMessage({ seq: answer.seq ?? 0, patch: answer.patch } satisfies ToFrame)
    delete answer.patch
  }
  tell({ type: "answer", id, answer })
}

self.onmessage = event => {
  const message = event.data
  if (death) {
    // Whoever takes over a worker that was begun early has not heard it.
    if (message.type === "start") self.postMessage(death)
    return
  }
  switch (message.type) {
    case "start":
      // A worker that the page began early is started again by who takes it.
      started ??= start(message.wasm, message.module)
      started.then(module => tell({ type: "ready", module }), die)
      break
    case "frame":
      frame?.close()
      frame = message.port
      frame.onmessage = (event: MessageEvent<FromFrame>) => {
        if (event.data.type === "lost") tell({ type: "lost" })
        else tell({ type: "painted", seq: event.data.seq })
      }
      break
    case "call":
      try {
        call(message.id, message.request)
      } catch (error) {
        die(error)
      }
  }
}
