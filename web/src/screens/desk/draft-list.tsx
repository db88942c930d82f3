import type { Draft } from "../../post/drafts"
import { ago, nameOf } from "../../forge/posts"
import type { Pull } from "../../protocol/server"
import { editAddress } from "../../protocol/routes"
import { t } from "../../base/words"

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
      <h2 id="drafts-heading">{t("Waiting in this browser")}</h2>
      <ul>
        {drafts.map(draft => (
          <li key={draft.branch + "\n" + draft.path}>
            <a href={editAddress(draft.branch, draft.path, draft.into, draft.pull)}>
              <span class="name">{draft.title || nameOf({ title: "", slug: "", path: draft.path })}</span>
              <span class="detail" title={draft.branch}>
                {[
                  draft.blob === "" && t("new"),
                  draft.pull ? t("for pull request #{number} into {place}", { number: draft.pull, place: place(draft.into ?? "") })
                    : place(draft.branch) === draft.branch ? t("on {branch}", { branch: draft.branch }) : t("in {place}", { place: place(draft.branch) }),
                  t("kept {when}", { when: ago(draft.updated, now) }),
                  draft.submitted && !draft.pull && submittedText(draft, pulls),
                ].filter(Boolean).join(", ")}
              </span>
            </a>
            <button type="button" class="quiet small" aria-label={t("Forget the draft of {title}", { title: draft.title || draft.path })} onClick={() => onForget(draft)}>{t("Forget")}</button>
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
  const same = text === draft.text
  switch (state) {
    case "open":
      return same ? t("in pull request #{number}", { number }) : t("changed since pull request #{number}", { number })
    case "merged":
      return same ? t("in pull request #{number}, which is merged", { number }) : t("changed since pull request #{number}, which is merged", { number })
    case "closed":
      return same ? t("in pull request #{number}, which is closed", { number }) : t("changed since pull request #{number}, which is closed", { number })
  }
}
