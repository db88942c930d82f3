import type { Draft } from "../../post/drafts"
import { ago, nameOf } from "../../forge/posts"
import type { Pull } from "../../protocol/server"
import { editAddress } from "../../protocol/routes"

export interface DraftListProps {
  drafts: readonly Draft[]
  pulls: readonly Pull[]
  /// What a branch is called.
  place: (branch: string) => string
  /// Milliseconds since 1970.
  now: number
  onForget: (draft: Draft) => void
}

/// What was written and is in this browser alone.
export function DraftList({ drafts, pulls, place, now, onForget }: DraftListProps) {
  return (
    <section class="drafts" aria-labelledby="drafts-heading">
      <h2 id="drafts-heading">Waiting in this browser</h2>
      <ul>
        {drafts.map(draft => (
          <li key={draft.branch + "\n" + draft.path}>
            <a href={editAddress(draft.branch, draft.path, draft.into, draft.pull)}>
              <span class="name">{draft.title || nameOf({ title: "", slug: "", path: draft.path })}</span>
              <span class="detail" title={draft.branch}>
                {draft.blob === "" ? "new, " : ""}{draft.pull ? `for pull request #${draft.pull} into ${place(draft.into ?? "")}` : `${place(draft.branch) === draft.branch ? "on" : "in"} ${place(draft.branch)}`}, kept {ago(draft.updated, now)}
                {draft.submitted && !draft.pull && submittedText(draft, pulls)}
              </span>
            </a>
            <button type="button" class="quiet small" aria-label={`Forget the draft of ${draft.title || draft.path}`} onClick={() => onForget(draft)}>Forget</button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/// What became of a draft that was submitted.
function submittedText(draft: Draft, pulls: readonly Pull[]): string {
  const { number, text } = draft.submitted!
  const state = pulls.find(pull => pull.number === number)?.state ?? "open"
  return `, ${text === draft.text ? "in" : "changed since"} pull request #${number}${state === "open" ? "" : `, which is ${state}`}`
}
