// Links of pull requests, with what the site knows of them.
import { EditorState, type TransactionSpec } from "@codemirror/state"
import type { EditorView } from "@codemirror/view"
import { expect, test } from "@playwright/test"
import type { LinkTitle } from "../src/editor/completion/knowledge"
import { linkPull } from "../src/editor/pull-link"

const pull = "https://github.com/harbour/notes/pull/123"
const knows: LinkTitle = { url: pull, title: "123: Faster gauges" }

/// What becomes of a line, with a bar at the cursor, and what is said.
async function linked(line: string, answer: LinkTitle, meanwhile?: (state: EditorState) => TransactionSpec): Promise<{ text: string; said: string; asked: unknown[] }> {
  let state = EditorState.create({ doc: line, selection: { anchor: line.length } })
  const view = { get state() { return state }, dispatch: (spec: any) => (state = state.update(spec).state) } as unknown as EditorView
  let said = ""
  const asked: unknown[] = []
  await linkPull(view, {
    say: sentence => (said = sentence),
    find: async of => {
      asked.push(of)
      if (meanwhile) state = state.update(meanwhile(state)).state
      return answer
    },
  })
  const at = state.selection.main.head
  return { text: state.sliceDoc(0, at) + "|" + state.sliceDoc(at), said, asked }
}

test("a title that is not on the line is taken from what the site knows", async () => {
  expect(await linked(`* ${pull}`, knows)).toEqual({ text: `* [123: Faster gauges|](${pull})`, said: "", asked: [{ url: pull }] })
  expect((await linked(`* [${pull}](${pull}/files)`, { url: pull, title: "" })).text).toContain(`](${pull})`)
  expect((await linked(`* own title: ${pull}`, knows))).toMatchObject({ text: `* [123: own title|](${pull})`, asked: [] })
  expect((await linked(pull, { url: pull, title: "Use [x] fast" })).text).toBe(`[123: Use \\[x\\] fast|](${pull})`)
})

test("where nobody knows it the cursor is in its place, and that is said", async () => {
  const { text, said } = await linked(`* ${pull}`, { url: pull, title: "" })
  expect(text).toBe(`* [123: |](${pull})`)
  expect(said).toMatch(/^No earlier text has a title for pull request 123/)
  expect((await linked(pull, { url: pull, title: "", why: "The server is silent." })).said).toBe("The server is silent.")
})

test("a bare number is linked where the site knows it, and otherwise that is said", async () => {
  expect(await linked("### 123", knows)).toEqual({ text: `### [123: Faster gauges|](${pull})`, said: "", asked: [{ number: 123 }] })
  expect((await linked("- #123: My words ", knows)).text).toBe(`- [123: My words|](${pull}) `)
  const { text, said } = await linked("### 123", { url: "", title: "" })
  expect(text).toBe("### 123|")
  expect(said).toMatch(/^No earlier text links to pull request 123.*Put its address on the line/)
  for (const line of ["words", "", "1.2 is out", "12/13"]) {
    expect((await linked(line, knows)).said, line).toMatch(/^There is no pull request on this line/)
  }
})

test("what is written elsewhere meanwhile moves the link, and the cursor stays there", async () => {
  const above = () => ({ changes: { from: 0, insert: "Above.\n\n" } })
  expect(await linked(`* ${pull}`, knows, above)).toMatchObject({ text: `Above.\n\n* [123: Faster gauges](${pull})|`, said: "" })
  const behind = ({ doc }: EditorState) => ({ changes: { from: doc.length, insert: " and on" }, selection: { anchor: doc.length + 7 } })
  expect(await linked(pull, knows, behind)).toMatchObject({ text: `[123: Faster gauges](${pull}) and on|`, said: "" })
  expect((await linked(pull, { url: pull, title: "" }, above)).said).toContain("Type it behind the number.")
})

test("a line that was itself changed meanwhile stays, and that is said", async () => {
  for (const insert of ["Something else.", ""]) {
    const { text, said } = await linked(pull, knows, ({ doc }) => ({ changes: { from: 0, to: doc.length, insert } }))
    expect(text.replace("|", "")).toBe(insert)
    expect(said).toMatch(/^The place of pull request 123 was changed/)
  }
  const within = await linked(pull, knows, () => ({ changes: { from: 8, insert: "x" } }))
  expect(within.text).not.toContain("Faster")
  expect(within.said).toMatch(/link it again/)
})
