package lint

import (
	"fmt"
	"time"
)

// phrase is a part of a message that is told in the writer's language, as the message
// is: it is filled in by %v. What stands in the post is filled in by %s and stays as it
// is (package translate).
func phrase(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// phrases are formats of phrases.
type phrases []string

var (
	weekdays = phrases{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
	months   = phrases{"January %d, %d", "February %d, %d", "March %d, %d", "April %d, %d", "May %d, %d", "June %d, %d",
		"July %d, %d", "August %d, %d", "September %d, %d", "October %d, %d", "November %d, %d", "December %d, %d"}
	numbers = phrases{"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
)

// longDate is a day as a sentence has it: “April 12, 2026”.
func longDate(day time.Time) string { return phrase(months[day.Month()-1], day.Day(), day.Year()) }

// number is a small number as a word, from two up.
func number(n int) string {
	if n >= 2 && n-2 < len(numbers) {
		return numbers[n-2]
	}
	return fmt.Sprint(n)
}
