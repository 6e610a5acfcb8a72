package normalize

// SiteDates is what many pages of one site teach about its dates. It can be
// kept as JSON.
type SiteDates struct {
	Pages int `json:"pages"` // pages learned from
}
