// Hidden signs are characters that are not seen and make a text look otherwise than
// it is: they turn the direction of reading around, hide words, or part what looks
// like one word (https://trojansource.codes/). They are shown as boxes with their
// numbers wherever a text's source is shown. The house rules say more about them;
// this needs neither settings nor a server.
import type { Extension } from "@codemirror/state"
import { highlightSpecialChars } from "@codemirror/view"
import { t } from "../base/words"

/// What joins or parts letters where scripts need it, what makes one picture of
/// several emoji, and the flags of regions are none: so these are marked only behind
/// what they have no business with. A run is one.
const signs = new RegExp(
  [
    "[\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\u{1d173}-\\u{1d17a}]+",
    "(?<=^|[\\0-\\x7f])[\\u200c\\u200d]+",
    "(?<![\\u{1f3f4}\\u{e0000}-\\u{e01ef}])[\\u{e0000}-\\u{e007f}]+",
  ].join("|"),
  "gu",
)

/// A text in which signs that are not seen are, by their numbers.
export function signsShown(text: string): string {
  return text.replace(signs, run => [...run].map(sign => `[${numberOf(sign.codePointAt(0)!)}]`).join(""))
}

const numberOf = (code: number) => `U+${code.toString(16).toUpperCase().padStart(4, "0")}`

/// The box in place of a sign.
function box(code: number): HTMLElement {
  const span = document.createElement("span")
  span.className = "cm-specialChar cm-hiddenSign"
  span.textContent = numberOf(code)
  span.title = turns(code) ? t("A sign that is not seen and turns the direction around in which the text is read") : t("A character that is not seen")
  span.setAttribute("role", "img")
  span.setAttribute("aria-label", `${span.title}, ${span.textContent}`)
  return span
}

/// Whether a sign is one of direction.
const turns = (code: number) => code === 0x61c || code === 0x200e || code === 0x200f || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)

/// Shows hidden signs in a text that is looked at.
export const hiddenSigns: Extension = highlightSpecialChars({ specialChars: signs, render: box })

/// The same where one writes, with the control characters that editors show.
export const specialSigns: Extension = highlightSpecialChars({ addSpecialChars: signs, render: box })
