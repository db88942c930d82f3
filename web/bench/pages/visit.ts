// Visit notes when a page that is being loaded has got so far, in the page
// itself.
const seen = new Set<string>()
const wanted: Record<string, string> = {
  "editor": ".cm-content[contenteditable=true]",
  "live": ".edit[data-preview=live]",
  // The first screen of a content manager offers to begin.
  "screen": "button",
}

function look(): void {
  for (const [name, selector] of Object.entries(wanted)) {
    if (seen.has(name) || !document.querySelector(selector)) continue
    seen.add(name)
    performance.mark("visit:" + name)
  }
}

if (parent === window) new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true })
