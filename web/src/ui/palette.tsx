import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks"
import { findActions, keyLabel, type Action } from "./actions"
import { focusAgain } from "../editor/focus"
import { t } from "../base/words"

export interface PaletteProps {
  actions: readonly Action[]
  onClose: () => void
}

/// Every action of a screen, by name.
export function Palette({ actions, onClose }: PaletteProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const shown = useRef(true)
  const [query, setQuery] = useState("")
  const [at, setAt] = useState(0)
  const id = useId()
  const found = findActions(actions, query)
  const chosen = Math.min(at, found.length - 1)
  // Before the next key is heard, which belongs here already.
  useLayoutEffect(() => {
    const back = document.activeElement
    const dialog = ref.current!
    dialog.showModal()
    return () => {
      shown.current = false
      const now = document.activeElement
      const mine = now === document.body || now === back || dialog.contains(now)
      // While it is open nothing behind it takes the focus.
      dialog.close()
      if (mine) focusAgain(back)
    }
  }, [])
  useEffect(() => {
    ref.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" })
  })
  const run = (action: Action | undefined) => {
    if (!action) return
    shown.current = false
    ref.current!.close()
    onClose()
    action.run()
  }
  return (
    <dialog
      ref={ref} class="palette" aria-label={t("Commands")}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      onClose={() => shown.current && onClose()} // by the browser alone
      onClick={event => event.target === ref.current && onClose()}
    >
      <input
        type="text" role="combobox" aria-expanded="true" aria-controls={id} aria-label={t("Find a command")}
        aria-activedescendant={found[chosen] ? `${id}-${found[chosen].id}` : undefined}
        placeholder={t("What do you want to do?")} autocomplete="off" spellcheck={false} autofocus value={query}
        onInput={event => {
          setQuery(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={event => {
          if (event.isComposing) return
          if (event.key === "ArrowDown") setAt((chosen + 1) % Math.max(1, found.length))
          else if (event.key === "ArrowUp") setAt((chosen - 1 + found.length) % Math.max(1, found.length))
          else if (event.key === "Enter") {
            // Who types fast is ahead of what is drawn.
            const typed = event.currentTarget.value
            run(typed === query ? found[chosen] : findActions(actions, typed)[0])
          }
          else return
          event.preventDefault()
        }}
      />
      <ul id={id} role="listbox" aria-label={t("Commands")}>
        {found.map((action, i) => (
          <li
            key={action.id} id={`${id}-${action.id}`} role="option" aria-selected={i === chosen}
            onClick={() => run(action)} onPointerMove={() => i !== chosen && setAt(i)}
          >
            <span>{action.name}</span>
            {action.key && <kbd>{keyLabel(action.key)}</kbd>}
          </li>
        ))}
        {found.length === 0 && <li role="option" aria-selected={false} aria-disabled="true" class="none">{t("No command is called that.")}</li>}
      </ul>
    </dialog>
  )
}
