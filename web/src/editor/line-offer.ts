// Line offer is a button in the margin of the line that the mouse is over, or that
// was tapped, for what can be done with a line of a text that is looked at. Who has
// no mouse finds the same elsewhere on the screen.
import { getChunks } from "@codemirror/merge"
import type { EditorState } from "@codemirror/state"
import type { EditorView } from "@codemirror/view"

/// Offers something to be done with lines. It answers what ends that.
export function offerLine(view: EditorView, name: string, onLine: (line: number) => void): () => void {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "cm-line-offer"
  button.textContent = "+"
  button.tabIndex = -1
  button.hidden = true
  let line = 0
  const follow = (event: MouseEvent) => {
    if (event.target === button || (event.target instanceof Element && event.target.closest(".cm-thread, .cm-deletedChunk, .cm-collapsedLines"))) return
    const at = view.posAtCoords({ x: event.clientX, y: event.clientY }, false)
    const block = view.lineBlockAt(at)
    line = view.state.doc.lineAt(at).number
    button.hidden = false
    button.setAttribute("aria-label", `${name} ${line}`)
    button.title = `${name} ${line}`
    const text = view.coordsAtPos(block.from, 1)
    const origin = view.scrollDOM.getBoundingClientRect().top - view.scrollDOM.scrollTop
    button.style.setProperty("top", `${text ? (text.top + text.bottom) / 2 - origin : block.top}px`)
    button.style.setProperty("left", `${view.contentDOM.offsetLeft}px`)
  }
  const leave = (event: MouseEvent) => {
    if (!view.scrollDOM.contains(event.relatedTarget as Node | null)) button.hidden = true
  }
  button.addEventListener("click", () => onLine(line))
  view.scrollDOM.addEventListener("mousemove", follow)
  view.scrollDOM.addEventListener("mouseleave", leave)
  view.scrollDOM.append(button)
  return () => {
    view.scrollDOM.removeEventListener("mousemove", follow)
    view.scrollDOM.removeEventListener("mouseleave", leave)
    button.remove()
  }
}

/// The numbers of the lines of a comparison that were changed, and of those beside
/// them, in order.
export function linesAround(state: EditorState, margin: number): number[] {
  const { doc } = state
  const found = new Set<number>()
  for (const { fromB, toB } of getChunks(state)?.chunks ?? []) {
    const first = doc.lineAt(Math.min(fromB, doc.length)).number
    // A piece ends at the begin of the line behind it.
    const last = toB > fromB ? doc.lineAt(Math.min(toB - 1, doc.length)).number : first - 1
    for (let n = Math.max(1, first - margin); n <= Math.min(doc.lines, last + margin); n++) found.add(n)
  }
  return [...found].sort((a, b) => a - b)
}

/// The first changed line with something on it: there is something to say of that.
export function firstChanged(state: EditorState): number {
  const lines = linesAround(state, 0)
  return lines.find(n => state.doc.line(n).text.trim() !== "") ?? lines[0] ?? linesAround(state, 1)[0] ?? 1
}

/// Moves the first of some lines: the last stays where it is behind it and no line
/// between the two is left out of those that are offered.
export function startAt(offered: readonly number[], start: number, line: number): { start: number; line: number } {
  const together = offered.indexOf(line) - offered.indexOf(start) === line - start
  return { start, line: line >= start && together ? line : start }
}
