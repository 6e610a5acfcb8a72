package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// eachLine is the line protocol: it decodes one JSON object a line, hands it
// to answer and writes what comes back as one line, flushed before the next
// is read, in the same order.
func eachLine[In any](w *world, answer func(In) (any, error)) error {
	out := bufio.NewWriter(w.stdout)
	encode := json.NewEncoder(out)
	encode.SetEscapeHTML(false)
	return readLines(w.stdin, func(in In) error {
		reply, err := answer(in)
		if err != nil {
			return err
		}
		if err := encode.Encode(reply); err != nil {
			return err
		}
		return out.Flush()
	})
}

// readLines decodes one JSON object a line until the input ends.
func readLines[In any](r io.Reader, do func(In) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 64<<20)
	for n := 1; lines.Scan(); n++ {
		if len(lines.Bytes()) == 0 {
			continue
		}
		var in In
		if err := json.Unmarshal(lines.Bytes(), &in); err != nil {
			return fmt.Errorf("line %d of the input is no JSON object: %w", n, err)
		}
		if err := do(in); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return lines.Err()
}
