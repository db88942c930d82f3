import { useEffect, useId, useRef, useState } from "preact/hooks"
import type { FrontMatterKey } from "../protocol/preview"
import { formKeys } from "../text/matter-keys"
import { stamped } from "../text/stamp"
import { t, tn } from "../base/words"

export interface MatterProps {
  /// The front matter's keys, as they are in the text.
  keys: readonly FrontMatterKey[]
  /// The text is a post, and not a page or another document.
  post: boolean
  open: boolean
  onOpen: (open: boolean) => void
  /// Writes one key. Rejects with a sentence.
  onSet: (key: string, value: string) => Promise<void>
  onGo: (key: FrontMatterKey) => void
  disabled: boolean
}

/// The front matter as a quiet form. It writes single keys and nothing else.
export function Matter({ keys, post, open, onOpen, onSet, onGo, disabled }: MatterProps) {
  const byName = new Map(keys.map(key => [key.name, key]))
  const { names, others } = formKeys(keys, post)
  const value = (name: string) => byName.get(name)?.value ?? ""
  const summary = [value("title"), value("date")].filter(Boolean).join(" · ")
  return (
    <section class="matter" aria-label={t("Front matter")}>
      <button type="button" class="fold" aria-expanded={open} aria-controls="matter-form" onClick={() => onOpen(!open)}>
        <span class="name">{t("Front matter")}</span>
        {!open && <span class="summary">{summary}</span>}
      </button>
      <form id="matter-form" hidden={!open} onSubmit={event => event.preventDefault()}>
        {names.map(name => {
          const key = byName.get(name)
          if (key && !key.scalar) {
            return (
              <div class="field" key={name}>
                <span class="label">{name}</span>
                <button type="button" class="quiet elsewhere" onClick={() => onGo(key)}>{t("Edit in the text")}</button>
              </div>
            )
          }
          return <Field key={name} name={name} value={key?.value ?? ""} disabled={disabled} onSet={onSet} />
        })}
        {others.length > 0 && (
          <div class="field others">
            <span class="label">{tn(others.length, "One more key stands in the text", "{count} more keys stand in the text")}</span>
            <button type="button" class="quiet elsewhere" onClick={() => onGo(others[0]!)}>{t("Edit them in the text")}</button>
          </div>
        )}
      </form>
    </section>
  )
}

interface FieldProps {
  name: string
  value: string
  disabled: boolean
  onSet: (key: string, value: string) => Promise<void>
}

function Field({ name, value, disabled, onSet }: FieldProps) {
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const [trouble, setTrouble] = useState("")
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const wanted = useRef<string | null>(null)
  const busy = useRef(false)

  // One write at a time; the latest value wins.
  const write = async () => {
    clearTimeout(timer.current)
    if (busy.current) return
    busy.current = true
    while (wanted.current !== null) {
      const next = wanted.current
      wanted.current = null
      try {
        await onSet(name, next)
        setTrouble("")
      } catch (error) {
        setTrouble(error instanceof Error ? error.message : String(error))
      }
    }
    busy.current = false
  }
  useEffect(() => () => void write(), [])
  // What the text says now is no longer what the trouble was about.
  useEffect(() => setTrouble(""), [value])

  return (
    <div class={"field field-" + name.replace(/\W/g, "")}>
      <label class="label" for={id}>{name}</label>
      <input
        id={id} name={"matter-" + name} type="text" value={typed ?? value} disabled={disabled} autocomplete="off"
        spellcheck={name === "title"} aria-invalid={trouble !== ""} aria-describedby={trouble ? id + "-trouble" : undefined}
        onInput={event => {
          setTyped(event.currentTarget.value)
          wanted.current = event.currentTarget.value
          clearTimeout(timer.current)
          timer.current = setTimeout(write, 150)
        }}
        onBlur={async () => {
          await write()
          setTyped(null)
        }}
      />
      {name === "date" && (
        <button
          type="button" class="quiet small now" disabled={disabled} title={t("Date it with the present, in UTC, as the date is written")}
          onClick={() => {
            setTyped(null)
            wanted.current = stamped(value, new Date())
            void write()
          }}
        >{t("Now")}</button>
      )}
      {trouble && <p class="trouble" id={id + "-trouble"} role="alert">{trouble}</p>}
    </div>
  )
}
