// Router shows what the address names, and follows links within the app.
import { parseRoute, type Route } from "./protocol/routes"

export interface Router {
  /// Goes to an address of the app.
  go(address: string): void
  destroy(): void
}

export interface RouterOptions {
  /// Called with the present route and each that follows.
  onRoute: (route: Route) => void
  /// Whether the screen may be left for another address now.
  mayLeave: (address: string) => boolean
}

export function createRouter({ onRoute, mayLeave }: RouterOptions): Router {
  let shown = ""
  const show = () => {
    shown = location.href
    onRoute(parseRoute(new URL(shown)))
  }
  const go = (address: string) => {
    if (!mayLeave(address)) return
    history.pushState(null, "", address)
    show()
  }
  const gone = () => {
    const address = location.href
    if (mayLeave(address)) return show()
    // The browser has gone there already.
    history.pushState(null, "", shown)
  }
  const click = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event.target instanceof Element ? event.target.closest("a") : null
    if (!link || link.target || link.origin !== location.origin || link.hasAttribute("download")) return
    if (parseRoute(new URL(link.href)).screen === "nowhere") return
    event.preventDefault()
    go(link.href)
  }
  addEventListener("popstate", gone)
  document.addEventListener("click", click)
  show()
  return {
    go,
    destroy() {
      removeEventListener("popstate", gone)
      document.removeEventListener("click", click)
    },
  }
}
