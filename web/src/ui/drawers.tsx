import type { ComponentChildren } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import { Divider } from "./divider"
import { t } from "../base/words"

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
  const ref = useRef<HTMLDivElement>(null)
  // Short lists take less than they may.
  const [shown, setShown] = useState(share)
  const measured = () => (ref.current!.offsetHeight / ref.current!.parentElement!.clientHeight) * 100
  useEffect(() => {
    if (!open) return
    const observer = new ResizeObserver(() => setShown(measured()))
    observer.observe(ref.current!)
    observer.observe(ref.current!.parentElement!)
    return () => observer.disconnect()
  }, [open])
  return (
    <div class="drawers" ref={element => {
      ref.current = element
      element?.style.setProperty("--drawers", share + "%")
    }}>
      {open && <Divider across share={shown} measured={measured} least={15} most={60} usual={40} label={t("Height of the lists")} onShare={onShare} />}
      {children}
    </div>
  )
}
