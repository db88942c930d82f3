import type { EditModel } from "../../post/edit-state"
import { viewOf } from "../../post/life/view"
import { placeName } from "../../forge/branches"
import { personName } from "../../forge/people"
import { editAddress } from "../../protocol/routes"
import { Rescue } from "../../ui/rescue"
import { useStore } from "../../ui/use-store"

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
  const { into } = view.target
  const trouble = life.phase === "open" ? life.trouble : null
  return (
    <div class="notices">
      {readOnly && (
        <p class="notice" role="status">
          This post is being written in another tab.
          <button type="button" class="small" onClick={() => void model.send({ type: "take over" })}>Continue here</button>
        </p>
      )}
      {view.notice && open && (
        <p class="notice" role="status">
          {view.notice}
          <button type="button" class="small" onClick={() => model.send({ type: "notice", sentence: "" })}>All right</button>
        </p>
      )}
      {state.blocked.length > 0 && open && (
        <p class="notice" role="status">
          The preview leaves out what the page has from {listed(state.blocked)}: who previews it would be known there.
          <button type="button" class="small" onClick={() => model.reach(true)}>Show it, from now on</button>
          <button type="button" class="small" onClick={() => model.reach(false)}>Leave it out</button>
        </p>
      )}
      {state.over && open && (
        <p class="notice" role="status">
          {state.over}
          <button type="button" class="small" disabled={readOnly} onClick={() => run("write-on")}>Write on {state.edition}</button>
        </p>
      )}
      {view.renamed && open && (
        <p class="notice" role="status">
          {personName(view.renamed.person, "Somebody")} renamed this post to {view.renamed.path}.
          <button type="button" class="small" disabled={readOnly} onClick={() => model.send({ type: "follow", address: editAddress(branch, view.renamed!.path, into), now: model.text() })}>Go on there</button>
        </p>
      )}
      {state.edition && !state.over && open && (
        <p class="notice" role="status">
          This post belongs to {placeName(state.edition, state.branches, [])}, which is still being written.
          <a class="button small" href={editAddress(state.edition, path)}>Write there</a>
        </p>
      )}
      {view.behind && open && (
        <p class="notice" role="status">
          Pull request #{view.behind.number} no longer merges into {placeName(view.behind.base, state.branches, [])}: the same lines were changed there.
          <button type="button" class="small" disabled={view.merging || readOnly} onClick={() => run("bring-up")}>{view.merging ? "Merging" : "Bring up to date"}</button>
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
  const shown = others > 1 ? [...names.slice(0, 3), `${others} other places`] : names
  return new Intl.ListFormat("en").format(shown)
}
