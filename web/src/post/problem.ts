import type { Diagnostic } from "../protocol/preview"

/// A problem as the list shows it.
export interface Problem extends Diagnostic {
  /// Whether it was found on the rendered page, and is led back to the source.
  /// Defaults to false.
  page?: boolean
}
