import { useRef } from "preact/hooks"

export interface DividerProps {
  /// The left part's share of what the divider stands in, in percent; with
  /// `across`, the lower part's.
  share: number
  onShare: (share: number) => void
  /// The share as it is drawn now, from which a key goes on. Defaults to `share`.
  measured?: () => number
  /// Between parts above each other. Defaults to false.
  across?: boolean
  label: string
  /// Bounds of the share, and where a double click puts it.
  least: number
  most: number
  usual: number
}

/// Between two parts of the screen; drawn by pointer or moved by arrow keys.
export function Divider({ share, onShare, measured = () => share, across = false, label, least, most, usual }: DividerProps) {
  const dragging = useRef(false)
  const set = (next: number) => onShare(Math.round(Math.max(least, Math.min(most, next)) * 10) / 10)
  const [less, more] = across ? ["ArrowDown", "ArrowUp"] : ["ArrowLeft", "ArrowRight"]
  return (
    <div
      class={across ? "divider across" : "divider"} role="separator" tabIndex={0} aria-orientation={across ? "horizontal" : "vertical"} aria-label={label}
      aria-valuenow={Math.round(share)} aria-valuemin={Math.min(least, Math.round(share))} aria-valuemax={most}
      onPointerDown={event => {
        if (event.button !== 0) return
        dragging.current = true
        event.currentTarget.setPointerCapture(event.pointerId)
        event.currentTarget.classList.add("dragging")
        event.preventDefault()
      }}
      onPointerMove={event => {
        if (!dragging.current) return
        const box = event.currentTarget.closest(across ? ".source" : ".panes")!.getBoundingClientRect()
        set(across ? ((box.bottom - event.clientY) / box.height) * 100 : ((event.clientX - box.left) / box.width) * 100)
      }}
      onLostPointerCapture={event => {
        dragging.current = false
        event.currentTarget.classList.remove("dragging")
      }}
      onDblClick={() => set(usual)}
      onKeyDown={event => {
        const step = event.shiftKey ? 10 : 2
        if (event.key === less) set(measured() - step)
        else if (event.key === more) set(measured() + step)
        else if (event.key === "Home") set(least)
        else if (event.key === "End") set(most)
        else if (event.key === "Enter") set(usual)
        else return
        event.preventDefault()
      }}
    />
  )
}
