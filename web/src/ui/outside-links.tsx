import type { OutsideLinksState } from "../post/outside-links"
import { t } from "../base/words"

export type OutsideLinksProps = OutsideLinksState & { disabled: boolean; onLook: () => void }

/// The row that asks where links to other sites lead, and what came of that.
export function OutsideLinks({ asking, said, disabled, onLook }: OutsideLinksProps) {
  return (
    <li class="check-row outside-links">
      <button type="button" class="small" disabled={disabled} aria-disabled={asking} onClick={onLook}>{t("Check links to other sites")}</button>
      <p role="status">{asking ? t("Asking where they lead.") : said || t("Asks where they lead: some may be dead, or have moved.")}</p>
    </li>
  )
}
