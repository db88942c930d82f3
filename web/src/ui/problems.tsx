import { isFixable } from "../editor/fixes"
import type { EditState } from "../post/edit-state"
import type { Problem } from "../post/problem"
import type { Fix } from "../protocol/preview"
import { OutsideLinks } from "./outside-links"
import { PageCheck } from "./page-check"
import { Spelling, Suggestions, type SpellingProps } from "./spelling"
import { t, tn } from "../base/words"

export interface ProblemsProps {
  problems: readonly Problem[]
  /// Null while nothing is known yet.
  known: boolean
  open: boolean
  onOpen: (open: boolean) => void
  /// Line of an offset, from 1.
  lineOf: (at: number) => number
  onGo: (problem: Problem) => void
  /// Mends what a press can mend: one problem, or all of its kind, by `fix` or else each
  /// by its own.
  onFix: (problems: readonly Problem[], fix?: Fix) => void
  /// Whether nothing can be changed now.
  disabled: boolean
  /// What there is no page of has only what is wrong with its text. Defaults to false.
  data?: boolean
  page: EditState["pageCheck"]
  onCheckPage: () => void
  /// Asks where links to other sites lead, and what came of that.
  onOutside: () => void
  asking: boolean
  said: string
  spelling: SpellingProps
  /// Takes a word for right.
  onWord: (word: string) => void
}

const names = { error: t("Error"), warning: t("Warning"), info: t("Note") }

/// The count of problems, which opens into their list.
export function Problems({ problems, known, open, onOpen, lineOf, onGo, onFix, disabled, data = false, page, onCheckPage, onOutside, asking, said, spelling, onWord }: ProblemsProps) {
  // Looked through once: there may be thousands, and each is one of its kind.
  const byCode = groupsOf(open ? problems.filter(isFixable) : [], ({ code }) => code)
  const byWord = groupsOf(open ? problems : [], ({ word }) => word)
  return (
    <section class="problems" aria-label={t("Problems")}>
      <button type="button" class="count" aria-expanded={open} aria-controls="problem-list" onClick={() => onOpen(!open)}>
        {!known ? t("Looking for problems") : countOf(problems)}
      </button>
      <ul id="problem-list" hidden={!open}>
        {open && !data && <PageCheck {...page} disabled={!known} onCheck={onCheckPage} />}
        {!data && <OutsideLinks asking={asking} said={said} disabled={!known} onLook={onOutside} />}
        {!data && <Spelling {...spelling} />}
        {open && problems.map((problem, i) => {
          const fix = isFixable(problem)
          const alike = (fix && byCode.get(problem.code)) || []
          return (
          <li key={i}>
            <button type="button" onClick={() => onGo(problem)}>
              <span class={"mark " + problem.severity}>{names[problem.severity]}</span>
              <span class="what">{problem.message}</span>
              <span class="where">{problem.file ? problem.file : problem.page ? t("on the page, line {line}", { line: lineOf(problem.from) }) : t("line {line}", { line: lineOf(problem.from) })}</span>
            </button>
            {problem.suggest && <Suggestions key={problem.word} problem={problem} alike={byWord.get(problem.word) ?? []} disabled={disabled} onFix={onFix} onWord={onWord} />}
            {fix && <button type="button" class="fix" disabled={disabled} onClick={() => onFix([problem])}>{problem.fix!.name}</button>}
            {alike.length > 1 && alike[0] === problem && (
              <button type="button" class="fix" disabled={disabled} onClick={() => onFix(alike)}>{t("Do it at all {count} places", { count: alike.length })}</button>
            )}
          </li>
          )
        })}
        {problems.length === 0 && <li class="none">{known ? t("Nothing to mend.") : data ? t("The file is being read.") : t("The renderer is getting ready.")}</li>}
      </ul>
    </section>
  )
}

function groupsOf<K>(problems: readonly Problem[], keyOf: (problem: Problem) => K): Map<K, Problem[]> {
  const groups = new Map<K, Problem[]>()
  for (const problem of problems) {
    const group = groups.get(keyOf(problem))
    if (group) group.push(problem)
    else groups.set(keyOf(problem), [problem])
  }
  return groups
}

/// "2 errors, 1 warning".
export function countOf(problems: readonly Problem[]): string {
  const [errors, warnings, notes] = (["error", "warning", "info"] as const).map(severity => problems.filter(p => p.severity === severity).length)
  const parts = [
    errors ? tn(errors, "{count} error", "{count} errors") : "",
    warnings ? tn(warnings, "{count} warning", "{count} warnings") : "",
    notes ? tn(notes, "{count} note", "{count} notes") : "",
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(", ") : t("No problems")
}
