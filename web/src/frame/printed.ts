// Printed shows the document as it is printed, in one long page: what style sheets
// say for print counts, and what they say for screens does not. Copies take the
// sheets' places, which are in no element, so that the document stays the published
// page.
import { localName, setSheets, sheetsOf, styleSheetsOf, textOf } from "./dom"

export interface Printed {
  set(on: boolean): void
  /// Takes along style sheets that came since.
  refresh(): void
}

/// `source` gives the address and the text of a link's style sheet; null where that
/// is another site's, which is left as it is.
export function createPrinted(document: Document, source: (link: HTMLLinkElement) => Promise<{ text: string; base: string } | null>): Printed {
  let on = false
  let done: readonly CSSStyleSheet[] = [] // the document's sheets as they were looked at
  let copies: CSSStyleSheet[] = []
  let undo: (() => void)[] = []
  const replaced = new Set<CSSStyleSheet>() // by a copy each

  function end(): void {
    for (const back of undo) back()
    undo = []
    replaced.clear()
    setSheets(document, sheetsOf(document).filter(sheet => !copies.includes(sheet)))
    copies = []
  }

  async function begin(): Promise<void> {
    const sheets = [...styleSheetsOf(document)]
    done = sheets
    const made = await Promise.all(sheets.map(async sheet => {
      const owner = sheet.ownerNode
      if (!(owner instanceof Element) || sheet.disabled && !replaced.has(sheet)) return null
      const from = localName(owner) === "style" ? { text: textOf(owner) ?? "", base: document.baseURI } : await source(owner as HTMLLinkElement)
      if (!from) return null
      const copy = new CSSStyleSheet({ media: asPrinted(sheet.media.mediaText), baseURL: from.base })
      copy.replaceSync(from.text)
      rewrite(copy.cssRules, () => {})
      return { sheet, copy }
    }))
    if (!on || done !== sheets) return
    end()
    for (const sheet of sheetsOf(document)) rewrite(sheet.cssRules, back => undo.push(back))
    for (const { sheet } of made.filter(one => one !== null)) {
      sheet.disabled = true
      replaced.add(sheet)
      undo.push(() => (sheet.disabled = false))
    }
    copies = made.filter(one => one !== null).map(one => one.copy)
    setSheets(document, [...copies, ...sheetsOf(document)])
  }

  return {
    set(wanted) {
      if (wanted === on) return
      on = wanted
      if (on) return void begin()
      done = []
      end()
    },
    refresh() {
      if (!on) return
      const sheets = styleSheetsOf(document)
      if (sheets.length !== done.length || done.some((sheet, i) => sheet !== sheets[i])) void begin()
    },
  }
}

/// Has the rules for print count, and tells how each is brought back.
function rewrite(rules: CSSRuleList, undo: (back: () => void) => void): void {
  for (const rule of rules) {
    if (rule instanceof CSSMediaRule) {
      const { media } = rule
      const before = media.mediaText
      const now = asPrinted(before)
      if (now !== before) {
        media.mediaText = now
        undo(() => (media.mediaText = before))
      }
    }
    if ("cssRules" in rule) rewrite(rule.cssRules as CSSRuleList, undo)
  }
}

/// A list of media queries that is true on a screen where it is true in print.
function asPrinted(media: string): string {
  return media.split(",").map(query => query.replace(/^(\s*(?:not\s+|only\s+)?)(print|screen)\b/i,
    (_, before: string, type: string) => before + (type.toLowerCase() === "print" ? "all" : "speech"))).join(",")
}
