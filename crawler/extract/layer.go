package extract

import "strings"

// Bounds of what is read of the objects that pages hand to their statistics.
const (
	maxLayers    = 8
	maxLayer     = 32 << 10 // bytes of one script
	maxLayerKeys = 16       // names with "publi" in them, per script
)

// layerNames are variables by which pages tell statistics what they show: Tag
// Manager, Tealium, the W3C's customer data layer, Chartbeat.
var layerNames = [...]string{"dataLayer", "utag_data", "digitalData", "_sf_async_config", "page_meta"}

// layer keeps a script that fills one of them.
func (w *walker) layer(text string) {
	if len(w.Layers) >= maxLayers {
		return
	}
	text = text[:min(len(text), maxLayer)]
	if !strings.Contains(text, "ubli") {
		return
	}
	for _, name := range layerNames {
		if strings.Contains(text, name) {
			w.Layers = append(w.Layers, text)
			return
		}
	}
}

// fromLayers claims the day of publication that a page tells its statistics,
// where it says none elsewhere. These scripts are programs, no JSON, so only
// pairs of a name and a quoted value are read: "publishedDate": "…".
func (c *claims) fromLayers() {
	if len(c.raw.Published) > 0 {
		return
	}
	for _, text := range c.Layers {
		if value := publishedPair(text); value != "" {
			c.published(value, "state:layer", "", 0)
			return
		}
	}
}

// publishedPair is the value of the first pair whose name says publication and
// whose value may be a date.
func publishedPair(text string) string {
	for range maxLayerKeys {
		at := strings.Index(text, "ubli")
		if at < 0 {
			return ""
		}
		text = text[at:]
		name := text[:nameLength(text)]
		value, ok := quotedAfter(text[len(name):])
		if ok && namesMoment(name) && looksDated(value) {
			return value
		}
		text = text[len("ubli"):]
	}
	return ""
}

// nameLength is how many bytes of a name text begins with.
func nameLength(text string) int {
	n := 0
	for n < len(text) && n < 40 && isWordByte(text[n]) {
		n++
	}
	return n
}

// namesMoment tells the rests of "publishedDate", "publish_time", "published",
// "publicationDate" from those of "publisher" and "publishedBy".
func namesMoment(rest string) bool {
	rest = strings.ToLower(rest)
	return rest == "ublished" || containsFold(rest, "date") || containsFold(rest, "time") || strings.HasSuffix(rest, "at")
}

// quotedAfter is the quoted text behind the end of a name: `": "…"`, `='…'`.
func quotedAfter(text string) (string, bool) {
	text = strings.TrimLeft(text, `"' `)
	if text == "" || text[0] != ':' && text[0] != '=' {
		return "", false
	}
	text = strings.TrimLeft(text[1:], " ")
	if text == "" || text[0] != '"' && text[0] != '\'' {
		return "", false
	}
	end := strings.IndexByte(text[1:min(len(text), 64)], text[0])
	if end < 0 {
		return "", false
	}
	return text[1 : 1+end], true
}
