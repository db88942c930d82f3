// Page is what all measured pages share: how an edit is timed, and that the
// layout is forced the same way.
import type { Edit, Run } from "../edit"

declare global {
  interface Window {
    /// Does steps; there once the contender is ready.
    benchRun?: Run
    /// Shows a text, and resolves when the contender is ready.
    benchOpen?: (text: string) => Promise<void>
  }
}

/// Brings the document's layout up to date.
export function layOut(): void {
  void document.documentElement.offsetHeight
}

/// Waits until what the last edit left to do is done, as far as can be told, and
/// then for as long as a writer does between two keys. A key comes when nothing
/// is being drawn. Without a pause it does not wait.
export function settled(pause: number): Promise<void> {
  if (pause <= 0) return Promise.resolve()
  return new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve, pause)))
}

/// Runs steps for a contender whose preview changes before its edit returns.
/// `prepare` finds out what an edit needs, which is not measured, and answers
/// the function that makes it.
export function runner(prepare: (edit: Edit) => () => void): Run {
  return async steps => {
    for (const { edit, action, timed, pause } of steps) {
      const perform = prepare(edit)
      await settled(pause)
      if (timed) performance.mark("start:" + action)
      perform()
      layOut()
      if (timed) performance.mark("laid")
    }
  }
}

/// Wires a contender that renders its whole text at each edit.
export function renderWhole(render: (text: string, preview: HTMLElement) => void): void {
  const preview = document.getElementById("preview")!
  let text = ""
  window.benchOpen = async now => {
    text = now
    render(text, preview)
    const pane = preview.closest(".pane")!
    pane.scrollTop = pane.scrollHeight / 2
    window.benchRun = runner(edit => () => {
      text = text.slice(0, edit.from) + edit.insert + text.slice(edit.to)
      render(text, preview)
    })
  }
}
