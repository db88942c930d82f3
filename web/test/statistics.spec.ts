import { expect, test } from "@playwright/test"
import { median, quantile, shuffled, summarize } from "../bench/statistics"

test("quantiles are measurements, and the median of an even count is the middle", () => {
  const hundred = shuffled(Array.from({ length: 100 }, (_, i) => i + 1))
  expect(summarize(hundred)).toEqual({ count: 100, median: 50.5, p95: 95, p99: 99 })
  expect(median([3, 1, 2])).toBe(2)
  expect(quantile([7], 0.99)).toBe(7)
  expect(quantile([1, 2], 0.95)).toBe(2)
  expect(median([])).toBeNaN()
})

test("a shuffled list has the same members, and the first list stays", () => {
  const list = [1, 2, 3, 4]
  expect(shuffled(list, () => 0)).toEqual([2, 3, 4, 1])
  expect(list).toEqual([1, 2, 3, 4])
})
