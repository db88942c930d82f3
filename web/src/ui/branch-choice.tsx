import { useState } from "preact/hooks"
import type { AppContext } from "./app-context"
import { alone, placeName, targetBranches } from "../forge/branches"
import { longDate } from "../forge/posts"
import type { Branch, NewPost } from "../protocol/server"
import { t, tx } from "../base/words"

export interface WhereProps {
  place: NewPost
  /// What its branch is called.
  name: string
  canPush: boolean
}

/// Where a new post is written, in words.
export function Where({ place, name, canPush }: WhereProps) {
  const edition = name !== place.branch
  if (place.exists) return <>{edition ? t("in {place}", { place: name }) : t("on {branch}", { branch: name })}</>
  const whole = edition ? <>{tx("{name} (the branch {branch})", { name, branch: <code>{place.branch}</code> })}</> : name
  if (canPush) return <>{tx("in {place}, which will be begun from {from}", { place: whole, from: place.from })}</>
  return <>{tx("for {from}: {place} is not begun yet, and you may not begin it", { from: place.from, place: whole })}</>
}

/// What a new post's branch is called: its edition, by the post's day, where that one
/// chose it.
export function nameOfPlace(place: NewPost, chosen: string, main: string): string {
  const day = /(?:^|\/)(\d{4}-\d\d-\d\d)-[^/]*$/.exec(place.path)?.[1]
  return chosen === "" && place.branch !== main && day ? t("the edition of {date}", { date: longDate(day) }) : place.branch
}

export interface BranchChoiceProps {
  app: AppContext
  /// Where the post would go by itself; null while nobody knows.
  place: NewPost | null
  /// The branch that was chosen; "" for the edition's.
  chosen: string
  /// What that place is called.
  name: string
  disabled: boolean
  onChoose: (branch: string) => void
}

/// Lets whoever thinks of branches choose another one.
export function BranchChoice({ app, place, chosen, name, disabled, onChoose }: BranchChoiceProps) {
  const [branches, setBranches] = useState<Branch[] | null>(null)
  if (!branches) {
    return (
      <p class="other-branch">
        <button type="button" class="quiet small" disabled={disabled} onClick={() => app.api.branches().then(setBranches, () => {})}>{t("Another branch")}</button>
      </p>
    )
  }
  return (
    <label>
      <span>{t("Branch")}</span>
      <select name="branch" value={chosen} disabled={disabled} onChange={event => onChoose(event.currentTarget.value)}>
        <option value="">{place && chosen === "" ? (name === place.branch ? t("The post's own: {name}", { name }) : alone(name)) : t("The post's own")}</option>
        {targetBranches(branches, chosen).map(b => <option key={b.name} value={b.name}>{alone(placeName(b.name, branches, []))}</option>)}
      </select>
    </label>
  )
}
