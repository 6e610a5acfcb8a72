package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"kabar/crawler/page"
)

// rolesOf reads an element's roles from its tag, attributes and names, and from
// whether the page hides it.
func rolesOf(n *html.Node, hiding *page.Hiding) Role {
	roles := tagRoles(n.DataAtom)
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "class", "id", "data-testid", "data-component":
			roles |= nameRoles(a.Val)
		case "itemprop":
			roles |= propRoles(a.Val)
		case "role":
			roles |= ariaRoles(a.Val)
		case "rel":
			if a.Val == "author" {
				roles |= RoleAuthor
			}
		case "datetime":
			roles |= RoleDate
		case "title":
			if n.DataAtom == atom.Abbr && isStamp(a.Val) {
				roles |= RoleDate
			}
		case "aria-hidden":
			// It can be seen, but is decoration or said elsewhere.
			if a.Val == "true" {
				roles |= RoleHidden
			}
		default:
			if isDataDate(a.Key) && isStamp(a.Val) {
				roles |= RoleDate
			}
		}
	}
	if n.DataAtom == atom.Body || n.DataAtom == atom.Html {
		// Classes of the whole page ("single-post", "has-sidebar") and the
		// flicker guards on it say nothing about its parts.
		return 0
	}
	if hiding.Hides(n) {
		roles |= RoleHidden
	}
	return roles
}

// isDataDate tells the names of attributes in which scripts find the moment
// that they show: data-date, data-published-at, data-timestamp.
func isDataDate(key string) bool {
	if !strings.HasPrefix(key, "data-") {
		return false
	}
	key = key[len("data-"):]
	return strings.Contains(key, "date") && !strings.Contains(key, "update") || strings.Contains(key, "time") || strings.Contains(key, "publish")
}

// isStamp tells whether a value begins as ISO 8601 writes a day.
func isStamp(value string) bool {
	value = strings.TrimSpace(value)
	if len(value) < 10 || len(value) > 40 || value[4] != '-' || value[7] != '-' {
		return false
	}
	for _, i := range [...]int{0, 1, 2, 3, 5, 6, 8, 9} {
		if value[i] < '0' || value[i] > '9' {
			return false
		}
	}
	return true
}

func tagRoles(a atom.Atom) Role {
	switch a {
	case atom.Article:
		return RoleArticle
	case atom.Main:
		return RoleMain
	case atom.Nav:
		return RoleNav
	case atom.Aside:
		return RoleAside
	case atom.Header:
		return RoleHeader
	case atom.Footer:
		return RoleFooter
	case atom.Figcaption:
		return RoleCaption
	case atom.Form:
		return RoleForm
	case atom.Blockquote:
		return RoleQuote
	case atom.Time:
		return RoleDate
	case atom.Dialog:
		return RoleConsent
	case atom.Address:
		return RoleMeta | RoleAuthor
	}
	return 0
}

// propRoles reads itemprop (schema.org).
func propRoles(prop string) Role {
	switch lower(prop) {
	case "articlebody":
		return RoleBody | RoleArticle
	case "datepublished", "datemodified", "datecreated", "uploaddate":
		return RoleDate
	case "author", "creator":
		return RoleAuthor
	case "headline":
		return RoleTitle
	case "comment":
		return RoleComment
	case "description":
		return RoleLead
	case "liveblogupdate":
		return RoleLive
	}
	return 0
}

// ariaRoles reads the role attribute (WAI-ARIA 1.2).
func ariaRoles(role string) Role {
	switch lower(role) {
	case "navigation", "menu", "menubar", "toolbar":
		return RoleNav
	case "complementary":
		return RoleAside
	case "banner":
		return RoleHeader
	case "contentinfo":
		return RoleFooter
	case "main":
		return RoleMain
	case "article":
		return RoleArticle
	case "dialog", "alertdialog":
		return RoleConsent
	}
	return 0
}

// nameRoles reads class names and ids word by word: "post-content",
// "relatedPosts" and "entry_meta" have two each.
func nameRoles(name string) Role {
	var roles Role
	var word [24]byte
	n, long := 0, false
	var whole Role // of the words of one name
	end := func() {
		if n > 1 && !long {
			whole |= nameWords[string(word[:n])]
		}
		n, long = 0, false
	}
	for i := 0; i < len(name); i++ {
		c := name[i]
		switch {
		case c >= 'A' && c <= 'Z':
			if i > 0 && name[i-1] >= 'a' && name[i-1] <= 'z' {
				end()
			}
			c += 'a' - 'A'
			fallthrough
		case c >= 'a' && c <= 'z':
			if n < len(word) {
				word[n] = c
				n++
			} else {
				long = true
			}
		default:
			end()
			if c <= ' ' {
				roles |= settle(whole)
				whole = 0
			}
		}
	}
	end()
	return roles | settle(whole)
}

// settle weighs the words of one name against each other: "comment-body" is
// about comments, "article-tags" about tags.
func settle(whole Role) Role {
	if whole&nameNoise != 0 {
		whole &^= RoleArticle | RoleBody | RoleMain | RoleLead
	}
	if whole&(RoleComment|RoleRelated|RoleShare|RoleAside) != 0 {
		whole &^= RoleDate | RoleAuthor | RoleTitle
	}
	return whole
}

const nameNoise = RoleHidden | RoleNav | RoleAside | RoleHeader | RoleFooter | RoleComment | RoleRelated | RoleShare |
	RoleAd | RoleSignup | RoleConsent | RoleTags | RoleCaption | RoleMeta | RoleAuthorBox | RoleDate | RoleAuthor | RoleTitle

// nameWords are the words that names of elements are made of, in the languages
// of our portals and of the tools that make them.
var nameWords = map[string]Role{
	"visuallyhidden": RoleHidden, "sr": RoleHidden,

	"article": RoleArticle, "artikel": RoleArticle, "story": RoleArticle, "post": RoleArticle, "entry": RoleArticle,
	"berita": RoleArticle, "news": RoleArticle, "single": RoleArticle, "detail": RoleArticle, "read": RoleArticle,
	"content": RoleBody, "contents": RoleBody, "body": RoleBody, "konten": RoleBody, "isi": RoleBody, "text": RoleBody,
	"txt": RoleBody, "articlebody": RoleBody | RoleArticle, "postbody": RoleBody | RoleArticle, "copy": RoleBody,
	"prose": RoleBody, "richtext": RoleBody, "wysiwyg": RoleBody,
	"main": RoleMain, "primary": RoleMain,

	"nav": RoleNav, "navbar": RoleNav, "menu": RoleNav, "navigation": RoleNav, "breadcrumb": RoleNav, "breadcrumbs": RoleNav,
	"pagination": RoleNav, "pager": RoleNav, "paging": RoleNav, "toc": RoleNav, "navigasi": RoleNav, "skip": RoleNav,

	"sidebar": RoleAside, "aside": RoleAside, "widget": RoleAside, "widgets": RoleAside, "rail": RoleAside, "sidebars": RoleAside,
	"samping": RoleAside,

	"header": RoleHeader, "masthead": RoleHeader, "topbar": RoleHeader, "ticker": RoleHeader, "marquee": RoleHeader,
	"footer": RoleFooter, "footnav": RoleFooter, "copyright": RoleFooter, "colophon": RoleFooter, "disclaimer": RoleFooter,

	"comment": RoleComment, "comments": RoleComment, "komentar": RoleComment, "disqus": RoleComment, "respond": RoleComment,
	"commentlist": RoleComment, "discussion": RoleComment, "replies": RoleComment, "reply": RoleComment, "guestbook": RoleComment,
	"kommentare": RoleComment, "commentaires": RoleComment,

	"related": RoleRelated, "terkait": RoleRelated, "recommended": RoleRelated, "recommendations": RoleRelated,
	"recommendation": RoleRelated, "recirc": RoleRelated, "recirculation": RoleRelated, "popular": RoleRelated,
	"terpopuler": RoleRelated, "populer": RoleRelated, "trending": RoleRelated, "terbaru": RoleRelated, "latest": RoleRelated,
	"bacajuga": RoleRelated, "baca": RoleRelated, "readmore": RoleRelated, "outbrain": RoleRelated, "taboola": RoleRelated,
	"teaser": RoleRelated, "teasers": RoleRelated, "similar": RoleRelated, "lainnya": RoleRelated, "rekomendasi": RoleRelated,
	"relatedposts": RoleRelated, "morelike": RoleRelated, "headlines": RoleRelated, "upnext": RoleRelated, "jp": 0,
	"crp": RoleRelated, "yarpp": RoleRelated, "mostread": RoleRelated, "promo": RoleRelated, "seealso": RoleRelated,

	"share": RoleShare, "sharing": RoleShare, "social": RoleShare, "socials": RoleShare, "sosmed": RoleShare, "bagikan": RoleShare,
	"addtoany": RoleShare, "addthis": RoleShare, "sharedaddy": RoleShare, "sharebar": RoleShare, "shares": RoleShare,
	"sharethis": RoleShare, "follow": RoleShare, "likes": RoleShare, "socialmedia": RoleShare, "sebarkan": RoleShare,

	"ad": RoleAd, "ads": RoleAd, "advert": RoleAd, "adverts": RoleAd, "advertisement": RoleAd, "advertising": RoleAd, "iklan": RoleAd,
	"sponsor": RoleAd, "sponsored": RoleAd, "adsbygoogle": RoleAd, "adslot": RoleAd, "dfp": RoleAd, "affiliate": RoleAd,
	"banner": RoleAd, "banners": RoleAd, "adsense": RoleAd, "werbung": RoleAd, "anzeige": RoleAd,

	"newsletter": RoleSignup, "newsletters": RoleSignup, "subscribe": RoleSignup, "subscription": RoleSignup, "signup": RoleSignup,
	"paywall": RoleSignup, "donate": RoleSignup, "donation": RoleSignup, "mailchimp": RoleSignup, "optin": RoleSignup,
	"berlangganan": RoleSignup, "login": RoleSignup, "register": RoleSignup, "cta": RoleSignup, "registration": RoleSignup,

	"cookie": RoleConsent, "cookies": RoleConsent, "consent": RoleConsent, "gdpr": RoleConsent, "modal": RoleConsent,
	"popup": RoleConsent, "onetrust": RoleConsent, "lightbox": RoleConsent, "overlay": RoleConsent, "cookiebot": RoleConsent,
	"tooltip": RoleConsent,

	"tags": RoleTags, "tag": RoleTags, "taglist": RoleTags, "categories": RoleTags, "category": RoleTags, "kategori": RoleTags,
	"labels": RoleTags, "keywords": RoleTags, "topics": RoleTags, "hashtags": RoleTags, "taxonomy": RoleTags, "cat": RoleTags,
	"tagcloud": RoleTags,

	"caption": RoleCaption, "captions": RoleCaption, "credit": RoleCaption, "credits": RoleCaption, "figcaption": RoleCaption,
	"keterangan": RoleCaption, "photographer": RoleCaption, "legend": RoleCaption, "gallery": 0,

	"meta": RoleMeta, "postmeta": RoleMeta, "metadata": RoleMeta, "views": RoleMeta, "counter": RoleMeta, "dibaca": RoleMeta,
	"dilihat": RoleMeta, "info": 0, "dateline": RoleMeta | RoleDate, "infos": 0, "rating": RoleMeta, "ratings": RoleMeta,
	"readtime": RoleMeta, "hits": RoleMeta,

	"bio": RoleAuthorBox, "authorbox": RoleAuthorBox, "biography": RoleAuthorBox, "abh": RoleAuthorBox,

	"date": RoleDate, "time": RoleDate, "tanggal": RoleDate, "waktu": RoleDate, "published": RoleDate, "pubdate": RoleDate,
	"posted": RoleDate, "timestamp": RoleDate, "updated": RoleDate, "modified": RoleDate, "datetime": RoleDate, "tgl": RoleDate,
	"datum": RoleDate, "publish": RoleDate, "fecha": RoleDate, "clock": RoleDate, "postdate": RoleDate, "created": RoleDate,
	"dates": RoleDate, "jam": RoleDate, "publication": RoleDate,

	"author": RoleAuthor, "authors": RoleAuthor, "byline": RoleAuthor, "penulis": RoleAuthor, "writer": RoleAuthor, "reporter": RoleAuthor,
	"editor": RoleAuthor, "wartawan": RoleAuthor, "pewarta": RoleAuthor, "creator": RoleAuthor, "autor": RoleAuthor, "auteur": RoleAuthor,
	"contributor": RoleAuthor, "contributors": RoleAuthor, "redaksi": RoleAuthor, "kontributor": RoleAuthor, "bylines": RoleAuthor,
	"journalist": RoleAuthor, "columnist": RoleAuthor, "authorname": RoleAuthor, "vcard": RoleAuthor,

	"title": RoleTitle, "headline": RoleTitle, "judul": RoleTitle, "titile": RoleTitle, "heading": RoleTitle, "titel": RoleTitle,

	"pullquote": RoleQuote, "blockquote": RoleQuote,

	"lead": RoleLead, "lede": RoleLead, "standfirst": RoleLead, "summary": RoleLead, "excerpt": RoleLead, "intro": RoleLead,
	"dek": RoleLead, "deck": RoleLead, "subtitle": RoleLead, "teras": RoleLead, "subheadline": RoleLead, "ringkasan": RoleLead,
	"subhead": RoleLead, "chapo": RoleLead,

	"liveblog": RoleLive,

	"box": RoleBox, "infobox": RoleBox, "factbox": RoleBox, "card": RoleBox, "cards": RoleBox, "callout": RoleBox, "accordion": RoleBox,
	"expandable": RoleBox, "fact": RoleBox, "facts": RoleBox, "fakta": RoleBox, "collapse": RoleBox, "panel": RoleBox, "tile": RoleBox,
	"item": RoleBox, "tab": RoleBox, "tabs": RoleBox, "highlight": RoleBox, "highlights": RoleBox, "notice": RoleBox, "note": RoleBox,

	"tweet": RoleEmbed, "twitter": RoleEmbed, "instagram": RoleEmbed, "embed": RoleEmbed, "tiktok": RoleEmbed, "youtube": RoleEmbed,
	"video": RoleEmbed, "player": RoleEmbed, "podcast": RoleEmbed, "iframe": RoleEmbed, "facebook": RoleEmbed, "oembed": RoleEmbed,
}
