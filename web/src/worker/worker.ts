// Worker holds the one WebAssembly instance. Its first message is "ready" or
// "dead"; after "dead" it says nothing more and waits to be ended. Patches go
// straight to the frame, the rest of an answer to the page.
import "wasm_exec"
import { createRenderer, encodeRequest, type Renderer, type RendererExports } from "./renderer"
import type { FromFrame, ToFrame } from "../protocol/frame"
import type { FromWorker, ToWorker } from "../protocol/worker"
import type { PreviewAnswer, Request } from "../protocol/preview"

declare const self: {
  galley?: Renderer
  postMessage(message: FromWorker): void
  onmessage: (event: MessageEvent<ToWorker>) => void
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true })
let frame: MessagePort | null = null
let started: Promise<WebAssembly.Module | undefined> | null = null
let death: FromWorker | null = null
let resting: ReturnType<typeof setTimeout> | undefined

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
  // Go's collector would end the program, once its memory is beyond 256 MB, when
  // a template calls a method (internal/site/templates/memory_js_test.go).
  go.env = { GODEBUG: "invalidptr=0" }
  const module = known ?? (await compile(wasm))
  const instance = await WebAssembly.instantiate(module, go.importObject)
  // It is done only when the program ends, and that never should while it starts.
  go.run(instance).catch(die)
  if (go.exited) throw new Error("the renderer did not start")
  self.galley = createRenderer(instance.exports as unknown as RendererExports, () => go.exited)
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
  clearTimeout(resting)
  const answer = JSON.parse(decoder.decode(self.galley!.handle(encodeRequest(request)))) as Partial<PreviewAnswer>
  // That an edit changes nothing is told, too: letters may be shown ahead of it.
  if (answer.patch || request.op === "edit") frame?.postMessage({ seq: answer.seq ?? 0, patch: answer.patch ?? null } satisfies ToFrame)
  delete answer.patch
  tell({ type: "answer", id, answer })
  // All is told of a text when nothing is typed; garbage is collected a moment
  // later, if still nothing is.
  if (request.op === "describe") resting = setTimeout(rest, 300)
}

function rest(): void {
  try {
    self.galley!.rest()
  } catch (error) {
    die(error)
  }
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
        if (event.data.type === "lost") tell({ type: "lost", page: event.data.page })
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
