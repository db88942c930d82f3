// Spelling: which words of a text are looked up, what a dictionary says, and what the
// page makes of the answers.
import { expect, test } from "@playwright/test"
import { EditorState } from "@codemirror/state"
import { markdown, markdownLanguage } from "@codemirror/lang-markdown"
import { yamlFrontmatter } from "@codemirror/lang-yaml"
import { proseIn } from "../src/editor/prose"
import { createSpelling, type SpellerLike } from "../src/post/spelling"
import type { FromSpeller, ToSpeller } from "../src/protocol/spelling"
import { createChecker } from "../src/spelling/checker"
import { tokensIn } from "../src/spelling/tokens"
import { fileText } from "../src/text/file-text"

const dictionary = {
  aff: "SET UTF-8\nTRY esianrtolcdugmphbyfvkwz'\nSFX S Y 1\nSFX S 0 s [^sxzhy]\nREP 1\nREP f ph\n",
  dic: "8\ncluster/S\nphone\nthe\ndon't\nwriter/S\nrelease\nnaïve\nof\n",
}

const words = (text: string) => tokensIn(text).map(({ word }) => word)

test("words are what is written in letters, with their apostrophes", () => {
  expect(words("The writer’s “naïve” words, don't-they: (yes).")).toEqual(["The", "writer's", "naïve", "words", "don't", "they", "yes"])
  expect(words("well—known… a|b 'quoted' writers' word(s)")).toEqual(["well", "known", "quoted", "writers", "word"])
  expect(tokensIn("𝄞 **bold** _it_").map(({ from, to }) => [from, to])).toEqual([[5, 9], [13, 15]])
})

test("names, numbers and what is no word are left out", () => {
  for (const text of [
    "API", "APIs", "CamelCase", "iPhone", "k8s", "v1.30", "snake_case", "kube.config", "e.g.", "example.org", "a@b.org", "@writer", "#sig", ":tada:",
    "--dry-run", "-v", "(--flag)", "/etc/hosts", "and/or", "key=value", "C++", "R&D", "run()", "Привет", "日本", "x", "un*believ*able", "O'Brien", "\\n",
  ]) expect.soft(words(text), text).toEqual([])
})

test("what the dictionary has not is found, but for the words that are right here", () => {
  const checker = createChecker(dictionary)
  const wrong = (...texts: string[]) => checker.check(texts).map(({ text, from, to, word }) => [text, from, to, word])
  expect(wrong("The clusters of the writer’s clutser", "don’t relaese")).toEqual([[0, 29, 36, "clutser"], [1, 6, 13, "relaese"]])
  checker.setWords(["clutser", "Kubernetes"])
  expect(wrong("clutser kubernetes Kubernetes Kubernetes's", "relaese")).toEqual([[0, 8, 18, "kubernetes"], [1, 0, 7, "relaese"]])
  // A word that is right no longer, and one of the dictionary's that was among them.
  checker.setWords(["the"])
  checker.setWords([])
  expect(wrong("the clutser")).toEqual([[0, 4, 11, "clutser"]])
  expect(checker.suggest("clutser")).toEqual(["cluster"])
  // Two letters in each other's place come first.
  checker.setWords(["ten", "eh"])
  expect(checker.suggest("teh")[0]).toBe("the")
  checker.setWords([])
  expect(checker.suggest("fone")).toEqual(["phone"])
  expect(checker.suggest("kuberntes")).toEqual([])
  checker.setWords(["Kubernetes"])
  expect(checker.suggest("kuberntes")).toEqual(["Kubernetes"])
  expect(checker.suggest("x".repeat(200))).toEqual([])
})

/// A worker that answers when it is told to.
function slowSpeller() {
  const checker = createChecker(dictionary)
  const waiting: ToSpeller[] = []
  const sent: ToSpeller[] = []
  const worker: SpellerLike & { ended: boolean } = {
    onmessage: null, onerror: null, ended: false,
    postMessage(message) {
      sent.push(message)
      if (message.type === "words") checker.setWords(message.words)
      else waiting.push(message)
    },
    terminate() {
      worker.ended = true
    },
  }
  const answer = () => {
    for (const message of waiting.splice(0)) {
      const data: FromSpeller = message.type === "check" ? { type: "checked", id: message.id, found: checker.check(message.texts) }
        : { type: "suggested", id: (message as { id: number }).id, words: checker.suggest((message as { word: string }).word) }
      worker.onmessage!({ data } as MessageEvent<FromSpeller>)
    }
  }
  return { worker, answer, sent }
}
const soon = () => new Promise(resolve => setTimeout(resolve))

test("what was found is of the text as it is, and its fixes are asked for when they are wanted", async () => {
  let text = "The clutser"
  let told = 0
  const { worker, answer, sent } = slowSpeller()
  const whole = (of: string) => [{ from: 4, to: of.length }]
  const spelling = createSpelling({
    worker, words: async () => ["Kubernetes"], own: ["mine"], text: () => text, onFound: () => told++, onFailed: () => {},
    prose: async of => whole(of), plainProse: async () => [],
  })
  spelling.look()
  spelling.look()
  await soon()
  expect(sent).toEqual([{ type: "words", words: ["Kubernetes", "mine"] }, { type: "check", id: 1, texts: ["clutser"] }])
  // Typed on before the answer.
  text = "The clutser of relaese"
  answer()
  await soon()
  expect([spelling.found(), told]).toEqual([[], 0])
  spelling.look()
  await soon()
  answer()
  await soon()
  expect(spelling.found().map(({ from, to, word, message }) => [from, to, word, message])).toEqual([
    [4, 11, "clutser", "“clutser” is not in the dictionary."], [15, 22, "relaese", "“relaese” is not in the dictionary."],
  ])
  expect(sent.some(({ type }) => type === "suggest")).toBe(false)
  const [first] = spelling.found()
  const fixes = Promise.all([first!.suggest!(), first!.suggest!()])
  answer()
  expect((await fixes)[0]).toEqual([{ name: "Write “cluster”", from: 0, to: 7, insert: "cluster" }])
  expect(sent.filter(({ type }) => type === "suggest")).toHaveLength(1)
  // What the text no longer says is not told, nor what the writer takes for right.
  text = "The cluster of relaese"
  expect(spelling.found().map(({ word }) => word)).toEqual(["relaese"])
  spelling.add("relaese")
  expect(spelling.found()).toEqual([])
  expect(sent.at(-1)).toEqual({ type: "words", words: ["Kubernetes", "mine", "relaese"] })
  spelling.destroy()
  expect(worker.ended).toBe(true)
})

test("a fix in the front matter ends no value that is in quotation marks", async () => {
  const { worker, answer } = slowSpeller()
  const text = "---\ntitle: 'We dont'\n---\ndont\n"
  const spelling = createSpelling({
    worker, words: async () => [], own: [], text: () => text, onFound: () => {}, onFailed: () => {},
    prose: async () => [{ from: 15, to: 19 }, { from: 25, to: 29 }], plainProse: async () => [],
  })
  spelling.look()
  await soon()
  answer()
  await soon()
  const found = spelling.found()
  expect(found.map(({ from }) => from)).toEqual([15, 25])
  const fixes = Promise.all(found.map(one => one.suggest!()))
  answer()
  expect((await fixes).map(([first]) => first!.insert)).toEqual(["don’t", "don't"])
})

test("without the server the editor says where there is prose", async () => {
  const { worker, answer } = slowSpeller()
  const text = "The clutser"
  const silent = () => Promise.reject(new Error("no answer"))
  const spelling = createSpelling({
    worker, words: silent, own: [], text: () => text, onFound: () => {}, onFailed: () => {}, prose: silent, plainProse: async () => [{ from: 0, to: 11 }],
  })
  spelling.look()
  await soon()
  answer()
  await soon()
  expect(spelling.found().map(({ word }) => word)).toEqual(["clutser"])
})

test("the editor's own reading knows code, addresses, quotations, templates and front matter", () => {
  const read = (text: string) => {
    const state = EditorState.create({ doc: text.replaceAll("\r\n", "\n"), extensions: [fileText(text), yamlFrontmatter({ content: markdown({ base: markdownLanguage }) })] })
    return proseIn(state).map(({ from, to }) => text.slice(from, to).trim()).filter(part => /\p{L}/u.test(part))
  }
  expect(read("---\ntitle: The week\ntags: [coed]\n---\nOne `coed` two.\n\n```\ncoed\n```\n\n> Thiers.\n\n[the notes](https://examle.org) {{ page.titel }} on\n\n<div class=\"clas\"></div>\n"))
    .toEqual(["The week", "One", "two.", "[the notes](", "on"])
  expect(read("---\r\ntitle: x\r\ndescription: Words\r\n---\r\nOne\r\n\r\nTwo\r\n")).toEqual(["x", "Words", "One", "Two"])
})
