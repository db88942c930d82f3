// Room is whether something has its place beside the source.
import type { RefObject } from "preact"
import { useLayoutEffect, useState } from "preact/hooks"

/// How wide the source is at the least where the outline (12.5) stands beside it, in
/// rem: sixty letters of its fixed pitch (0.602 of 0.9375 each) and its margins (3).
export const besideWidth = 60 * 0.602 * 0.9375 + 3 + 12.5

/// Whether an element is so wide, in rem, also when its width changes.
export function useRoomFor(element: RefObject<HTMLElement | null>, width: number): boolean {
  const [room, setRoom] = useState(false)
  useLayoutEffect(() => {
    if (!element.current) return
    const look = () => setRoom(hasRoomFor(element.current, width))
    const observer = new ResizeObserver(look)
    look()
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element.current])
  return room
}

/// Whether an element is so wide, in rem.
export function hasRoomFor(element: Element | null, width: number): boolean {
  return element !== null && element.clientWidth >= width * parseFloat(getComputedStyle(document.documentElement).fontSize)
}
