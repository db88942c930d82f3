// What of a line of front matter is a value that completion goes on with.
import { expect, test } from "@playwright/test"
import { valueBegun } from "../src/editor/completion/completion"

test("a value begins behind a key, a hyphen, or a comma between brackets", () => {
  for (const [line, key, value] of [
    ["tags: ", "tags", ""], ["tags: la", "tags", "la"], ["author:  Ada L", "author", "Ada L"], ["tags: [", "tags", ""], ["tags: [la", "tags", "la"], ["tags: [ la", "tags", "la"],
    ["tags: [one, two la", "tags", "two la"], ["tags: [one,  ", "tags", ""], ["- la", "", "la"], ["  -  la mp", "", "la mp"],
  ] as const) expect(valueBegun(line), line).toEqual({ key, value })
  for (const line of ["tags:la", "tags", " tags: la", "-la", "tags: [one] ", "tags: one, two", "tags: " + "[" + "one, ".repeat(40) + "two] "]) expect(valueBegun(line), line).toBeNull()
})
