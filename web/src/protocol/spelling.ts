// What the page and the spelling checker's worker say to one another.

/// The languages that there is a dictionary of, as BCP 47 names them.
export type Language = "en-US" | "en-GB"

/// What they are called.
export const languages: Readonly<Record<Language, string>> = { "en-US": "US English", "en-GB": "British English" }

/// A language by its name; "" for one that there is no dictionary of.
export function languageOf(name: string): Language | "" {
  return name in languages ? (name as Language) : ""
}

export type ToSpeller =
  /// The words that are right beside the dictionary's, in place of those before.
  | { type: "words"; words: readonly string[] }
  | { type: "check"; id: number; texts: readonly string[] }
  | { type: "suggest"; id: number; word: string }

export type FromSpeller =
  | { type: "checked"; id: number; found: Misspelling[] }
  /// The best first, three at most.
  | { type: "suggested"; id: number; words: string[] }

/// A word that is not in the dictionary, with its place in the text of that index.
export interface Misspelling {
  text: number
  from: number
  to: number
  /// With plain apostrophes.
  word: string
}
