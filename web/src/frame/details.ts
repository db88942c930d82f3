// Details remembers which <details> the reader opened or closed, so that a
// patch elsewhere leaves them as they are.

import { closest, parentElementOf } from "./dom"

export interface Details {
  /// Makes a change while each that it may touch stands as the page has it.
  keep<T>(touches: (details: HTMLDetailsElement) => boolean, change: () => T): T
}

export function watchDetails(document: Document): Details {
  const written = new Map<HTMLDetailsElement, boolean>()
  document.addEventListener("click", event => {
    const summary = event.target instanceof Element ? closest(event.target, "summary") : null
    const details = summary && parentElementOf(summary)
    if (details instanceof HTMLDetailsElement && !written.has(details)) written.set(details, details.open)
  }, true)
  return {
    keep(touches, change) {
      const touched = [...written].filter(([details]) => touches(details)).map(([details, open]) => ({ details, open, chosen: details.open }))
      for (const { details, open } of touched) details.open = open
      try {
        return change()
      } finally {
        for (const { details, open, chosen } of touched) {
          if (!details.isConnected || details.open !== open) written.delete(details)
          else details.open = chosen
        }
      }
    },
  }
}
