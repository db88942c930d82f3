// What the page and the worker say to one another.
import type { Request } from "./preview"

export type ToWorker =
  /// `module` is the compiled module, when an earlier worker has sent it.
  | { type: "start"; wasm: string; module?: WebAssembly.Module | undefined }
  | { type: "frame"; port: MessagePort }
  | { type: "call"; id: number; request: Request }

export type FromWorker =
  /// Comes with the module if this worker compiled it.
  | { type: "ready"; module?: WebAssembly.Module | undefined }
  | { type: "answer"; id: number; answer: unknown }
  | { type: "painted"; seq: number }
  | { type: "lost"; page: boolean }
  | { type: "dead"; why: string }
