package indodate

// choose picks the one date of a line that holds several.
func (s *scanner) choose() (Reading, string) {
	if len(s.tokens) == 0 {
		return Reading{}, whyEmpty
	}
	var best *part
	var reading Reading
	why := ""
	explicit := false // an explicit date was refused
	for i := range s.parts {
		p := &s.parts[i]
		if p.form > monthForm && explicit {
			continue
		}
		r, refusal := s.resolve(p)
		if refusal != "" {
			if why == "" || p.form <= monthForm && !explicit {
				why = refusal
			}
			explicit = explicit || p.form <= monthForm
			continue
		}
		if best == nil || s.better(p, best) {
			best, reading = p, r
		}
	}
	if best == nil || explicit && best.form > yearlessForm {
		return Reading{}, s.whyNot(why)
	}
	s.closeRange(best, &reading)
	reading.Flags = (best.flags | s.linePoints(best)).names()
	return reading, ""
}

// whyNot is the reason for a line without a date.
func (s *scanner) whyNot(why string) string {
	switch {
	case why != "":
		return why
	case len(s.clocks) > 0:
		return whyTime
	}
	for i := range s.tokens {
		if s.tokens[i].class != sign {
			return whyNone
		}
	}
	return whyEmpty
}

// better tells whether p, which stands behind best, says more about the moment
// of publication.
func (s *scanner) better(p, best *part) bool {
	if p.iso != best.iso {
		return p.iso
	}
	if p.form != best.form {
		return p.form < best.form
	}
	if p.rank() != best.rank() {
		return p.rank() < best.rank()
	}
	sameDay := p.day == best.day && p.form == fullForm
	return sameDay && p.clock.known && !p.clock.bad && !best.clock.known
}

// rank orders dates by what announces them.
func (p *part) rank() int {
	switch p.label {
	case issued:
		return 0
	case updated:
		return 2
	default:
		return 1
	}
}

// closeRange sets the end of a range whose ends are dates of different forms:
// "Sabtu (6 Februari) sampai dengan Senin (hari ini)".
func (s *scanner) closeRange(best *part, r *Reading) {
	if !r.End.IsZero() {
		return
	}
	for i := range s.parts {
		next := &s.parts[i]
		if next.a < best.b {
			continue
		}
		joined := false
		for j := best.b; j < next.a; j++ {
			t := s.at(j)
			after, ok := s.through(j)
			if ok {
				joined = joined || !t.is(together)
				j = after - 1
				continue
			}
			if t.class != sign && t.class != filler {
				return
			}
		}
		end, why := s.resolve(next)
		if joined && why == "" && next.form != spanForm && end.Stamp.Time.After(r.Stamp.Time) {
			r.End, r.To = end.Stamp.Time, end.To
			best.flags |= isRange
		}
		return
	}
}

// linePoints are the flags that come from the other dates of the line.
func (s *scanner) linePoints(best *part) flags {
	var f flags
	if best.label == updated {
		f |= isUpdated
	}
	for i := range s.parts {
		p := &s.parts[i]
		if p == best || p.form > monthForm || best.flags&isRange != 0 {
			continue
		}
		f |= twoDates
		if best.iso && !p.iso {
			f |= machineWins
		}
		if p.label == updated && best.label != updated {
			f |= issuedWins
		}
	}
	return f
}
