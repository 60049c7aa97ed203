// Package analyzer reads job postings and reports what they ask for on the
// technical and on the people side.
//
// Analyze is the whole of it, in six steps:
//
//  1. phrase.Read turns the posting's words into integers,
//  2. segment.Statements parts the text into statements and says whom each is
//     about and how it asks,
//  3. segment.Unreadable says when the text is no posting, or cannot be read
//     as one,
//  4. match.Find finds what the candidate statements ask for, with levels,
//  5. a score.Scorer makes evidence, scores, figures and the verdict,
//  6. the Report keeps all of it, every span a byte range of the text.
//
// Advise does the same and has package suggest say what to change, with every
// edit tried on the text.
package analyzer
