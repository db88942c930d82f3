// Package rubytime has times and days as Ruby reads them: what Jekyll takes for
// a date, in front matter and in Liquid's filters.
package rubytime
