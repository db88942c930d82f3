import type { ComponentChildren } from "preact"
import { useEffect, useRef } from "preact/hooks"
import type { WordsPlace } from "../post/kept-words"
import { unsent } from "../text/unsent"
import { keyLabel, matchesKey } from "./actions"
import { NotKept } from "./not-kept"
import { useKeptWords } from "./use-kept-words"
import { t } from "../base/words"

export interface SayProps {
  /// What is written in it, for those who hear it: "Answer", "Comment".
  label: string
  /// What the button says.
  send: string
  /// Where what is typed is kept until it is sent.
  place: WordsPlace
  sending: boolean
  trouble: string
  disabled?: boolean
  /// What stands in it at first. Defaults to nothing.
  begin?: string
  /// Whether it takes the focus. Defaults to false.
  focus?: boolean
  /// What else can be done with what is typed.
  tools?: (text: string, write: (text: string) => void) => ComponentChildren
  /// Sends it, and answers whether it was.
  onSend: (text: string) => Promise<boolean>
  /// Called with Escape, and by the button that it then has.
  onLeave?: () => void
}

/// A field to say something in.
export function Say({ label, send, place, sending, trouble, disabled = false, begin = "", focus = false, tools, onSend, onLeave }: SayProps) {
  const words = useKeptWords(place, begin)
  const { text } = words
  const latest = useRef(text)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (focus) field.current?.focus({ preventScroll: true })
  }, [])

  function write(text: string): void {
    latest.current = text
    words.put(text)
  }

  async function go(): Promise<void> {
    if (text.trim() !== "" && !sending && !disabled && (await onSend(text))) write(unsent(text, latest.current))
  }

  return (
    <form class="say" onSubmit={event => {
      event.preventDefault()
      void go()
    }}>
      <textarea
        ref={field} aria-label={label} placeholder={label} rows={Math.min(12, Math.max(2, text.split("\n").length))} value={text} dir="auto" disabled={disabled}
        onInput={event => write(event.currentTarget.value)}
        onKeyDown={event => {
          if (matchesKey(event, "Mod-Enter")) {
            event.preventDefault()
            void go()
          } else if (event.key === "Escape" && onLeave && !event.isComposing) {
            event.preventDefault()
            onLeave()
          }
        }}
      />
      <NotKept fields={[words]} />
      {trouble && <p class="failed" role="alert">{trouble}</p>}
      <div class="do">
        <button type="submit" class="small" disabled={sending || disabled || text.trim() === ""} title={keyLabel("Mod-Enter")}>{sending ? t("Sending") : send}</button>
        {tools?.(text, text => {
          write(text)
          field.current?.focus()
        })}
        {onLeave && <button type="button" class="quiet small" onClick={onLeave}>{t("Not now")}</button>}
      </div>
    </form>
  )
}
