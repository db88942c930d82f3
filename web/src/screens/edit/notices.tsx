import type { EditModel } from "../../post/edit-state"
import { viewOf } from "../../post/life/view"
import { placeName } from "../../forge/branches"
import { personName } from "../../forge/people"
import { renamedSentence } from "../../forge/renamed"
import { editAddress } from "../../protocol/routes"
import { Rescue } from "../../ui/rescue"
import { useStore } from "../../ui/use-store"
import { list, t } from "../../base/words"

export interface NoticesProps {
  branch: string
  path: string
  model: EditModel
  /// Runs an action by its name.
  run: (id: string) => void
}

/// What is said of the post beside its text, and what can be done about it.
export function Notices({ branch, path, model, run }: NoticesProps) {
  const life = useStore(model.life)
  const state = useStore(model.store)
  const view = viewOf(life)
  const open = view.phase === "open"
  const readOnly = open && !view.writer
  const trouble = life.phase === "open" ? life.trouble : null
  return (
    <div class="notices">
      {readOnly && (
        <p class="notice" role="status">
          {t("This post is being written in another tab.")}
          <button type="button" class="small" onClick={() => void model.send({ type: "take over" })}>{t("Continue here")}</button>
        </p>
      )}
      {view.notice && open && (
        <p class="notice" role="status">
          {view.notice}
          <button type="button" class="small" onClick={() => model.send({ type: "notice", sentence: "" })}>{t("All right")}</button>
        </p>
      )}
      {state.blocked.length > 0 && open && (
        <p class="notice" role="status">
          {t("The preview leaves out what the page has from {hosts}: who previews it would be known there.", { hosts: listed(state.blocked) })}
          <button type="button" class="small" onClick={() => model.reach(true)}>{t("Show it, from now on")}</button>
          <button type="button" class="small" onClick={() => model.reach(false)}>{t("Leave it out")}</button>
        </p>
      )}
      {state.over && open && (
        <p class="notice" role="status">
          {state.over}
          <button type="button" class="small" disabled={readOnly} onClick={() => run("write-on")}>{t("Write on {edition}", { edition: state.edition })}</button>
        </p>
      )}
      {view.renamed && open && (
        <p class="notice" role="status">
          {view.renamed.branch === undefined ? t("{person} renamed this post to {path}.", { person: personName(view.renamed.person, t("Somebody")), path: view.renamed.path }) : renamedSentence(view.renamed, path, branch, state.branches)}
          <button type="button" class="small" disabled={readOnly} onClick={() => run("go-on")}>{t("Go on there")}</button>
        </p>
      )}
      {state.edition && !state.over && open && (
        <p class="notice" role="status">
          {t("This post belongs to {place}, which is still being written.", { place: placeName(state.edition, state.branches, []) })}
          <a class="button small" href={editAddress(state.edition, path)}>{t("Write there")}</a>
        </p>
      )}
      {view.behind && open && (
        <p class="notice" role="status">
          {t("Pull request #{number} no longer merges into {place}: the same lines were changed there.", { number: view.behind.number, place: placeName(view.behind.base, state.branches, []) })}
          <button type="button" class="small" disabled={view.merging || readOnly} onClick={() => run("bring-up")}>{view.merging ? t("Merging") : t("Bring up to date")}</button>
        </p>
      )}
      {trouble && open && view.submitting.is === "idle" && <p class="notice bad" role="alert">{trouble.sentence}</p>}
      {view.keep.kind === "failed" && open && (
        <p class="notice bad" role="alert">
          {view.keep.why}
          <Rescue post={{ path, text: model.text, save: model.save }} />
        </p>
      )}
    </div>
  )
}

/// A few of the names, and how many others there are.
function listed(names: readonly string[]): string {
  const others = names.length - 3
  const shown = others > 1 ? [...names.slice(0, 3), t("{count} other places", { count: others })] : names
  return list(shown)
}
