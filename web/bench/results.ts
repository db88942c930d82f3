// Results are what one run measured.
import type { KeystrokeResult } from "./parts/keystroke"
import type { JekyllResult } from "./parts/jekyll"
import type { MemoryResult } from "./parts/memory"
import type { SiteResult } from "./parts/site"
import type { StartResult } from "./parts/start"

/// Parts that were not run are null.
export interface Results {
  /// RFC 3339.
  date: string
  machine: string
  /// How much else the machine had to do when the run began: programs that
  /// wanted to run, on average over the last minute.
  load: number
  chromium: string
  /// Galley's revision.
  revision: string
  /// Where the texts are from.
  texts: string
  keystroke: KeystrokeResult[] | null
  start: StartResult | null
  site: SiteResult | null
  jekyll: JekyllResult | null
  memory: MemoryResult | null
  /// Bytes of the WebAssembly module as it is served, brotli.
  wasm: number | null
}
