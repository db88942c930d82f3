import { useStore } from "./use-store"
import type { Unsaved } from "../post/unsaved"
import { Dialog } from "./dialog"
import { Rescue } from "./rescue"
import { t } from "../base/words"

/// Stands on every screen: asks a writer who goes away from words that are in
/// this tab alone.
export function LeaveDialog({ unsaved }: { unsaved: Unsaved }) {
  const { post, keep, leavingFor } = useStore(unsaved.store)
  if (!leavingFor || !post) return null
  return (
    <Dialog title={t("Leave what is not saved?")} onClose={unsaved.stay}>
      <p>{keep.kind === "failed" ? keep.why : t("Saving what you wrote.")}</p>
      <p><Rescue post={post} /></p>
      <footer>
        <button type="button" class="danger" onClick={unsaved.leave}>{t("Leave without it")}</button>
        <button type="button" class="primary" autofocus onClick={unsaved.stay}>{t("Stay")}</button>
      </footer>
    </Dialog>
  )
}
