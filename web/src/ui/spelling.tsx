import { useEffect, useRef, useState } from "preact/hooks"
import type { Problem } from "../post/problem"
import type { Fix } from "../protocol/preview"
import { type Language } from "../protocol/spelling"
import { t } from "../base/words"

/// What a language is called.
export function languageName(by: Language): string {
  return by === "en-GB" ? t("British English") : t("US English")
}

export interface SpellingProps {
  /// The language that it is checked by; "" for not.
  by: Language | ""
  onSpell: (by: Language | "off") => void
}

/// The row that switches spelling on and off.
export function Spelling({ by, onSpell }: SpellingProps) {
  const wanted: Language = navigator.language === "en-GB" ? "en-GB" : "en-US"
  return (
    <li class="check-row spelling">
      <button type="button" class="small" onClick={() => onSpell(by === "" ? wanted : "off")}>{by === "" ? t("Check the spelling") : t("Stop checking the spelling")}</button>
      <p role="status">{by === "" ? t("Loads a dictionary of {language} once, and keeps it.", { language: languageName(wanted) }) : t("Words that are neither in the dictionary of {language} nor among the site's are warnings.", { language: languageName(by) })}</p>
    </li>
  )
}

export interface SuggestionsProps {
  problem: Problem
  /// The problems of the same word, at whatever places.
  alike: readonly Problem[]
  disabled: boolean
  onFix: (problems: readonly Problem[], fix: Fix) => void
  onWord: (word: string) => void
}

/// What may be done about a word that is not in the dictionary. It is asked for when it
/// comes into sight.
export function Suggestions({ problem, alike, disabled, onFix, onWord }: SuggestionsProps) {
  const place = useRef<HTMLSpanElement>(null)
  const [fixes, setFixes] = useState<readonly Fix[]>([])
  useEffect(() => {
    let here = true
    const sight = new IntersectionObserver(entries => {
      if (!entries.some(entry => entry.isIntersecting)) return
      sight.disconnect()
      problem.suggest!().then(fixes => here && setFixes(fixes), console.error)
    })
    sight.observe(place.current!)
    return () => {
      here = false
      sight.disconnect()
    }
  }, [problem.word])
  // What is no word is wrong wherever it is: where it stands first, all places are mended.
  const mended = alike[0] === problem ? alike : [problem]
  return (
    <span class="suggestions" ref={place}>
      {fixes.map(fix => (
        <button key={fix.insert} type="button" class="fix" disabled={disabled} onClick={() => onFix(mended, fix)}>
          {mended.length > 1 ? t("{name} at all {count} places", { name: fix.name, count: mended.length }) : fix.name}
        </button>
      ))}
      <button type="button" class="fix" onClick={() => onWord(problem.word!)}>{t("Add to my words")}</button>
    </span>
  )
}
