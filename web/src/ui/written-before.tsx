import { useState } from "preact/hooks"
import { copyText } from "./clipboard"
import { t } from "../base/words"

export interface WrittenBeforeProps {
  /// What it was written for, in a sentence's words.
  title: string
  text: string
  /// Writes it where it is for, with what that is called; undefined where it has no place.
  use?: { label: string; onUse: () => void } | undefined
  onForget: () => void
}

/// What somebody wrote where texts were brought together that were others then.
export function WrittenBefore({ title, text, use, onForget }: WrittenBeforeProps) {
  const [said, setSaid] = useState("")
  return (
    <section class="written-before" aria-label={title}>
      <h3>{title}</h3>
      <pre dir="auto" tabIndex={0} aria-label={title}>{text}</pre>
      <p class="do">
        {use && <button type="button" class="small" onClick={use.onUse}>{use.label}</button>}
        <button type="button" class="small" onClick={async () => setSaid((await copyText(text)) ? t("Copied.") : t("The browser does not let Galley copy. Select the text and copy it by hand."))}>{t("Copy the text")}</button>
        <button type="button" class="quiet small" onClick={onForget}>{t("Forget it")}</button>
        <span class="note" role="status">{said}</span>
      </p>
    </section>
  )
}
