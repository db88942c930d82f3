// Submissions are a tray of their own: pull requests that add to the post. Those that
// are chosen are looked at together, and put in by one merge.
import { personName } from "../../forge/people"
import type { Submissions, SubmissionsState } from "../../post/submissions"
import { leavesApp, pullAddress } from "../../protocol/routes"
import type { AddedRun, OfferedPull } from "../../protocol/server"
import { Dialog } from "../../ui/dialog"
import { Diff } from "../../ui/diff"
import { useStore } from "../../ui/use-store"
import { list, t, tn } from "../../base/words"

export interface SubmissionRowsProps {
  submissions: Submissions
  disabled: boolean
}

/// The pull requests as rows of the list of material.
export function SubmissionRows({ submissions, disabled }: SubmissionRowsProps) {
  const state = useStore(submissions.store)
  const { pulls, chosen, refused, busy } = state
  return (
    <>
      {pulls.map(pull => (
        <li key={"pull-" + pull.number} class="submission">
          {pull.reason || refused ? (
            <span class="item unfit"><Told pull={pull} /></span>
          ) : (
            <label class="item">
              <input
                type="checkbox" class="go" checked={chosen.has(pull.number)} disabled={disabled || busy !== ""}
                onChange={event => submissions.choose(pull.number, event.currentTarget.checked)}
              />
              <Told pull={pull} />
            </label>
          )}
          {pull.reason && <span class="who">{t("By itself: {reason}", { reason: pull.reason })}</span>}
          <a
            class="see" href={leavesApp(pull.url) ? pull.url : pullAddress(pull.number)} aria-label={t("Read pull request {number}", { number: pull.number })}
            {...(leavesApp(pull.url) ? { target: "_blank", rel: "noopener noreferrer" } : {})}
          >#{pull.number}</a>
        </li>
      ))}
      {refused && pulls.length > 0 && <li class="none hint">{refused}</li>}
      {chosen.size > 0 && !refused && (
        <li class="put">
          <button type="button" class="quiet small take" disabled={disabled || busy !== ""} onClick={() => void submissions.join()}>
            {busy === "joining" ? t("Looking where they go") : many(chosen.size)}
          </button>
        </li>
      )}
      {state.trouble && !state.seen && <li class="none failed" role="alert">{state.trouble}</li>}
    </>
  )
}

function Told({ pull }: { pull: OfferedPull }) {
  return (
    <>
      <span class="what">{pull.title}{pull.added.map((run, i) => <code key={i}>{run.text}</code>)}</span>
      <span class="where">{[personName(pull.author, t("Somebody")), placesOf(pull.added)].filter(Boolean).join(", ")}</span>
    </>
  )
}

export interface SubmissionsDialogProps {
  submissions: Submissions
  state: SubmissionsState
  /// The branch that they go into, as people call it.
  into: string
  /// Whether the writer's text is that of a pull request that is continued.
  continued: boolean
  nonce: string
  /// Called with the numbers of what was merged.
  onMerged: (numbers: number[]) => void
}

/// The text as it would be, before it is so.
export function SubmissionsDialog({ submissions, state, into, continued, nonce, onMerged }: SubmissionsDialogProps) {
  const { seen, busy, chosen, trouble } = state
  if (!seen) return null
  const merging = busy === "merging"
  const pulls = state.pulls.filter(pull => chosen.has(pull.number))
  return (
    <Dialog title={many(pulls.length)} wide busy={merging} onClose={submissions.leave}>
      <p>{tn(pulls.length, "It becomes a merge commit on {into}. It is closed as merged, and whoever wrote it stays its author.", "They become one merge commit on {into}. Each is closed as merged, and whoever wrote it stays its author.", { into })}</p>
      <ul class="put-in">
        {pulls.map(pull => <li key={pull.number}>#{pull.number} {pull.title} <span>{[t("by {person}", { person: personName(pull.author) }), placesOf(pull.added)].filter(Boolean).join(", ")}</span></li>)}
      </ul>
      <Diff label={t("What is put in")} old={seen.old} new={seen.text} nonce={nonce} />
      <p class="note">{continued
        ? t("The pull request that you write in stays as it is: both come together when it is merged.")
        : t("What you have written yourself and not submitted stays as it is: the lines are merged into it.")}</p>
      {trouble && <p class="failed" role="alert">{trouble}</p>}
      <footer>
        <button type="button" class="quiet" disabled={merging} onClick={submissions.leave}>{t("Not yet")}</button>
        <button type="button" class="primary" disabled={merging} onClick={async () => {
          const numbers = await submissions.merge()
          if (numbers.length > 0) onMerged(numbers)
        }}>{merging ? t("Putting them in") : tn(pulls.length, "Put it in", "Put them in")}</button>
      </footer>
    </Dialog>
  )
}

/// "1 submission", "3 submissions".
function many(n: number): string {
  return tn(n, "Put 1 submission in", "Put {count} submissions in")
}

/// "in Events", "in Events and News".
function placesOf(added: readonly AddedRun[]): string {
  const names = [...new Set(added.map(run => run.section || t("the beginning")))]
  return names.length === 0 ? "" : t("in {sections}", { sections: list(names) })
}
