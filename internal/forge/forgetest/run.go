package forgetest

import "testing"

const (
	postA = "_posts/2026-01-04-a.md"
	fresh = "_posts/2026-01-25-new.md"
)

// Run tests a forge. It asks for a new harness for each part.
func Run(t *testing.T, newHarness func(t *testing.T) Harness) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, h Harness)
	}{
		{"Info", testInfo},
		{"Read", testRead},
		{"Missing", testMissing},
		{"SubmitNew", testSubmitNew},
		{"SubmitEdit", testSubmitEdit},
		{"Resubmit", testResubmit},
		{"Bytes", testBytes},
		{"SeveralFiles", testSeveralFiles},
		{"Move", testMove},
		{"MoveStale", testMoveStale},
		{"Delete", testDelete},
		{"Stale", testStale},
		{"StaleBranch", testStaleBranch},
		{"Concurrent", testConcurrent},
		{"ConcurrentDifferent", testConcurrentDifferent},
		{"HalfWay", testHalfWay},
		{"AfterMerge", testAfterMerge},
		{"AfterClose", testAfterClose},
		{"Invalid", testInvalid},
		{"Message", testMessage},
		{"Diff", testDiff},
		{"Merge", testMerge},
		{"MergeAll", testMergeAll},
		{"Close", testClose},
		{"EditionBranch", testEditionBranch},
		{"OtherBase", testOtherBase},
		{"History", testHistory},
		{"StartBranch", testStartBranch},
		{"Trailers", testTrailers},
		{"Propose", testPropose},
		{"Continue", testContinue},
		{"Renamed", testRenamed},
		{"Versions", testVersions},
		{"VersionsPaged", testVersionsPaged},
		{"Removed", testRemoved},
		{"Writing", testWriting},
		{"Threads", testThreads},
		{"Verdicts", testVerdicts},
		{"ContinueEnded", testContinueEnded},
		{"Merged", testMerged},
		{"MergedStale", testMergedStale},
		{"MergedConflict", testMergedConflict},
		{"Announce", testAnnounce},
		{"Cancel", testCancel},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, newHarness(t)) })
	}
}
