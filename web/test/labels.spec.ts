import { expect, test } from "@playwright/test"
import { labelsOf } from "../src/text/labels"

for (const [line, wanted] of [
  ["**Next Deadline: RC1 release, August 19**", [{ name: "Next Deadline", text: "RC1 release, August 19", days: 3 }]],
  ["**Next Deadline: v0.9.2, 1st Jan 2027**", [{ name: "Next Deadline", text: "v0.9.2, 1st Jan 2027", days: 138 }]],
  ["**Freeze: 12 Aug**\r", [{ name: "Freeze", text: "12 Aug", days: -4 }]],
  ["**Call: from 2026-08-01 to 2026-08-16**", [{ name: "Call", text: "from 2026-08-01 to 2026-08-16", days: 0 }]],
  ["**Call: January 2**", [{ name: "Call", text: "January 2", days: 139 }]],
  ["**Call: some day in May 40**", [{ name: "Call", text: "some day in May 40", days: null }]],
  ["**Next Deadline:**", []],
  ["A **word: in** a line", []],
  ["**open: but not closed", []],
] as const) {
  test(`the label in ${JSON.stringify(line)}`, () => {
    expect(labelsOf(`---\ntitle: x\n---\n\n${line}\n\nwords\n`, "2026-08-16")).toEqual(wanted)
  })
}

test("a long line without an end takes no time", () => {
  const began = Date.now()
  expect(labelsOf(`**${"a ".repeat(100_000)}`, "2026-08-16")).toEqual([])
  expect(labelsOf(`**a: ${" ".repeat(50_000)}x`, "2026-08-16")).toEqual([])
  expect(Date.now() - began).toBeLessThan(500)
})
