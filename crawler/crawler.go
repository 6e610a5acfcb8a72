// Package crawler is the recipe: it visits portals and writes what it finds in
// the ledger. It owns the goroutines.
package crawler
