// Where a new data file goes.
import { expect, test } from "@playwright/test"
import { dataFolder, dataPath } from "../src/text/data-path"

test("the folder is the one that all data files are in", () => {
  expect(dataFolder([])).toBe("_data")
  expect(dataFolder(["_data/people/team.yml"])).toBe("_data")
  expect(dataFolder(["_data/a.yml", "_data/b/c.csv"])).toBe("_data")
  expect(dataFolder(["site/facts/a/list.csv", "site/facts/team.yml"])).toBe("site/facts")
})

test("a name becomes a file's, in its folder", () => {
  for (const [name, want] of [
    ["team", "_data/team.yml"], ["Team of writers", "_data/Team-of-writers.yml"], ["people/team", "_data/people/team.yml"], ["list.csv", "_data/list.csv"],
    ["/../../etc/passwd", "_data/etc/passwd.yml"], [".hidden", "_data/hidden.yml"], ["häfen", "_data/häfen.yml"], ["", ""], [" . / ..", ""], ["--", ""], ["a//b", "_data/a/b.yml"],
  ] as const) expect(dataPath("_data", name, ".yml"), name).toBe(want)
})
