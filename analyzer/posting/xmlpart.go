package posting

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"golang.org/x/net/html/charset"
)

// An xmlPart is a file of XML in an archive (ECMA-376, part 2), read element by
// element.
type xmlPart struct {
	*xml.Decoder
	name  string
	depth int
}

// deepestXML bounds the elements within one another.
const deepestXML = 1000

// readPart reads a part of at most so many bytes.
func readPart(archive *zip.Reader, name string, most int64, read func(*xmlPart) error) error {
	f, err := archive.Open(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return noPart(name)
		}
		return fmt.Errorf("%s cannot be read: %w", name, err)
	}
	defer f.Close()
	content := &io.LimitedReader{R: f, N: most + 1}
	x := &xmlPart{Decoder: xml.NewDecoder(content), name: name}
	x.CharsetReader = charset.NewReaderLabel
	err = read(x)
	switch {
	case content.N == 0:
		return fmt.Errorf("%s has more than %d MB", name, most>>20)
	case err != nil:
		return fmt.Errorf("%s cannot be read: %w", name, err)
	}
	return nil
}

// next returns the next token within the element being read, nil at its end.
func (x *xmlPart) next() (xml.Token, error) {
	t, err := x.Token()
	if errors.Is(err, io.EOF) && x.depth == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	switch t.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > deepestXML {
			return nil, fmt.Errorf("elements lie more than %d deep", deepestXML)
		}
	case xml.EndElement:
		x.depth--
		return nil, nil
	}
	return t, nil
}

// skip reads to the end of the element being read.
func (x *xmlPart) skip() error {
	x.depth--
	return x.Skip()
}

// each calls do for the elements within the one being read; do reads its
// element to the end.
func (x *xmlPart) each(do func(xml.StartElement) error) error {
	for {
		t, err := x.next()
		if t == nil || err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok {
			if err := do(e); err != nil {
				return err
			}
		}
	}
}

// find returns the text of the first element of that name.
func (x *xmlPart) find(name string) (text string, err error) {
	err = x.each(func(e xml.StartElement) error {
		if e.Name.Local == name && text == "" {
			for {
				t, err := x.next()
				if t == nil || err != nil {
					return err
				}
				if c, ok := t.(xml.CharData); ok && len(text) < longestTitle {
					text += string(c)
				}
			}
		}
		found, err := x.find(name)
		if text == "" {
			text = found
		}
		return err
	})
	return text, err
}

// chars appends the characters of the element being read.
func (x *xmlPart) chars(text *strings.Builder) error {
	for {
		t, err := x.next()
		if text.Len() > mostCell {
			return fmt.Errorf("a text is longer than %d MB", mostCell>>20)
		}
		if t == nil || err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.CharData:
			text.Write(t)
		case xml.StartElement:
			if err := x.skip(); err != nil {
				return err
			}
		}
	}
}

// value returns an attribute of an element by its name, whatever its space.
func value(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// noPart is the error of an archive without a part, by its name.
type noPart string

func (n noPart) Error() string        { return "it has no " + string(n) }
func (n noPart) Is(target error) bool { return target == fs.ErrNotExist }
