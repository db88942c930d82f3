import { useState } from "preact/hooks"
import type { AppContext } from "./app-context"
import { targetBranches } from "../forge/branches"
import type { Branch, NewPost } from "../protocol/server"

/// Where a new post is written, in words.
export function Where({ place, canPush }: { place: NewPost; canPush: boolean }) {
  if (place.exists) return <>on {place.branch}</>
  if (canPush) return <>on the edition branch {place.branch}, which will be made from {place.from}</>
  return <>for {place.from}: the edition branch {place.branch} is not there yet, and you may not make it</>
}

export interface BranchChoiceProps {
  app: AppContext
  /// Where the post would go by itself; null while nobody knows.
  place: NewPost | null
  /// The branch that was chosen; "" for the edition's.
  chosen: string
  onChoose: (branch: string) => void
}

/// Lets whoever thinks of branches choose another one.
export function BranchChoice({ app, place, chosen, onChoose }: BranchChoiceProps) {
  const [branches, setBranches] = useState<Branch[] | null>(null)
  if (!branches) {
    return (
      <p class="other-branch">
        <button type="button" class="quiet small" onClick={() => app.api.branches().then(setBranches, () => {})}>Another branch</button>
      </p>
    )
  }
  return (
    <label>
      <span>Branch</span>
      <select name="branch" value={chosen} onChange={event => onChoose(event.currentTarget.value)}>
        <option value="">{place && chosen === "" ? `The post's own: ${place.branch}` : "The post's own"}</option>
        {targetBranches(branches, chosen).map(b => <option key={b.name} value={b.name}>{b.name}</option>)}
      </select>
    </label>
  )
}
