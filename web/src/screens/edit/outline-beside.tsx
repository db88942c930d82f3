import { useEffect, useRef, useState } from "preact/hooks"
import { watchOutline } from "../../editor/outline-watch"
import type { EditModel } from "../../post/edit-state"
import { outlineOf, type Heading } from "../../text/outline"
import { t } from "../../base/words"

/// The post's headings beside its source, and which one the cursor is under. Arrow keys
/// go through them, Escape goes back to the text.
export function OutlineBeside({ model }: { model: EditModel }) {
  const [{ headings, here }, setShown] = useState<Shown>({ headings: [], here: -1 })
  const list = useRef<HTMLUListElement>(null)
  const editor = model.editor()
  useEffect(() => {
    if (!editor) return
    let of = editor.doc()
    let known = outlineOf(of)
    const look = () => {
      const doc = editor.doc()
      if (doc !== of) known = outlineOf(of = doc)
      const here = known.findLastIndex(heading => heading.from <= editor.head())
      setShown(shown => (shown.here === here && sameOutline(shown.headings, known) ? shown : { headings: known, here }))
    }
    look()
    return watchOutline(editor.view, look)
  }, [editor])
  // What is current is seen, without anything else being scrolled.
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>("[aria-current]")
    const box = list.current?.parentElement
    if (!row || !box || box.contains(document.activeElement)) return
    const [at, around] = [row.getBoundingClientRect(), box.getBoundingClientRect()]
    if (at.top < around.top || at.bottom > around.bottom) box.scrollTop += at.top - around.top - around.height / 3
  }, [here, headings])

  /// Goes to a heading where it is by now.
  const go = (i: number) => model.inSource(editor => {
    const heading = outlineOf(editor.doc())[i] ?? headings[i]!
    editor.goTo(heading.from)
    editor.focus()
  })
  const step = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const rows = [...list.current!.querySelectorAll("button")]
    const at = rows.indexOf(document.activeElement as HTMLButtonElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    if (event.key === "Escape") editor?.focus()
    else if (to !== undefined) rows[Math.max(0, Math.min(to, rows.length - 1))]?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  if (headings.length === 0) return <p class="none">{t("No headings yet")}</p>
  const least = Math.min(...headings.map(heading => heading.level))
  return (
    <ul class="outline" ref={list} onKeyDown={step}>
      {headings.map((heading, i) => (
        <li key={i} style={{ paddingInlineStart: `${(heading.level - least) * 0.75}rem` }}>
          <button
            type="button" class="quiet" dir="auto" title={heading.name} tabIndex={i === Math.max(0, here) ? 0 : -1}
            aria-current={i === here ? "true" : undefined} onClick={() => go(i)}
          >{heading.name}</button>
        </li>
      ))}
    </ul>
  )
}

interface Shown {
  headings: readonly Heading[]
  /// Which of them the cursor is under; -1 before the first.
  here: number
}

/// Whether two outlines look the same. Where the headings begin is asked when one goes
/// there.
function sameOutline(a: readonly Heading[], b: readonly Heading[]): boolean {
  return a.length === b.length && a.every((heading, i) => heading.name === b[i]!.name && heading.level === b[i]!.level)
}
