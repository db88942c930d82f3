// What is typed into a field while what stood in it is sent.
import { expect, test } from "@playwright/test"
import { unsent } from "../src/text/unsent"

test("what is typed while a text is sent stays", () => {
  expect(unsent("One.", "One.")).toBe("")
  expect(unsent("One.", "One.\n\nTwo")).toBe("Two")
  expect(unsent("One.", "One,")).toBe("One,")
  expect(unsent("One.", "")).toBe("")
})
