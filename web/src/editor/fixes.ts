// Fixes are what a press can do about a problem. Whoever found it says them.
import type { Change, Diagnostic, Fix } from "../protocol/preview"

/// A problem that may have several fixes, which are found when somebody looks at it.
export interface Fixable extends Diagnostic {
  /// Finds them, the best first; their places count from the problem's. Absent where
  /// `fix` is all there is.
  suggest?: () => Promise<Fix[]>
}

/// What one of a problem's fixes changes now.
export function changeOf({ from: at }: Pick<Diagnostic, "from">, { from, to, insert }: Fix): Change {
  return { from: at + from, to: at + to, insert }
}

/// What mends a problem: the change to the text, and its name; null where a person
/// has to. A problem may have moved since it was found, and its fix with it.
export function fixOf(problem: Pick<Diagnostic, "from" | "fix" | "file">): (Change & { name: string }) | null {
  if (!problem.fix || problem.file) return null
  const { name, from, to, insert } = problem.fix
  return { name, from: problem.from + from, to: problem.from + to, insert }
}

/// The fixes of all problems of a kind, by place, those left out that would meet
/// one before them.
export function fixesOf(problems: readonly Diagnostic[], code: string): Change[] {
  const all = problems.filter(p => p.code === code).map(fixOf).filter(fix => fix !== null)
  const out: Change[] = []
  for (const { from, to, insert } of all.sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from >= (out.at(-1)?.to ?? 0) && (out.length === 0 || from > out.at(-1)!.from)) out.push({ from, to, insert })
  }
  return out
}
