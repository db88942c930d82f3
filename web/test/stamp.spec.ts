// The present, as a post's date is written.
import { expect, test } from "@playwright/test"
import { stamped } from "../src/text/stamp"

// The same cases as in internal/post/stamp_test.go.
test("the present is written as the date was", () => {
  const now = new Date("2026-08-20T23:05:09+02:00")
  for (const [old, want] of [
    ["2026-08-16 22:00:00 -0000", "2026-08-20 21:05:09 -0000"],
    ["2026-08-16 22:00:00 +0000", "2026-08-20 21:05:09 +0000"],
    ["2026-08-16 22:00:00 +0200", "2026-08-20 21:05:09 +0000"],
    ["2026-08-16 22:00:00+02:00", "2026-08-20 21:05:09+00:00"],
    ["2026-08-16T22:00:00Z", "2026-08-20T21:05:09Z"],
    ["2026-08-16T22:00:00.000Z", "2026-08-20T21:05:09Z"],
    ["2026-08-16 22:00 UTC", "2026-08-20 21:05 UTC"],
    ["2026-08-16 22:00", "2026-08-20 21:05 +0000"],
    ["2026-08-16", "2026-08-20"],
    ["2024-04-17 14:4g5:00", "2026-08-20 21:05:09 +0000"],
    ["POST_DATE", "2026-08-20 21:05:09 +0000"],
    ["", "2026-08-20 21:05:09 +0000"],
  ]) expect(stamped(old!, now, "UTC")).toBe(want)
})

// The same cases as in internal/post/stamp_test.go.
test("a day alone is that of the site's time zone", () => {
  for (const [timezone, now, want] of [
    ["America/Los_Angeles", "2026-08-17T02:00:00Z", "2026-08-16"],
    ["America/Los_Angeles", "2026-08-17T06:59:59Z", "2026-08-16"],
    ["America/Los_Angeles", "2026-08-17T07:00:00Z", "2026-08-17"],
    ["Asia/Tokyo", "2026-08-16T18:00:00Z", "2026-08-17"],
    ["Europe/Berlin", "2026-01-01T22:59:00Z", "2026-01-01"],
    ["UTC", "2026-08-16T23:59:59Z", "2026-08-16"],
  ]) expect(stamped("2026-08-10", new Date(now!), timezone)).toBe(want)
  for (const unknown of [undefined, "", "Nowhere/At_All"]) {
    expect(stamped("2026-08-10", new Date("2026-08-17T02:00:00Z"), unknown)).toBe("2026-08-17 02:00:00 +0000")
  }
})
