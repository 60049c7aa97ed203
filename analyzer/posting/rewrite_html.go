package posting

import "errors"

func rewriteHTML(document string, p Posting, edits []Edit) ([]byte, error) {
	return nil, errors.New("not yet")
}
