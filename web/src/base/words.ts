// Words are Galley's own: what its buttons, notices and dialogs say. The English ones
// stand in the code where they are read, as gettext has it; for another language the
// server puts a table of them into the page (web/words), which is read here once, at
// the start.
//
// The first argument is always the words themselves, never a variable, so that
// test/words.spec.ts finds them.

/// A plural's forms, by Intl.PluralRules: {"one": "ein Beitrag", "other": "{count} Beiträge"}.
type Forms = { readonly [form in Intl.LDMLPluralRule]?: string } & { readonly other: string }

const page = typeof document === "undefined" ? null : document // tests have none
const table = JSON.parse(page?.getElementById("words")?.textContent ?? "{}") as { readonly [english: string]: string | Forms | undefined }

/// The page's language, as in <html lang>: "en", "de".
export const language = page?.documentElement.lang || "en"

/// How dates, numbers and lists are written, for Intl. English is Britain's.
export const locale = language === "en" ? "en-GB" : language

const plural = new Intl.PluralRules(locale)
const lists = new Intl.ListFormat(locale)
const numbers = new Intl.NumberFormat(locale)

/// What stands in a sentence for the names in braces.
export type Values = Readonly<Record<string, string | number>>

/// Galley's words in the page's language: t("Open {place}", { place }).
export function t(english: string, values: Values = {}): string {
  return fill(formOf(english), values)
}

/// The same of a count, which is written in {count}: tn(3, "one post", "{count} posts").
/// The catalogue has it under the second.
export function tn(count: number, one: string, other: string, values: Values = {}): string {
  const forms = table[other]
  const form = typeof forms === "object" ? forms[plural.select(count)] ?? forms.other : forms ?? (count === 1 ? one : other)
  return fill(form, { ...values, count: numbers.format(count) })
}

/// The same with what is not text, as a link or a box, in the words' order; for a
/// screen's children.
export function tx<T>(english: string, values: Readonly<Record<string, T>>): (string | T)[] {
  return formOf(english).split(/\{(\w+)\}/).map((piece, i) => (i % 2 === 1 ? values[piece] ?? `{${piece}}` : piece)).filter(piece => piece !== "")
}

/// Names one behind the other: "Ada, Grace and Lin".
export function list(names: readonly string[]): string {
  return lists.format(names)
}

/// A number as the language writes it.
export function number(value: number): string {
  return numbers.format(value)
}

function formOf(english: string): string {
  const found = table[english]
  return typeof found === "object" ? found.other : found ?? english
}

function fill(words: string, values: Values): string {
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/// The cookie by which the server knows which language was chosen, as
/// internal/server/language.go has it.
const cookie = "galley-language"

/// The languages that there are, each with its name in itself.
export function languages(): { code: string; name: string }[] {
  const codes = page?.querySelector<HTMLMetaElement>('meta[name="galley-languages"]')?.content.split(" ") ?? ["en"]
  return codes.map(code => ({ code, name: new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code }))
}

/// Keeps the language that was chosen for a year. The next page that is loaded is in it.
export function chooseLanguage(code: string): void {
  document.cookie = `${cookie}=${code}; path=/; max-age=31536000; samesite=lax`
}
