// Package library reads all of a site's files once: documents by collection,
// pages and files that are copied, each in Jekyll's order, with the pages that
// plugins make behind them; and its data files.
package library
