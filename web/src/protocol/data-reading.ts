// Data reading is what the server answers about a data file's text.
import type { DataValue } from "./data"
import type { Diagnostic } from "./preview"

/// What a data file says, and what is wrong with it.
export interface DataReading {
  diagnostics: Diagnostic[]
  /// Null where it cannot be read.
  value: DataValue | null
  /// How templates call it: `site.data.team`.
  name: string
}
