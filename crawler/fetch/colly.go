package fetch

import (
	"context"
	"net/http"

	"github.com/gocolly/colly/v2"
)

// visitor is a Colly collector that fetches one page at a time. Collectors are
// never cloned and never shared: clones lose callbacks and share state.
type visitor struct {
	collector *colly.Collector
	body      []byte
}

// newVisitor switches off everything that the guard does instead: Colly's own
// limits cut pages silently, ignore robots.txt on redirects, hold back
// cancelled requests and count packed bytes. Fields are set after New, which
// reads COLLY_* from the environment.
func newVisitor(userAgent string, g *guard) *visitor {
	v := &visitor{collector: colly.NewCollector()}
	c := v.collector
	c.UserAgent = userAgent
	c.Async = false
	c.AllowURLRevisit = true
	c.IgnoreRobotsTxt = true
	c.ParseHTTPErrorResponse = true
	c.DetectCharset = false
	c.TraceHTTP = false
	c.CacheDir = ""
	c.MaxBodySize = 0
	c.MaxDepth = 0
	c.MaxRequests = 0
	c.AllowedDomains, c.DisallowedDomains = nil, nil
	c.SetRequestTimeout(0)
	c.DisableCookies()
	c.SetRedirectHandler(checkHops)
	c.WithTransport(g)
	c.OnResponse(func(r *colly.Response) { v.body = r.Body })
	return v
}

// get fetches one page; what is known of the answer beside its body comes
// back in the errand of the context.
func (v *visitor) get(ctx context.Context, address string, header http.Header) ([]byte, error) {
	v.collector.Context = ctx
	defer func() { v.collector.Context, v.body = nil, nil }()
	err := v.collector.Request(http.MethodGet, address, nil, nil, header)
	return v.body, err
}
