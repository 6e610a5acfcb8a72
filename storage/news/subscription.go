package news

import "time"

// Subscription is one subscriber of one of our feeds (WebSub). Callback and
// Topic together tell it from others.
type Subscription struct {
	ID       int64     // minted by the store
	Callback string    // absolute address to which the feed is delivered
	Topic    string    // absolute address of the feed, in its one form
	Asked    string    // the same address as the subscriber wrote it
	Secret   string    // key that signs deliveries; empty for none
	Client   string    // network from which it was asked for
	Until    time.Time // UTC; end of the lease

	// Mark is the entity tag of the content that the subscriber has.
	Mark    string
	Tries   int       // failed deliveries in a row
	NextTry time.Time // UTC; no delivery before; zero for at once
}
