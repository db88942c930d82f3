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
let dead = false

function tell(message: FromWorker): void {
  if (!dead) self.postMessage(message)
}

function die(why: unknown): void {
  tell({ type: "dead", why: why instanceof Error ? why.message : String(why) })
  dead = true
}

async function start(wasm: string, known: WebAssembly.Module | undefined): Promise<void> {
  const go = new Go()
  const module = known ?? (await compile(wasm))
  const instance = await WebAssembly.instantiate(module, go.importObject)
  // It returns only when the program ends, and it never should.
  go.run(instance).then(() => die("the renderer ended"), die)
  if (typeof self.galley !== "function") throw new Error("the renderer did not start")
  tell({ type: "ready", module: known ? undefined : module })
}

/// Compiles the module while it arrives, where its type allows that.
async function compile(wasm: string): Promise<WebAssembly.Module> {
  const response = await fetch(wasm)
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
  if (dead) return
  const message = event.data
  switch (message.type) {
    case "start":
      start(message.wasm, message.module).catch(die)
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
