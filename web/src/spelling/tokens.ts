// Tokens are the words of a text that a dictionary is asked about.

export interface Token {
  from: number
  to: number
  /// As the dictionary has it: with plain apostrophes.
  word: string
}

/// What is more than a word: names of files, hosts, options, people, numbers.
const odd = /[\p{N}_.@#/\\:=~+$%&<>{}^*`]/u
/// What stands before such a name.
const before = /[@#$/\\:<{&=+~]|(?:^|\P{L})-$/u
const headOf = /^[^\p{L}\p{N}]*/u
const tailOf = /(?<![^\p{L}\p{N}])[^\p{L}\p{N}]*$/u
const words = /\p{L}[\p{L}\p{M}]*(?:['’]\p{L}[\p{L}\p{M}]*)*/gu

/// The words in a text, in their order. What has digits, underscores or dots in it, what
/// is written in capitals or with some within it, and what is not in Latin letters is
/// left out.
export function tokensIn(text: string): Token[] {
  const found: Token[] = []
  for (const { 0: run, index } of text.matchAll(/[^\s|]+/gu)) {
    const head = headOf.exec(run)![0]
    const tail = head === run ? "" : tailOf.exec(run)![0]
    const core = run.slice(head.length, run.length - tail.length)
    if (odd.test(core) || before.test(head) || tail.startsWith("()")) continue
    for (const { 0: written, index: at } of core.matchAll(words)) {
      if (written.length < 2 || /.\p{Lu}/su.test(written) || /[^\p{Script=Latin}\p{M}'’]/u.test(written)) continue
      const from = index + head.length + at
      found.push({ from, to: from + written.length, word: written.replaceAll("’", "'") })
    }
  }
  return found
}
