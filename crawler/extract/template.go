package extract

// Template is what was learned of a site: one for all its layouts.
type Template struct {
	Version int `json:"version"`
}
