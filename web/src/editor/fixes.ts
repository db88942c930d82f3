// Fixes are what a press can do about a problem, by the problem's code.
import type { Diagnostic } from "../protocol/preview"

export interface Fix {
  /// What it does, on a button.
  name: string
  /// What takes the place of the problem's range.
  insert: string
}

const fixes: Record<string, Fix> = {
  "space-behind-mark": { name: "Put a plain space", insert: " " },
}

/// What mends a problem; null where a person has to.
export function fixOf(problem: Pick<Diagnostic, "code" | "file">): Fix | null {
  return problem.file ? null : (fixes[problem.code] ?? null)
}
