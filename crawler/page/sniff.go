package page

import (
	"bytes"
	"mime"
	"net/http"
	"strings"
)

// sniff tells the media type by what the bytes are; the header only decides
// what the bytes leave open.
func sniff(body []byte, contentType string) string {
	head := bytes.TrimLeft(body[:min(len(body), 1024)], " \t\r\n\f\uFEFF")
	declared, _, _ := mime.ParseMediaType(contentType)
	switch {
	case len(head) == 0:
		return "text/plain"
	case head[0] == '<':
		return sniffMarkup(body, declared)
	case (head[0] == '{' || head[0] == '[') && !strings.Contains(declared, "html"):
		return "application/json"
	}
	found, _, _ := mime.ParseMediaType(http.DetectContentType(head))
	if found != "text/plain" {
		return found
	}
	if hasTags(body) {
		return "text/html"
	}
	if strings.HasPrefix(declared, "text/") || strings.HasPrefix(declared, "application/") && declared != "application/octet-stream" {
		return declared
	}
	return found
}

// sniffMarkup tells XML formats from HTML by the first real element.
func sniffMarkup(body []byte, declared string) string {
	prolog := bytes.HasPrefix(bytes.TrimSpace(body[:min(len(body), 64)]), []byte("<?xml"))
	switch name := firstElement(body); name {
	case "rss", "feed", "rdf:rdf", "urlset", "sitemapindex", "opml", "svg":
		return "application/xml"
	case "html", "head", "body", "!doctype html":
		return "text/html"
	default:
		if prolog && name != "" || strings.HasSuffix(declared, "xml") && !strings.Contains(declared, "html") {
			return "application/xml"
		}
		return "text/html"
	}
}

// firstElement is the lower-case name of the first element after
// declarations and comments, or "!doctype html".
func firstElement(body []byte) string {
	for n := 0; n < 32; n++ {
		i := bytes.IndexByte(body, '<')
		if i < 0 {
			return ""
		}
		body = body[i+1:]
		switch {
		case bytes.HasPrefix(body, []byte("!--")):
			if i = bytes.Index(body, []byte("-->")); i < 0 {
				return ""
			}
			body = body[i+3:]
		case len(body) > 0 && (body[0] == '?' || body[0] == '!'):
			if len(body) >= 13 && bytes.EqualFold(body[:13], []byte("!doctype html")) {
				return "!doctype html"
			}
		default:
			end := bytes.IndexAny(body[:min(len(body), 64)], " \t\r\n/>")
			if end < 0 {
				return ""
			}
			return strings.ToLower(string(body[:end]))
		}
	}
	return ""
}

// hasTags tells whether text that does not begin with a tag holds HTML all the
// same, as pages do that print a warning before their markup.
func hasTags(body []byte) bool {
	head := bytes.ToLower(body[:min(len(body), 8192)])
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<div", "<p>", "<table", "<meta "} {
		if bytes.Contains(head, []byte(tag)) {
			return true
		}
	}
	return false
}
