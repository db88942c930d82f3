import { t } from "../base/words"
import type { Store } from "../base/store"
import { useStore } from "./use-store"

/// Stands on every screen: says so where another site answers at the page's address.
export function OtherSite({ store, look }: { store: Store<{ asOf: number; otherSite: boolean }>; look: () => Promise<boolean> }) {
  if (!useStore(store).otherSite) return null
  return (
    <p class="notice lapsed" role="alert">
      <span>{t("Another site answers at this address now. Nothing was read from it or written to it. Leave this page open and start Galley for its own site again: then it goes on by itself.")}</span>
      <button type="button" class="small" onClick={() => void look()}>{t("Try again")}</button>
    </p>
  )
}
