import { useId, useState } from "preact/hooks"
import type { TypedField } from "../post/matter-words"
import type { FrontMatterKey } from "../protocol/preview"
import { formKeys } from "../text/matter-keys"
import { stamped } from "../text/stamp"
import { t, tn } from "../base/words"

export interface MatterProps {
  /// The front matter's keys, as they are in the text.
  keys: readonly FrontMatterKey[]
  /// The text is a post, and not a page or another document.
  post: boolean
  /// The site's time zone, as Europe/Berlin; undefined where it is not known.
  timezone: string | undefined
  open: boolean
  onOpen: (open: boolean) => void
  /// What was typed into the fields and is not in the text yet, by their keys.
  typed: Readonly<Record<string, TypedField>>
  /// Takes what is typed into a field, which then is in `typed` until it is in the text.
  onPut: (key: string, text: string) => void
  /// Takes that back.
  onGiveUp: (key: string) => void
  /// Called when a field is left.
  onLeave: () => void
  onGo: (key: FrontMatterKey) => void
  disabled: boolean
  /// The fields take nothing now, since nobody knows what the text says, or nothing sets
  /// its keys.
  fixed: boolean
  /// Why not, in a sentence; "" for nothing to say.
  why: string
}

/// The front matter as a quiet form. It writes single keys and nothing else.
export function Matter({ keys, post, open, typed, onOpen, onGo, why, ...fields }: MatterProps) {
  const byName = new Map(keys.map(key => [key.name, key]))
  const { names, others } = formKeys(keys, post)
  // While somebody is in a field none goes, or is moved, from under their hands: a date
  // that is emptied is out of the text until there is another.
  const [held, setHeld] = useState<readonly string[]>([])
  const all = [...new Set([...held, ...names, ...Object.keys(typed)])]
  const value = (name: string) => byName.get(name)?.value ?? ""
  const summary = [value("title"), value("date")].filter(Boolean).join(" · ")
  return (
    <section class="matter" aria-label={t("Front matter")}>
      <button type="button" class="fold" aria-expanded={open} aria-controls="matter-form" onClick={() => onOpen(!open)}>
        <span class="name">{t("Front matter")}</span>
        {!open && <span class="summary">{summary}</span>}
      </button>
      <form
        id="matter-form" hidden={!open} onSubmit={event => event.preventDefault()}
        onFocusCapture={() => setHeld(all)} onBlurCapture={() => setHeld([])}
      >
        {all.map(name => {
          const key = byName.get(name)
          if (key && !key.scalar && !typed[name]) {
            return (
              <div class="field" key={name}>
                <span class="label">{name}</span>
                <button type="button" class="quiet elsewhere" onClick={() => onGo(key)}>{t("Edit in the text")}</button>
              </div>
            )
          }
          return <Field key={name} name={name} value={key?.value ?? ""} typed={typed[name]} {...fields} />
        })}
        {why && <p class="field others">{why}</p>}
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

interface FieldProps extends Pick<MatterProps, "timezone" | "disabled" | "fixed" | "onPut" | "onGiveUp" | "onLeave"> {
  name: string
  /// What the text says.
  value: string
  typed: TypedField | undefined
}

function Field({ name, value, typed, timezone, disabled, fixed, onPut, onGiveUp, onLeave }: FieldProps) {
  const id = useId()
  // While somebody is in the field it shows what they typed, and not how the text has it.
  const [shown, setShown] = useState<string | null>(null)
  const trouble = typed?.trouble ?? ""
  return (
    <div class={"field field-" + name.replace(/\W/g, "")}>
      <label class="label" for={id}>{name}</label>
      <input
        id={id} name={"matter-" + name} type="text" value={shown ?? typed?.text ?? value} disabled={disabled} readOnly={fixed} autocomplete="off"
        spellcheck={name === "title"} aria-invalid={trouble !== ""} aria-describedby={trouble ? id + "-trouble" : undefined}
        data-unwritten={typed && !typed.written && !trouble ? "" : undefined}
        onInput={event => {
          setShown(event.currentTarget.value)
          onPut(name, event.currentTarget.value)
        }}
        onKeyDown={event => {
          if (!trouble || event.isComposing) return
          if (event.key === "Enter" && !fixed && !event.ctrlKey && !event.metaKey) onPut(name, event.currentTarget.value)
          if (event.key !== "Escape") return
          setShown(null)
          onGiveUp(name)
        }}
        onBlur={() => {
          setShown(null)
          onLeave()
        }}
      />
      {name === "date" && (
        <button
          type="button" class="quiet small now" disabled={disabled || fixed} title={t("Date it with the present, in UTC, as the date is written")}
          onClick={() => {
            setShown(null)
            onPut(name, stamped(typed?.text ?? value, new Date(), timezone))
            onLeave()
          }}
        >{t("Now")}</button>
      )}
      {trouble && <p class="trouble" id={id + "-trouble"} role="alert">{trouble}</p>}
    </div>
  )
}
