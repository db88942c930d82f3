import { expect, test } from "@playwright/test"
import { changedLines } from "../src/editor/changed-lines"

test("the lines that a change makes and takes are counted", () => {
  expect(changedLines("a\nb\nc\n", "a\nx\ny\nc\n")).toBe("2 lines new, 1 gone")
  expect(changedLines("", "a\nb")).toBe("2 lines new")
  expect(changedLines("a\nb\n", "a\n")).toBe("1 line gone")
  expect(changedLines("a\n", "a\nb\n")).toBe("1 line new")
  expect(changedLines("a\n", "a\n\nb")).toBe("2 lines new")
  expect(changedLines("a\nb", "a\n")).toBe("1 line gone")
  expect(changedLines("a", "a\n")).toBe("1 line new, 1 gone")
  expect(changedLines("a", "b")).toBe("1 line new, 1 gone")
})
