package normalize

import (
	"net/url"
	"time"

	"kabar/crawler/extract"
	"kabar/crawler/indodate"
	"kabar/storage/news"
)

// StampContext is what is known about a page besides its own claims.
type StampContext struct {
	Zone     *time.Location // the portal's clock; nil when unknown
	Now      time.Time      // the answer's own Date; zero when unknown
	URL      *url.URL       // address of the page; nil when unknown
	Language string         // of the page, such as "id" or "en-US"; empty when unknown
	Outside  []news.Stamp   // what feed, sitemap and listing said
	Site     *SiteDates     // what many pages of the site taught; nil when nothing
}

// ChooseStamp decides which of a page's date claims to believe. Both stamps
// are zero when nothing is sure enough; doubts say in plain words what is odd.
func ChooseStamp(published, modified []extract.Claim, c StampContext) (pub, mod news.Stamp, doubts []string) {
	return firstStamp(published, c), firstStamp(modified, c), nil
}

func firstStamp(claims []extract.Claim, c StampContext) news.Stamp {
	for _, claim := range claims {
		r, err := indodate.Read(claim.Value, indodate.Context{Zone: c.Zone, Ref: c.Now})
		if err == nil {
			r.Stamp.Origin = claim.Origin
			return r.Stamp
		}
	}
	return news.Stamp{}
}
