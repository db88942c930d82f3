// Fixes are what a press can do about a problem. Whoever found it says them. They are
// for the text that it was found in: where that says something else by now, nothing is
// changed, and whoever finds problems is about to look again.
import type { ChangeSet } from "@codemirror/state"
import type { Change, Diagnostic, Fix, Span } from "../protocol/preview"

/// A problem that may have several fixes, which are found when somebody looks at it.
export interface Fixable extends Diagnostic {
  /// Finds them, the best first; their places count from the problem's. Absent where
  /// `fix` is all there is.
  suggest?: () => Promise<Fix[]>
  /// What stood there when it was found, as noteWritten noted it.
  written?: string
}

/// Whether a press mends it; otherwise a person has to.
export function isFixable(problem: Pick<Diagnostic, "fix" | "file">): boolean {
  return problem.fix !== undefined && !problem.file
}

/// Notes what stands where problems were found in a text, of those that have it not
/// noted yet.
export function noteWritten(problems: readonly Fixable[], text: string): void {
  for (const problem of problems) problem.written ??= writtenAt(problem, text)
}

/// Whether the text still says what a problem was found in.
export function stands(problem: Fixable, text: string): boolean {
  return problem.written === undefined || problem.written === writtenAt(problem, text)
}

/// Takes their fixes from problems whose text was changed since they were found, and
/// of which nobody could note what it was.
export function withoutTouched(problems: readonly Diagnostic[], since: ChangeSet): Diagnostic[] {
  return problems.map(problem => {
    if (!problem.fix) return problem
    const { from, to } = reach(problem)
    return since.touchesRange(from, to) ? { ...problem, fix: undefined } : problem
  })
}

/// What mends problems in the text as it is now: each one's own fix, or the one given
/// for all. They may have moved since they were found, and their fixes with them. By
/// place; left out are those that would meet one before them, and those whose text has
/// changed.
export function changesOf(problems: readonly Fixable[], text: string, fix?: Fix): Change[] {
  const all = problems.filter(problem => (fix || isFixable(problem)) && stands(problem, text))
    .map(problem => {
      const { from, to, insert } = fix ?? problem.fix!
      return { from: problem.from + from, to: problem.from + to, insert }
    })
  const out: Change[] = []
  for (const change of all.sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (change.from >= (out.at(-1)?.to ?? 0) && (out.length === 0 || change.from > out.at(-1)!.from)) out.push(change)
  }
  return out
}

/// The text of a problem, and of its fix where that reaches further.
function writtenAt(problem: Diagnostic, text: string): string {
  const { from, to } = reach(problem)
  return text.slice(from, to)
}

function reach({ from, to, fix }: Diagnostic): Span {
  return fix ? { from: Math.min(from, from + fix.from), to: Math.max(to, from + fix.to) } : { from, to }
}
