import type { Fixable } from "../editor/fixes"

/// A problem as the list shows it.
export interface Problem extends Fixable {
  /// The word that is not in the dictionary, with plain apostrophes. Absent for other
  /// problems.
  word?: string
  /// Whether it was found on the rendered page, and is led back to the source.
  /// Defaults to false.
  page?: boolean
}
