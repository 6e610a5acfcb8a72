package discover

import (
	"bytes"
	"regexp"
	"strings"

	"kabar/crawler/page"
)

// Family is the kind of CMS a portal runs on.
type Family string

// Families that differ in where their sources are.
const (
	Unknown   Family = ""
	WordPress Family = "wordpress"
	Blogger   Family = "blogger"
	OpenSID   Family = "opensid"
	Lokomedia Family = "lokomedia"
	Popoji    Family = "popoji"
	Joomla    Family = "joomla"
	Drupal    Family = "drupal"
)

// FamilyOf tells the family of CMS by what its pages carry.
func FamilyOf(p *page.Page) Family {
	body := p.Body[:min(len(p.Body), 1<<20)]
	if family := generator(body); family != Unknown {
		return family
	}
	for _, sign := range familySigns {
		for _, text := range sign.any {
			if bytes.Contains(body, []byte(text)) {
				return sign.family
			}
		}
	}
	if lokomediaLinks.Match(body) {
		return Lokomedia
	}
	return Unknown
}

var familySigns = []struct {
	family Family
	any    []string
}{
	{WordPress, []string{"/wp-content/", "/wp-includes/", "/wp-json/"}},
	{Blogger, []string{"/feeds/posts/default", "www.blogger.com/static", "blogger.com/dyn-css", "resources.blogblog.com", "blog-pager-older-link"}},
	{OpenSID, []string{"OpenSID", "opensid", "/index.php/first/", "layanan-mandiri"}},
	{Popoji, []string{"PopojiCMS", "popojicms", "/detailpost/"}},
	{Joomla, []string{"/media/jui/", "option=com_content", "/itemlist/category/", "/media/system/js/"}},
	{Drupal, []string{"/sites/default/files/", "Drupal.settings", "drupal-settings-json"}},
}

var (
	generatorTag   = regexp.MustCompile(`(?is)<meta[^>]{0,200}name\s*=\s*["']?generator["']?[^>]{0,300}>`)
	lokomediaLinks = regexp.MustCompile(`href=["']?[^"'>]*\b(?:semua-berita(?:-\d+)?\.html|berita-\d+-[\w-]+\.html|statis-\d+-[\w-]+\.html)`)
)

// generator reads the family from the meta tag by which a CMS signs.
func generator(body []byte) Family {
	tag := strings.ToLower(string(generatorTag.Find(body)))
	for _, g := range []struct {
		name   string
		family Family
	}{{"wordpress", WordPress}, {"blogger", Blogger}, {"joomla", Joomla}, {"drupal", Drupal}, {"opensid", OpenSID}, {"popoji", Popoji}} {
		if strings.Contains(tag, g.name) {
			return g.family
		}
	}
	return Unknown
}
