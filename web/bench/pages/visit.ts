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
  lookForFrame()
  for (const [name, selector] of Object.entries(wanted)) {
    if (seen.has(name) || !document.querySelector(selector)) continue
    seen.add(name)
    performance.mark("visit:" + name)
  }
}

/// Notes when the preview's frame is first drawn where it can be seen, whatever is
/// in it.
function lookForFrame(): void {
  if (seen.has("shown")) return
  const frame = document.querySelector("iframe[title='Page preview']")
  if (!frame?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return
  seen.add("shown")
  requestAnimationFrame(() => setTimeout(() => performance.mark("visit:shown"))) // behind the drawing
}

if (parent === window) new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true })
