// Results are what one run measured.
import type { KeystrokeResult } from "./parts/keystroke"
import type { MemoryResult } from "./parts/memory"
import type { SiteResult } from "./parts/site"
import type { StartResult } from "./parts/start"

/// Parts that were not run are null.
export interface Results {
  /// RFC 3339.
  date: string
  machine: string
  chromium: string
  /// Galley's revision.
  revision: string
  /// Where the texts are from.
  texts: string
  keystroke: KeystrokeResult[] | null
  start: StartResult | null
  site: SiteResult | null
  memory: MemoryResult | null
  /// Bytes of the WebAssembly module as it is served, brotli.
  wasm: number | null
}
