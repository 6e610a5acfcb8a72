package sqlite

import (
	"encoding/binary"
	"fmt"
	"hash"
	"hash/crc32"
	"time"

	"kabar/storage/news"
)

// checksum guards an article against what a bad disk or a careless tool does
// to its row: SQLite itself notices damage to the order of its pages, not to
// what stands in them. What changes at every sight (LastSeen) or stands
// elsewhere (Seq, Changed) is left out.
func checksum(a *news.Article) uint32 {
	s := summer{crc32.New(crc32.MakeTable(crc32.Castagnoli))}
	s.texts(a.ID, a.Portal, a.URL, a.PostID, a.Title, a.Byline, a.Place, a.Agency, a.Cluster, a.Quarantine)
	for _, list := range [][]string{a.Aliases, a.Authors, a.Categories, a.Doubts} {
		s.number(int64(len(list)))
		s.texts(list...)
	}
	for _, stamp := range []news.Stamp{a.Published, a.Modified} {
		_, offset := stamp.Time.Zone()
		s.moment(stamp.Time)
		s.number(int64(offset))
		s.texts(string(stamp.Precision), stamp.Origin)
	}
	for _, tag := range a.Regions {
		s.texts(tag.Code, tag.Reason, fmt.Sprint(tag.Low, tag.Primary))
	}
	s.texts(a.Lead.Src, a.Lead.Alt, a.Lead.Caption)
	s.number(int64(a.Version))
	for _, at := range []time.Time{a.FirstSeen, a.Updated, a.GoneSince} {
		s.moment(at)
	}
	for _, block := range a.Body {
		s.texts(string(block.Kind), block.Plain())
	}
	return s.Sum32()
}

// summer adds values to a sum, each so that it cannot run into the next.
type summer struct{ hash.Hash32 }

func (s summer) number(n int64) {
	var bytes [8]byte
	binary.BigEndian.PutUint64(bytes[:], uint64(n))
	s.Write(bytes[:])
}

func (s summer) texts(texts ...string) {
	for _, text := range texts {
		s.number(int64(len(text)))
		s.Write([]byte(text))
	}
}

func (s summer) moment(t time.Time) {
	if t.IsZero() {
		s.number(0)
		return
	}
	s.number(t.UnixMilli())
}
