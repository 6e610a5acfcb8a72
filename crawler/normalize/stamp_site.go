package normalize

// SiteDates is what many pages of one site teach about its dates. It can be
// kept as JSON.
type SiteDates struct {
	Pages int `json:"pages"` // pages learned from
}

func (d *SiteDates) trust(c *stampClaim) float64 { return 1 }
func (d *SiteDates) isClock(c *stampClaim) bool  { return false }
func (d *SiteDates) falseUTC(c *stampClaim) bool { return false }
