package extract

import (
	"golang.org/x/net/html"

	"kabar/crawler/portal"
)

// chooseByRules marks the blocks that the portal's rules call body: all within
// what the first body selector that finds text points at, but hidden text and
// boxes that name themselves comments, share bars or the like. It tells
// whether there were any.
func (l *layout) chooseByRules(rules portal.Article, keep []bool) bool {
	const noise = RoleHidden | RoleComment | RoleShare | RoleRelated | RoleAd | RoleSignup | RoleConsent
	for _, selector := range rules.Body {
		within := l.s.within([]string{selector})
		found := false
		for i := range keep {
			box := l.s.Blocks[i].Box
			keep[i] = within[box] >= 0 && !l.s.Blocks[i].Hidden && l.rolesBelow(box, within[box])&noise == 0
			found = found || keep[i]
		}
		if found {
			return true
		}
	}
	return false
}

// dropByRules takes away what the portal's rules call noise.
func (l *layout) dropByRules(rules portal.Article, keep []bool) {
	if len(rules.Drop) == 0 {
		return
	}
	within := l.s.within(rules.Drop)
	for i := range keep {
		keep[i] = keep[i] && within[l.s.Blocks[i].Box] < 0
	}
}

// rolesBelow are the roles of a box and those around it, up to and without the
// box top.
func (l *layout) rolesBelow(box, top int) Role {
	var roles Role
	for ; box > top; box = l.s.Boxes[box].Parent {
		roles |= l.s.Boxes[box].Roles
	}
	return roles
}

// within tells for every box which box that a selector points at it is, or
// stands in; -1 for none.
func (s *Survey) within(selectors []string) []int {
	out := make([]int, len(s.Boxes))
	found := make(map[*html.Node]bool)
	if doc, err := s.Page.Document(); err == nil {
		for _, selector := range selectors {
			for _, n := range doc.Find(selector).Nodes {
				found[n] = true
			}
		}
	}
	for i := range s.Boxes {
		b := &s.Boxes[i]
		switch {
		case found[b.Node]:
			out[i] = i
		case b.Parent >= 0:
			out[i] = out[b.Parent]
		default:
			out[i] = -1
		}
	}
	return out
}
