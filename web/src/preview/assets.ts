// Assets are the scripts and the module that the preview loads by themselves: what
// runs in its worker and in its frame.

/// Their addresses, by the names of their entries.
export interface Assets {
  "worker.js": string
  "galley.wasm": string
  "frame.js": string
  "en-us.js": string
  "en-gb.js": string
}

/// A worker for the spelling checker, by its script's address.
export function createSpeller(script: string): Worker {
  return new Worker(script, { type: "module", name: "spelling" })
}

/// A worker for the renderer, which is yet to be started.
export function createWorker(assets: Assets): Worker {
  return new Worker(assets["worker.js"], { type: "module", name: "galley" })
}
