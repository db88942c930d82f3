// Checker looks words up in a dictionary in Hunspell's format.
import nspell from "nspell"
import type { Misspelling } from "../protocol/spelling"
import { tokensIn, type Token } from "./tokens"

export interface Dictionary {
  /// Affixes, and words with the affixes that they take, as Hunspell's files have them.
  aff: string
  dic: string
}

export interface Checker {
  /// Takes words for right that the dictionary may not have, in place of those before.
  setWords(words: readonly string[]): void
  /// The words that are not in the dictionary. A text that was checked the last time is
  /// not looked at again.
  check(texts: readonly string[]): Misspelling[]
  /// What may be meant by such a word: the best first, three at most. It can take most
  /// of a second.
  suggest(word: string): string[]
}

/// For words beyond this nothing is suggested: there are too many that are like them.
const longest = 30

/// Reads a dictionary, which takes most of a second.
export function createChecker({ aff, dic }: Dictionary): Checker {
  const speller = nspell(aff, dic)
  let added: string[] = []
  let known = new Map<string, Token[]>()

  /// Whether a word is there, also as whose something is.
  function isRight(word: string): boolean {
    return speller.correct(word) || (word.endsWith("'s") && speller.correct(word.slice(0, -2)))
  }

  return {
    setWords(words) {
      for (const word of added) speller.remove(word)
      added = words.filter(word => !speller.correct(word))
      for (const word of added) speller.add(word)
      known = new Map()
    },
    check(texts) {
      const now = new Map<string, Token[]>()
      const found: Misspelling[] = []
      texts.forEach((text, index) => {
        const wrong = now.get(text) ?? known.get(text) ?? tokensIn(text).filter(({ word }) => !isRight(word))
        now.set(text, wrong)
        for (const token of wrong) found.push({ text: index, ...token })
      })
      known = now
      return found
    },
    suggest: word => (word.length > longest ? [] : [...new Set([...swaps(word).filter(isRight), ...speller.suggest(word)])].slice(0, 3)),
  }
}

/// A word with each two letters that are neighbours in each other's place: what fingers do
/// most, and nspell ranks like any other letter.
function swaps(word: string): string[] {
  const found: string[] = []
  for (let i = 0; i + 1 < word.length; i++) found.push(word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2))
  return found
}
