package lint

import (
	"slices"

	"galley/internal/diag"
)

// Rule is what can be said of posts.
type Rule struct {
	// Code names it, in the settings and in reports.
	Code string
	// Level is the one that it has where the settings say nothing; empty for off.
	Level diag.Severity
	// About is a sentence that says what is wanted.
	About string

	make func(*parameters) func(*text)
}

// Rules lists the rules by subject. The list is the caller's own.
func Rules() []Rule { return slices.Clone(rules) }

var rules = []Rule{
	// What is not finished.
	{"empty-bullet", diag.Warning, "No bullet is empty.", emptyBullets},
	{"empty-label", diag.Warning, "There is something behind a bold label that stands alone.", emptyLabels},
	{"empty-section", diag.Warning, "There is something below each heading.", emptySections},
	{"placeholder", diag.Warning, "What the template has in a post's place was replaced.", placeholders},
	{"required", "", "What every post of the site says is there.", required},
	// Dates.
	{"date-future", diag.Warning, "The date is not still to come.", futureDate},
	{"date-partial", diag.Warning, "The date is read whole.", partialDate},
	{"date-distance", "", "The date is in the days behind the one in the file's name.", dateDistance},
	{"date-zone", "", "The date says the zone that the site's dates have.", dateZone},
	{"day-differs", diag.Warning, "Slug, title and file name have the same day.", days},
	{"weekday", "", "The day in the file's name is that of an edition.", weekday},
	// Marks.
	{"space-behind-mark", diag.Warning, "A plain space stands behind the sign of a heading or an item.", spacesBehindMarks},
	{"heading-space", diag.Warning, "A space stands behind the sign of a heading.", spacelessHeadings},
	{"element-open", diag.Warning, "What is opened in HTML is closed.", openElements},
	{"link-split", diag.Warning, "No space stands between a link's text and its address.", splitLinks},
	{"link-broken", diag.Warning, "A link has all its brackets.", brokenLinks},
	{"link-space", diag.Warning, "No space stands in an address.", spacedLinks},
	// Lists and paragraphs.
	{"bullet-full-stop", "", "Bullets have no full stop at the end.", bulletStops},
	{"bullet-length", "", "Bullets are short.", bulletLength},
	{"bullet-case", "", "Bullets begin with a capital letter, or with a name that is written small.", bulletCase},
	{"bullet-tense", "", "Bullets are in the present tense.", bulletTense},
	{"paragraph-full-stop", "", "Paragraphs have a full stop at the end.", paragraphStops},
	{"section-order", "", "Sections stand in the order that the settings have.", sectionOrder},
	{"form", "", "Bullets and headings of a section have the form that the settings say.", forms},
	// Words.
	{"words", "", "Names are written as they write themselves.", words},
	{"code-format", "", "Commands, flags and fields are in code formatting.", codeFormat},
	{"patterns", "", "What the settings name is not said.", patterns},
	// Links.
	{"link-text", diag.Warning, "A link's text says what it leads to.", linkTexts},
	{"link-number", "", "The number in a link's text is the one in its address.", linkNumbers},
	{"link-repeated", "", "A post links to an address once.", repeatedLinks},
	{"link-again", "", "What an earlier post linked to is not reported again.", linksAgain},
	{"topic-again", "", "What an earlier post covered is not covered again.", topicsAgain},
	// What everybody can read.
	{"picture-text", diag.Warning, "A picture has a text for who does not see it.", pictureTexts},
	{"heading-order", diag.Warning, "No level of headings is left out.", headingOrder},
	{"table-header", diag.Warning, "A table has a header.", tableHeaders},
	// What deceives.
	{"bidi-control", diag.Error, "No sign turns the direction of what is read around.", bidiControls},
	{"invisible-character", diag.Warning, "No character stands where none is seen.", invisibleCharacters},
	{"host-lookalike", diag.Error, "No letter in an address looks like another.", lookalikeHosts},
	{"address-user", diag.Warning, "No address has a user's name in it.", addressUsers},
	{"link-text-address", diag.Warning, "A link whose text is an address leads there.", textAddresses},
}
