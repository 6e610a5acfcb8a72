package extract

// kindOf tells articles from other pages, after the body is known.
func kindOf(s *Survey, raw *Raw) (Kind, string) { return KindArticle, "" }
