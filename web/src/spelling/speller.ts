// Speller answers the page from the worker.
import type { FromSpeller, ToSpeller } from "../protocol/spelling"
import { createChecker, type Dictionary } from "./checker"

declare const self: {
  onmessage: ((event: MessageEvent<ToSpeller>) => void) | null
  postMessage(message: FromSpeller): void
}

/// Answers with a dictionary. Suggestions take long and are made one at a time, so that
/// what was typed meanwhile is checked between two of them.
export function startSpeller(dictionary: Dictionary): void {
  const checker = createChecker(dictionary)
  const waiting: { id: number; word: string }[] = []
  function next(): void {
    const { id, word } = waiting.shift()!
    self.postMessage({ type: "suggested", id, words: checker.suggest(word) })
    if (waiting.length > 0) setTimeout(next)
  }
  self.onmessage = ({ data: message }) => {
    switch (message.type) {
      case "words":
        checker.setWords(message.words)
        break
      case "check":
        self.postMessage({ type: "checked", id: message.id, found: checker.check(message.texts) })
        break
      case "suggest":
        if (waiting.push(message) === 1) setTimeout(next)
    }
  }
}
