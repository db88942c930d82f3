import { useRef } from "preact/hooks"

export interface DividerProps {
  /// The left part's share, in percent.
  share: number
  onShare: (share: number) => void
}

const least = 20
const most = 80

/// Between source and page; drawn by pointer or moved by arrow keys.
export function Divider({ share, onShare }: DividerProps) {
  const dragging = useRef(false)
  const set = (next: number) => onShare(Math.round(Math.max(least, Math.min(most, next)) * 10) / 10)
  return (
    <div
      class="divider" role="separator" tabIndex={0} aria-orientation="vertical" aria-label="Width of source and page"
      aria-valuenow={Math.round(share)} aria-valuemin={least} aria-valuemax={most}
      onPointerDown={event => {
        if (event.button !== 0) return
        dragging.current = true
        event.currentTarget.setPointerCapture(event.pointerId)
        event.currentTarget.classList.add("dragging")
        event.preventDefault()
      }}
      onPointerMove={event => {
        if (!dragging.current) return
        const box = event.currentTarget.parentElement!.getBoundingClientRect()
        set(((event.clientX - box.left) / box.width) * 100)
      }}
      onLostPointerCapture={event => {
        dragging.current = false
        event.currentTarget.classList.remove("dragging")
      }}
      onDblClick={() => set(50)}
      onKeyDown={event => {
        const step = event.shiftKey ? 10 : 2
        if (event.key === "ArrowLeft") set(share - step)
        else if (event.key === "ArrowRight") set(share + step)
        else if (event.key === "Home") set(least)
        else if (event.key === "End") set(most)
        else if (event.key === "Enter") set(50)
        else return
        event.preventDefault()
      }}
    />
  )
}
