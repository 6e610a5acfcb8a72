package extract

import (
	"golang.org/x/net/html/atom"
)

// A feature is something that can be said of a text block, true or not. What
// each is worth stands in weights.go.
type feature uint8

const (
	always feature = iota

	// Size and shape of the text.
	words1
	words3
	words6
	words12
	words24
	words48
	words96
	endsSentence
	endsColon
	endsEllipsis
	hasComma
	startsLower
	startsMark // bullet, arrow, bar …
	hasDigitsOnly
	allCaps
	hasQuote
	manyLines

	// Links and bold.
	links0
	links10
	links33
	links66
	links100
	oneLink
	manyLinks
	allBold

	// The element.
	isPara
	isDiv
	isItem
	isItemLinked
	isH1
	isH2
	isH3
	isH46
	isCell
	isQuote
	isCaption
	isPre
	isTerm
	isOther

	// Where it stands by names and tags.
	inArticle
	inBody
	inMain
	inNav
	inAside
	inHeader
	inFooter
	inComment
	inRelated
	inShare
	inAd
	inSignup
	inConsent
	inTags
	inCaption
	inForm
	inMeta
	inAuthorBox
	inDate
	inAuthor
	inTitle
	inLead
	inLive
	inBox
	inEmbed

	// What the innermost box claims that claims anything.
	innerBody
	innerNav
	innerAside
	innerHeader
	innerFooter
	innerComment
	innerRelated
	innerShare
	innerAd
	innerSignup
	innerTags
	innerCaption
	innerMeta
	innerDate
	innerAuthor
	innerTitle
	innerLead
	innerBox
	innerEmbed
	innerQuote
	innerOther

	// Where it stands in the page.
	beforeTitle
	isTitle
	nearTitle // within 8 blocks below it
	noTitle
	firstTenth
	lastThird
	lastTenth
	afterEnd     // below a heading such as "Comments" or "Baca juga"
	afterHeading // right below a heading

	// What stands around it.
	atWinner  // directly in the box with the most running text
	inWinner  // deeper within it
	besideWin // within the parent of it
	farFromWin
	boxText0 // share of running text in its parent box, of the most that one has
	boxText10
	boxText50
	boxText90
	sigText // other blocks of its signature are mostly running text
	sigLink // or mostly links
	sigAlone
	longPrev
	longNext
	linkPrev
	linkNext
	gridItem // one of many boxes with the same signature side by side

	// What it says.
	saysRelated
	saysShare
	saysSignup
	saysConsent
	saysRights
	saysComment
	saysAd
	saysByline
	saysDate
	saysCaption
	saysCounter
	saysTags
	saysAuthor
	saysTitle // the same as the title
	repeated  // stood above, word for word
	repeats   // stands again below
	hasMail

	featureCount
)

// whys tell people what a feature means where it speaks against a block.
var whys = [featureCount]string{
	inNav: "in a menu", inAside: "in a side column", inHeader: "in the page's head", inFooter: "in the page's foot",
	inComment: "in the comments", inRelated: "in a box of other articles", inShare: "in a share bar",
	inAd: "in an advertisement", inSignup: "in a sign-up box", inConsent: "in a notice or dialog", inTags: "in a list of tags",
	inCaption: "in a caption", inForm: "in a form", inMeta: "in a line about the article", inAuthorBox: "in a box about the author",
	inDate: "in a date line", inAuthor: "in a byline", inTitle: "in a title box", isTitle: "the title",
	beforeTitle: "above the title", afterEnd: "below the end of the article", farFromWin: "far from the running text",
	gridItem: "one of a row of cards", links100: "all link", links66: "mostly links", sigLink: "one of a list of links",
	saysRelated: "points to other articles", saysShare: "asks to share", saysSignup: "asks to sign up",
	saysConsent: "speaks of cookies or terms", saysRights: "a line of rights", saysComment: "about comments",
	saysAd: "an advertisement", saysByline: "a byline", saysDate: "a date line", saysCaption: "a caption or credit",
	saysCounter: "a counter", saysTags: "tags", saysAuthor: "about the author", saysTitle: "the title again",
	repeated: "stood above already", words1: "a lone word", words3: "a few words", boxText0: "no running text beside it",
}

// boxFeatures are the features of roles that a block stands within.
var boxFeatures = [...]struct {
	role Role
	feature
}{
	{RoleArticle, inArticle}, {RoleBody, inBody}, {RoleMain, inMain}, {RoleNav, inNav}, {RoleAside, inAside},
	{RoleHeader, inHeader}, {RoleFooter, inFooter}, {RoleComment, inComment}, {RoleRelated, inRelated},
	{RoleShare, inShare}, {RoleAd, inAd}, {RoleSignup, inSignup}, {RoleConsent, inConsent}, {RoleTags, inTags},
	{RoleCaption, inCaption}, {RoleForm, inForm}, {RoleMeta, inMeta}, {RoleAuthorBox, inAuthorBox},
	{RoleDate, inDate}, {RoleAuthor, inAuthor}, {RoleTitle, inTitle}, {RoleLead, inLead}, {RoleLive, inLive},
	{RoleBox, inBox}, {RoleEmbed, inEmbed},
}

// innerFeatures are the features of the innermost claim, what says most first.
var innerFeatures = [...]struct {
	role Role
	feature
}{
	{RoleComment, innerComment}, {RoleRelated, innerRelated}, {RoleShare, innerShare}, {RoleSignup | RoleConsent, innerSignup},
	{RoleNav, innerNav}, {RoleTags, innerTags}, {RoleCaption, innerCaption}, {RoleAd, innerAd}, {RoleFooter, innerFooter},
	{RoleMeta | RoleAuthorBox, innerMeta}, {RoleEmbed, innerEmbed}, {RoleAside, innerAside}, {RoleDate, innerDate}, {RoleAuthor, innerAuthor},
	{RoleTitle, innerTitle}, {RoleHeader, innerHeader}, {RoleLead, innerLead}, {RoleBox, innerBox}, {RoleQuote, innerQuote}, {RoleBody, innerBody},
}

// featureSet is the features of one block.
type featureSet []feature

func (f *featureSet) add(x feature) { *f = append(*f, x) }

func (f *featureSet) when(x feature, is bool) {
	if is {
		*f = append(*f, x)
	}
}

// features appends what can be said of block i.
func (l *layout) features(f featureSet, i int) featureSet {
	b := &l.s.Blocks[i]
	f.add(always)
	f = shapeFeatures(f, b)
	f = linkFeatures(f, b)
	f = l.elementFeatures(f, i)
	f = l.roleFeatures(f, b)
	f = l.placeFeatures(f, i)
	f = l.aroundFeatures(f, i)
	f = l.speechFeatures(f, i)
	return f
}

func shapeFeatures(f featureSet, b *Block) featureSet {
	switch w := b.Words; {
	case w < 3:
		f.add(words1)
	case w < 6:
		f.add(words3)
	case w < 12:
		f.add(words6)
	case w < 24:
		f.add(words12)
	case w < 48:
		f.add(words24)
	case w < 96:
		f.add(words48)
	default:
		f.add(words96)
	}
	shape := shapeOf(b.Text)
	f.when(endsSentence, shape.endsSentence)
	f.when(endsColon, shape.endsColon)
	f.when(endsEllipsis, shape.endsEllipsis)
	f.when(hasComma, shape.commas > 0)
	f.when(startsLower, shape.startsLower)
	f.when(startsMark, shape.startsMark)
	f.when(hasDigitsOnly, shape.letters == 0)
	f.when(allCaps, shape.letters > 3 && shape.lower == 0)
	f.when(hasQuote, shape.quotes > 0)
	f.when(manyLines, shape.lines > 3)
	return f
}

func linkFeatures(f featureSet, b *Block) featureSet {
	switch share := b.LinkBytes * 100 / max(len(b.Text), 1); {
	case b.LinkBytes == 0:
		f.add(links0)
	case share < 10:
		f.add(links10)
	case share < 34:
		f.add(links33)
	case share < 67:
		f.add(links66)
	default:
		f.add(links100)
	}
	n := b.EndAnchor - b.Anchor
	f.when(oneLink, n == 1)
	f.when(manyLinks, n > 2)
	f.when(allBold, b.BoldBytes > 0 && b.BoldBytes*10 >= len(b.Text)*9)
	return f
}

func (l *layout) elementFeatures(f featureSet, i int) featureSet {
	b := &l.s.Blocks[i]
	switch b.Level {
	case 0:
	case 1:
		f.add(isH1)
		return f
	case 2:
		f.add(isH2)
		return f
	case 3:
		f.add(isH3)
		return f
	default:
		f.add(isH46)
		return f
	}
	switch l.kind[i] {
	case atom.P:
		f.add(isPara)
	case atom.Li:
		f.add(isItem)
		f.when(isItemLinked, b.LinkBytes*10 >= len(b.Text)*8)
	case atom.Td, atom.Th:
		f.add(isCell)
	case atom.Blockquote:
		f.add(isQuote)
	case atom.Figcaption:
		f.add(isCaption)
	case atom.Pre:
		f.add(isPre)
	case atom.Dt, atom.Dd:
		f.add(isTerm)
	case atom.Div, atom.Section, atom.Article:
		f.add(isDiv)
	default:
		f.add(isOther)
	}
	return f
}

func (l *layout) roleFeatures(f featureSet, b *Block) featureSet {
	within := l.s.Boxes[b.Box].Within
	for _, bf := range boxFeatures {
		f.when(bf.feature, within&bf.role != 0)
	}
	return append(f, l.inner(b.Box))
}

// inner is what the innermost box with a claim says: a related box within the
// body counts as related, a body within what is called a widget as body.
func (l *layout) inner(box int) feature {
	for ; box > 0; box = l.s.Boxes[box].Parent {
		roles := l.s.Boxes[box].Roles
		if roles == 0 {
			continue
		}
		for _, in := range innerFeatures {
			if roles&in.role != 0 {
				return in.feature
			}
		}
	}
	return innerOther
}

func (l *layout) placeFeatures(f featureSet, i int) featureSet {
	switch {
	case l.title < 0:
		f.add(noTitle)
	case i < l.title:
		f.add(beforeTitle)
	case i == l.title:
		f.add(isTitle)
	case i <= l.title+8:
		f.add(nearTitle)
	}
	place := l.before[i] * 30 / max(l.words, 1)
	f.when(firstTenth, place < 3)
	f.when(lastThird, place >= 20)
	f.when(lastTenth, place >= 27)
	f.when(afterEnd, l.afterEnd[i])
	f.when(afterHeading, i > 0 && l.s.Blocks[i-1].Level > 1)
	return f
}

func (l *layout) aroundFeatures(f featureSet, i int) featureSet {
	b := &l.s.Blocks[i]
	switch w := l.s.Boxes[l.winner]; {
	case l.container(b.Box) == l.winner || b.Box == l.winner:
		f.add(atWinner)
	case b.Box > l.winner && b.Box < w.End:
		f.add(inWinner)
	case w.Parent >= 0 && b.Box > w.Parent && b.Box < l.s.Boxes[w.Parent].End:
		f.add(besideWin)
	default:
		f.add(farFromWin)
	}
	switch share := l.mass[l.container(b.Box)] * 100 / max(l.mass[l.winner], 1); {
	case share < 10:
		f.add(boxText0)
	case share < 50:
		f.add(boxText10)
	case share < 90:
		f.add(boxText50)
	default:
		f.add(boxText90)
	}
	sig := l.sigs[l.sig[i]]
	f.when(sigText, sig.running*2 > sig.words && sig.blocks > 1)
	f.when(sigLink, sig.linked*2 > sig.bytes && sig.blocks > 1)
	f.when(sigAlone, sig.blocks == 1)
	f.when(longPrev, i > 0 && isRunning(&l.s.Blocks[i-1]))
	f.when(longNext, i+1 < len(l.s.Blocks) && isRunning(&l.s.Blocks[i+1]))
	f.when(linkPrev, i > 0 && isLinks(&l.s.Blocks[i-1]))
	f.when(linkNext, i+1 < len(l.s.Blocks) && isLinks(&l.s.Blocks[i+1]))
	f.when(gridItem, l.grid[b.Box])
	return f
}

func (l *layout) speechFeatures(f featureSet, i int) featureSet {
	b := &l.s.Blocks[i]
	if says := speechOf(b.Text, b.Words); says != 0 {
		f.when(says, true)
	}
	f.when(saysTitle, i != l.title && l.s.isTitleText(b.Text))
	f.when(repeated, l.repeated[i] < 0)
	f.when(repeats, l.repeated[i] > 0)
	f.when(hasMail, hasMailAddress(b.Text))
	return f
}
