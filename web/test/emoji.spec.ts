// Where an emoji's name is begun, and where a colon is another's.
import { expect, test } from "@playwright/test"
import { emojiBegun } from "../src/editor/completion/completion"

test("a name begins behind a colon that stands alone", () => {
  for (const [line, name] of [
    [":ta", ":ta"], ["Well done :tada", ":tada"], ["(:he", ":he"], ["* :+1", ":+1"], ["**:sm", ":sm"], ["“:sm", ":sm"], ["🎉 :sm", ":sm"],
    [":t", null], [": ta", null], ["12:30", null], ["at :30", null], ["word:ta", null], ["größe:ta", null], ["https://a", null], ["localhost:ab", null],
    ["{:to", null], ["{::op", null], ["|:--", null], ["::ta", null], [":-)", null], [":D", null], ["a=:b", null], [":tada:", null], ["日本:ta", null],
  ] as const) expect(emojiBegun.exec(line)?.[1] ?? null, line).toBe(name)
})
