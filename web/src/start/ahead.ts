// Ahead tells which post is about to be opened: the mouse rests on its link, or the
// link is pressed, or has got the focus by a key. Between that and the click lie some
// tenths of a second, in which its page can come.
import { isFork, parseRoute } from "../protocol/routes"

export interface AheadOptions {
  /// Called with a post that is likely to be opened next. `branch` is "" for the
  /// site's own.
  onPost: (branch: string, path: string) => void
}

/// How long a finger and the mouse rest, and a focus stays, before it counts, in
/// milliseconds: a finger that begins to scroll, a mouse on its way to elsewhere and a
/// focus that passes mean nothing.
const rest = { finger: 60, mouse: 100, focus: 200 }

export function watchAhead({ onPost }: AheadOptions): { destroy(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let under: Element | null = null // the link that the mouse is on

  const told = (target: EventTarget | null, delay: number) => {
    clearTimeout(timer)
    const link = target instanceof Element ? target.closest("a") : null
    if (!link || link.target || link.origin !== location.origin || link.hasAttribute("download")) return
    const route = parseRoute(new URL(link.href))
    // What is of a pull request, or of another repository, is found another way.
    if (route.screen !== "edit" || route.pull !== 0 || isFork(route.branch)) return
    if (delay === 0) onPost(route.branch, route.path)
    else timer = setTimeout(onPost, delay, route.branch, route.path)
  }
  const pressed = (event: PointerEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    told(event.target, event.pointerType === "touch" ? rest.finger : 0)
  }
  const moved = (event: PointerEvent) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null
    if (link === under) return // over a part of it
    under = link
    if (event.pointerType === "mouse" && event.buttons === 0) told(link, rest.mouse)
  }
  const focused = (event: FocusEvent) => {
    if (event.target instanceof Element && event.target.matches(":focus-visible")) told(event.target, rest.focus)
  }
  const passed = () => clearTimeout(timer)

  document.addEventListener("pointerover", moved, { passive: true })
  document.addEventListener("pointerdown", pressed, { passive: true })
  document.addEventListener("pointercancel", passed)
  document.addEventListener("focusin", focused)
  document.addEventListener("focusout", passed)
  return {
    destroy() {
      passed()
      document.removeEventListener("pointerover", moved)
      document.removeEventListener("pointerdown", pressed)
      document.removeEventListener("pointercancel", passed)
      document.removeEventListener("focusin", focused)
      document.removeEventListener("focusout", passed)
    },
  }
}
