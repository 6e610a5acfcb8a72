package extract

// metaClaims fills all of raw but the body and the kind: titles, dates,
// authors, lead image, canonical address, post id, site name, language,
// categories and the next part. Extract calls it after the body is found, so
// s.BodyFirst and s.BodyLast tell where the body begins and ends.
func metaClaims(s *Survey, o Options, raw *Raw) {}
