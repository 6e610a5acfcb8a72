package discover

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

// MaxAddress is the longest address that is taken, in bytes.
const MaxAddress = 2048

// ErrBadAddress tells that something is no http or https address.
var ErrBadAddress = errors.New("no http or https address")

// Address is the normal form of an article's address, by which it is asked for
// and remembered: host in lower case, no default port, user, fragment, session
// id, click id or sign that only changes the dress of the same page (?m=1,
// ?amp, /amp, ?print, ?showComment). The order of what is left in the query is
// kept, and so are the scheme, "www." and a slash at the end, because servers
// redirect between those; Twins lists them.
func Address(raw string) (string, error) {
	raw = strings.TrimSpace(raw)
	if len(raw) > MaxAddress {
		return "", fmt.Errorf("address of %d bytes: %w", len(raw), ErrBadAddress)
	}
	u, err := whatwg.Parse(raw)
	if err != nil {
		return "", fmt.Errorf("address %.80q: %w", raw, ErrBadAddress)
	}
	scheme := u.Scheme()
	host := strings.TrimRight(u.Hostname(), ".")
	if scheme != "http" && scheme != "https" || host == "" {
		return "", fmt.Errorf("address %.80q: %w", raw, ErrBadAddress)
	}
	if u.Port() != "" {
		host += ":" + u.Port()
	}
	path := cleanPath(u.Pathname())
	query := cleanQuery(u.Query(), path)
	address := scheme + "://" + host + path
	if query != "" {
		address += "?" + query
	}
	if len(address) > MaxAddress {
		return "", fmt.Errorf("address of %d bytes: %w", len(address), ErrBadAddress)
	}
	if _, err := url.Parse(address); err != nil { // browsers take more than we can ask for
		return "", fmt.Errorf("address %.80q: %w", raw, ErrBadAddress)
	}
	return address, nil
}

var (
	slashes = regexp.MustCompile(`/{2,}`)
	// pathSession is a session id inside a path, of Java, PHP or ASP.NET.
	pathSession = regexp.MustCompile(`(?i);(?:jsessionid|phpsessid|sessionid|sid)=[^/?]*|/\([SA]\([a-z0-9]+\)\)`)
)

// cleanPath takes session ids and the ending /amp away and writes escapes in
// one way.
func cleanPath(path string) string {
	path = cleanEscapes(path)
	if strings.ContainsAny(path, ";(") {
		path = pathSession.ReplaceAllString(path, "")
	}
	if strings.Contains(path, "//") && !strings.Contains(path, ":/") {
		path = slashes.ReplaceAllString(path, "/")
	}
	for {
		rest, found := strings.CutSuffix(path, "/amp/")
		slash := "/"
		if !found {
			if rest, found = strings.CutSuffix(path, "/amp"); found {
				slash = ""
			}
		}
		if !found || strings.Trim(rest, "/") == "" || !strings.HasPrefix(rest, "/") {
			break
		}
		path = rest + slash
	}
	if path == "" {
		return "/"
	}
	return path
}

// cleanEscapes decodes escaped letters, digits and "-._~", writes the hex
// digits of other escapes in capitals and escapes a "%" that begins none
// (RFC 3986, 6.2.2).
func cleanEscapes(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b.WriteByte(s[i])
			continue
		}
		if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
			b.WriteString("%25")
			continue
		}
		c := unhex(s[i+1])<<4 | unhex(s[i+2])
		switch {
		case isUnreserved(c):
			b.WriteByte(c)
		default:
			b.WriteString(strings.ToUpper(s[i : i+3]))
		}
		i += 2
	}
	return b.String()
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c >= 'a':
		return c - 'a' + 10
	default:
		return c - 'A' + 10
	}
}

func isUnreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// cleanQuery drops the parameters that do not say which page is meant.
func cleanQuery(query, path string) string {
	if query == "" {
		return ""
	}
	var kept []string
	for pair := range strings.SplitSeq(query, "&") {
		pair = strings.TrimPrefix(pair, "amp;") // from "&amp;amp;" in a link
		key, value, _ := strings.Cut(pair, "=")
		if key != "" && !isDress(strings.ToLower(key), strings.ToLower(value), path) {
			kept = append(kept, cleanEscapes(pair))
		}
	}
	return strings.Join(kept, "&")
}

// clickIDs are parameters that say where a reader came from.
var clickIDs = map[string]bool{
	"fbclid": true, "gclid": true, "gclsrc": true, "dclid": true, "gbraid": true, "wbraid": true, "msclkid": true,
	"yclid": true, "twclid": true, "ttclid": true, "li_fat_id": true, "igshid": true, "igsh": true, "mc_cid": true,
	"mc_eid": true, "_ga": true, "_gl": true, "_hsenc": true, "_hsmi": true, "__twitter_impression": true,
	"fb_comment_id": true, "fb_action_ids": true, "fb_action_types": true, "ref_src": true, "ref_url": true,
	"amp_js_v": true, "amp_gsa": true, "usqp": true, "at_medium": true, "at_campaign": true, "wt_mc": true,
}

// isDress tells whether a parameter leaves the article the same. What could
// name an article (p=123, id=3412, module=…, page=2) never does.
func isDress(key, value, path string) bool {
	switch key {
	case "m": // Blogger's mobile page; "m=berita" is a module
		return value == "0" || value == "1"
	case "amp", "noamp":
		return value == "" || value == "0" || value == "1" || value == "true" || value == "mobile"
	case "outputtype":
		return value == "amp"
	case "showcomment", "replytocom", "random-post", "commentpage":
		return true
	case "print":
		return value == "" || value == "1" || value == "true" || strings.HasPrefix(value, "print")
	case "tmpl":
		return value == "component"
	case "share":
		return value != "" && strings.Trim(value, "abcdefghijklmnopqrstuvwxyz-") == ""
	case "nb": // goes with share
		return value == "1"
	case "i": // added by a free hoster's check for scripts
		return value == "1" && strings.Count(path, "-") >= 3
	case "phpsessid", "jsessionid", "sessid", "sessionid", "session_id", "session", "ci_session", "osclsid", "cfid", "cftoken":
		return true
	case "sid", "s_id": // a short one is the number of a section
		return len(value) >= 6
	}
	return clickIDs[key] || strings.HasPrefix(key, "utm_") || strings.HasPrefix(key, "aspsessionid") ||
		strings.HasPrefix(key, "stm_") || strings.HasPrefix(key, "hsa_") || isNoise(key, value, path)
}

// noiseKeys are parameters that mean nothing behind a path that names the
// article itself.
var noiseKeys = map[string]bool{"ref": true, "source": true, "src": true, "from": true, "via": true, "r": true, "rnd": true, "rand": true,
	"t": true, "ts": true, "_": true, "time": true, "nocache": true, "cache": true, "cb": true, "token": true, "nonce": true, "_token": true,
	"sess": true, "s": true, "click": true, "track": true, "tracking": true, "trk": true, "cid": true, "campaign": true, "medium": true, "position": true,
	"traffic_source": true, "related_campaign": true, "jxconn": true, "jxrecoid": true, "desktop": true, "mobile": true, "view": true, "tag_from": true}

// isNoise tells whether a parameter is noise: behind a slug of four words and
// more, what is called like a tracker, or has a random value and no name that
// could be an id's.
func isNoise(key, value, path string) bool {
	last := path[strings.LastIndexByte(strings.TrimSuffix(path, "/"), '/')+1:]
	if countWords(strings.TrimSuffix(last, "/")) < 4 || strings.Contains(last, ".php") || strings.Contains(last, ".asp") {
		return false
	}
	if noiseKeys[key] {
		return true
	}
	return !partKeys[key] && !strings.HasSuffix(key, "id") && !strings.HasPrefix(key, "id") && vocabulary[key] == 0 && isRandom(value)
}

// isRandom tells whether a value looks drawn by lot: hex or mixed letters and
// digits of some length, or a moment in seconds.
func isRandom(value string) bool {
	if len(value) < 8 || len(value) > 200 {
		return len(value) > 200
	}
	letters, digits := 0, 0
	for i := range len(value) {
		switch c := value[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			letters++
		case c != '-' && c != '_' && c != '=' && c != '.':
			return false
		}
	}
	return digits >= 2 && (letters >= 2 || letters == 0) && countWords(value) <= 2
}

// Twins lists other addresses that would be the same article: the other
// scheme, with and without "www." and "m.", with and without a slash at the
// end, and the dresses that Address takes away. The given address is not among
// them. A bad address has none.
func Twins(address string) []string {
	normal, err := Address(address)
	if err != nil {
		return nil
	}
	u, err := url.Parse(normal)
	if err != nil {
		return nil
	}
	var twins []string
	add := func(scheme, host, path, query string) {
		twin := scheme + "://" + host + path
		if query != "" {
			twin += "?" + query
		}
		if twin != address && !slices.Contains(twins, twin) {
			twins = append(twins, twin)
		}
	}
	path := u.EscapedPath()
	if normal != address {
		twins = append(twins, normal)
	}
	for _, scheme := range []string{u.Scheme, otherScheme(u.Scheme)} {
		for _, host := range hostTwins(u) {
			if scheme != u.Scheme && u.Port() != "" {
				continue // a port speaks one scheme
			}
			add(scheme, host, path, u.RawQuery)
			if other := otherSlash(path); other != "" {
				add(scheme, host, other, u.RawQuery)
			}
		}
	}
	for _, dress := range []string{"m=1", "amp=1", "amp"} {
		add(u.Scheme, u.Host, path, strings.TrimPrefix(u.RawQuery+"&"+dress, "&"))
	}
	if path != "/" {
		base := strings.TrimSuffix(path, "/")
		add(u.Scheme, u.Host, base+"/amp", u.RawQuery)
		add(u.Scheme, u.Host, base+"/amp/", u.RawQuery)
		if plain, found := strings.CutPrefix(path, "/amp/"); found {
			add(u.Scheme, u.Host, "/"+plain, u.RawQuery)
		} else {
			add(u.Scheme, u.Host, "/amp"+path, u.RawQuery)
		}
	}
	return twins
}

func otherScheme(scheme string) string {
	if scheme == "http" {
		return "https"
	}
	return "http"
}

// otherSlash adds or takes the slash at the end; a file has no twin with one.
func otherSlash(path string) string {
	if path == "/" {
		return ""
	}
	if rest, found := strings.CutSuffix(path, "/"); found {
		return rest
	}
	if strings.Contains(path[strings.LastIndexByte(path, '/'):], ".") {
		return ""
	}
	return path + "/"
}

// Part tells whether an address is a further part of a split article
// (?page=2, ?page=all, ?halaman=3, ?showpage=all, or /2/ behind a slug of four
// words and more) and which address the first part has. Whether the address is
// an article at all it does not tell.
func Part(address string) (first string, ok bool) {
	base, query, found := strings.Cut(address, "?")
	if !found {
		m := partPath.FindStringSubmatch(base)
		if m == nil || countWords(m[2]) < 4 {
			return "", false
		}
		return m[1] + m[2] + m[3], true
	}
	pairs := strings.Split(query, "&")
	kept := slices.DeleteFunc(slices.Clone(pairs), func(pair string) bool {
		key, value, _ := strings.Cut(strings.ToLower(pair), "=")
		return partKeys[key] && (value == "all" || isNumber(value) && len(value) <= 2)
	})
	if len(kept) == len(pairs) {
		return "", false
	}
	if len(kept) == 0 {
		return base, true
	}
	return base + "?" + strings.Join(kept, "&"), true
}

// partPath is a path that ends in a slug and a small number.
var partPath = regexp.MustCompile(`^(https?://[^?]*/)([^/?]+)/[2-9](/?)$`)

var partKeys = map[string]bool{"page": true, "halaman": true, "hal": true, "showpage": true, "single": true}

func isNumber(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
