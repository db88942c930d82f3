package example

// Submission is a line that a reader of the newsletter submits to its newest edition:
// a pull request that is open when the example is begun.
type Submission struct {
	Name, Email string // whose
	Title       string
	Path        string // the edition
	Behind      string // the line that the new one stands behind
	Line        string
}

// Submissions are those of the example.
func Submissions() []Submission {
	const newest = "_posts/2026-03-22-update.md"
	return []Submission{
		{
			Name: "Ines Barros", Email: "ines@tidewatch.example", Title: "Add the evening of tide tables in Sankt Orm", Path: newest,
			Behind: "* Office hours, each first Thursday",
			Line:   "* [An evening of tide tables](https://tidewatch.example/sankt-orm) in Sankt Orm, May 21, 2026",
		},
		{
			Name: "Tomas Vehko", Email: "tomas@tidewatch.example", Title: "Thank mokoena for the two times", Path: newest,
			Behind: "* [lindqvist](https://tidewatch.example/people/lindqvist) for writing down how the hand-over works",
			Line:   "* [mokoena](https://tidewatch.example/people/mokoena) for two times on every reading",
		},
	}
}
