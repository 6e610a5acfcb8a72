package normalize

// weigh gives every claim its points.
func (s *stampChoice) weigh() {
	for i := range s.claims {
		c := &s.claims[i]
		c.points = s.pointsOf(c) * s.c.Site.trust(c)
	}
	for i := range s.claims {
		c := &s.claims[i]
		switch {
		case s.inList(c):
			c.points *= 0.15
		case s.roundsDown(c):
			c.points *= 0.4
		case s.isChange(c), s.printsChange(c), s.isLater(c):
			c.points *= 0.5
		case s.repeatsChange(c):
			c.points *= 0.4
		}
	}
}

// roundsDown tells whether an age that stood outside of the page is another
// claim's moment, rounded down: "4 hari lalu" is said of the day that it gives
// and of much of the day before.
func (s *stampChoice) roundsDown(c *stampClaim) bool {
	if c.place != placeOutside || !c.has(Relative) {
		return false
	}
	before := civilDay(c.stamp.Time.AddDate(0, 0, -1))
	for i := range s.claims {
		other := &s.claims[i]
		if other.place != placeOutside && !other.has(Relative) && other.points >= roundsTo && (other.day == c.day || other.day == before) {
			return true
		}
	}
	return false
}

// roundsTo is what a claim says at least that explains an age: it stands
// nowhere near the headline, but not in another part of the page either.
const roundsTo = 8

// inList tells whether the place of a claim shows three or more days: it is
// the place of items in a list. A list of ages does not count for a date.
func (s *stampChoice) inList(c *stampClaim) bool {
	if c.Where == "" || c.place == placeMeta || c.place == placeLinked {
		return false
	}
	first, second := c.day, ""
	nearest := c.Weight <= 3
	for i := range s.claims {
		other := &s.claims[i]
		if other.Where == c.Where && other.Weight <= c.Weight && other.day != c.day {
			nearest = false
		}
	}
	if nearest {
		return false
	}
	for i := range s.claims {
		other := &s.claims[i]
		if other.Where != c.Where || other.has(Relative) != c.has(Relative) || other.day == first || other.day == second {
			continue
		}
		if second != "" {
			return true
		}
		second = other.day
	}
	return false
}

// isLater tells whether a claim is the later one of two that stand in the same
// place: the other is publication, it is a change.
func (s *stampChoice) isLater(c *stampClaim) bool {
	if c.place != placeText && c.place != placeTime || c.Weight > 15 {
		return false
	}
	for i := range s.claims {
		other := &s.claims[i]
		if other.place == c.place && other.Where == c.Where && other.day < c.day && other.Weight-c.Weight <= 2 && c.Weight-other.Weight <= 2 {
			return true
		}
	}
	return false
}

// repeatsChange tells whether a machine claim of publication only repeats, or
// even follows, the day of a change, while the page prints an earlier day near
// its headline: some systems write the last change into both.
func (s *stampChoice) repeatsChange(c *stampClaim) bool {
	if c.place != placeLinked && c.place != placeMeta && c.place != placeMicrodata {
		return false
	}
	changed := false
	for i := range s.changes {
		change := &s.changes[i]
		if change.place == placeText && change.day != c.day {
			continue
		}
		changed = changed || change.day <= c.day && change.place != placeText
	}
	if !changed {
		return false
	}
	for i := range s.claims {
		other := &s.claims[i]
		if other.place == placeText && other.Weight <= 8 && other.day < c.day && other.agrees(c) == noAgreement &&
			!s.changedOn(other.day) && s.nearness(other) > 0.5 && !inCaption(other.Where) && !inHeading(other.Where) && !s.inList(other) {
			return true
		}
	}
	return false
}

// printsChange tells whether what the page shows is the day of a change: its
// machine stamps tell publication and change apart, and the shown day is the
// latter.
func (s *stampChoice) printsChange(c *stampClaim) bool {
	if c.place != placeText && c.place != placeTime && c.place != placeMicrodata || !s.machineChangedOn(c.day) {
		return false
	}
	for i := range s.claims {
		other := &s.claims[i]
		sure := other.Origin == "jsonld" || other.Origin == "meta:article:published_time"
		if sure && other.day < c.day && other.agrees(c) == noAgreement && !s.machineChangedOn(other.day) {
			return true
		}
	}
	return false
}

// machineChangedOn tells whether a claim of change that is no printed text has
// the day.
func (s *stampChoice) machineChangedOn(day string) bool {
	for i := range s.changes {
		if s.changes[i].place != placeText && s.changes[i].day == day {
			return true
		}
	}
	return false
}

// changedOn tells whether a claim of change has the day.
func (s *stampChoice) changedOn(day string) bool {
	for i := range s.changes {
		if s.changes[i].day == day {
			return true
		}
	}
	return false
}

// isChange tells whether a claim of publication repeats the day of a change
// while another machine stamp gives an earlier day.
func (s *stampChoice) isChange(c *stampClaim) bool {
	changed := false
	for i := range s.changes {
		changed = changed || s.changes[i].day == c.day
	}
	if !changed {
		return false
	}
	for i := range s.claims {
		other := &s.claims[i]
		if other.place == placeText && other.Weight <= 8 && other.day == c.day {
			return false // the page prints it as its own date
		}
	}
	for i := range s.claims {
		other := &s.claims[i]
		sure := other.Origin == "jsonld" || other.Origin == "meta:article:published_time"
		if sure && other.day < c.day && other.agrees(c) == noAgreement {
			return true
		}
	}
	return false
}

// favorLonely gives more weight to a printed day that has no rival anywhere on
// the page.
func (s *stampChoice) favorLonely() {
	for i := range s.claims {
		c := &s.claims[i]
		if c.points > 0 && c.place != placeText {
			return
		}
		if c.points > 0 && c.agrees(&s.claims[0]) == noAgreement {
			return
		}
	}
	for i := range s.claims {
		c := &s.claims[i]
		if c.Weight < inBodyWeight && (namesDate(c.Where) || !s.inSentence(c)) {
			c.points *= 2
		}
	}
}
