import { expect, test } from "@playwright/test"
import type { Api } from "../src/forge/api"
import { createLooking } from "../src/post/looking"
import type { PostFile } from "../src/protocol/server"

const path = "_posts/2026-08-16-update.md"
const fileOf = (text: string): PostFile => ({ path, text, blob: text, commit: text, branch: "main", url: "" })

/// A repository whose pull request #1 is merged as soon as it is asked for.
function merging(state: "open" | "merged") {
  let text = "before"
  return createLooking({
    pull: () => {
      text = "after"
      return Promise.resolve({ pull: { number: 1, state, base: "main" }, files: [] })
    },
    post: (_branch: string, _path: string, now = false) => Promise.resolve(fileOf(now ? text : "before")),
  } as unknown as Api, path)
}

test("what was merged is met with the base as it is after the merge", async () => {
  const effect = { do: "gather", ticket: 1, theirs: fileOf("before"), landing: { number: 1, base: "main" } } as const
  expect(await merging("merged").gather(effect)).toMatchObject({ type: "gathered", landed: true, theirs: { text: "after" } })
  const open = await merging("open").gather(effect)
  expect(open).toMatchObject({ type: "gathered", landed: false })
  expect(open).not.toHaveProperty("theirs")
})
