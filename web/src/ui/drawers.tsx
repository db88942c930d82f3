import type { ComponentChildren } from "preact"
import { Divider } from "./divider"

export interface DrawersProps {
  /// How much of the column they may take, in percent.
  share: number
  onShare: (share: number) => void
  /// Whether one of them is open.
  open: boolean
  children: ComponentChildren
}

/// The lists below the source. However many are open, and however long they are,
/// the source keeps a third of its column (app.css).
export function Drawers({ share, onShare, open, children }: DrawersProps) {
  return (
    <div class="drawers" ref={element => element?.style.setProperty("--drawers", share + "%")}>
      {open && <Divider across share={share} least={15} most={60} usual={40} label="Height of the lists" onShare={onShare} />}
      {children}
    </div>
  )
}
