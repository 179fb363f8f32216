// Package people imports customers from the files that other programs export:
// tables (CSV, TSV) and vCards.
//
// Open looks through the file and says what it found: its columns, what each is
// taken for, and what it must ask. Each gives the result of every record, in the
// order of the file, without keeping anything; Run keeps them in a Store. Both give
// the same results.
//
// What is promised:
//
//   - Nothing is skipped in silence but blank rows. Every record that is not taken
//     comes as a Result with its line in the file and a reason.
//   - One e-mail address or one id of another program is one person: later rows
//     with the same are merged into the first and reported. The same name or the
//     same number alone are two people.
//   - A table that Ringside has exported comes back whole. Its "Ringside ID" is the
//     customer's own: the same id is the same customer, whatever else two of them
//     share; where the store has no customer of that id, one is made with it.
//   - A company is found by its name, whoever made it.
//   - A second import of the same file changes nothing: ids follow from the id in
//     the other program, else from the e-mail address, else from name, company and
//     numbers and how often they have come.
//   - What a person has edited is never overwritten: an import fills what is empty
//     and adds numbers and addresses. "Do not ask" alone always wins.
//   - A row with a company and a number but no person becomes a customer with the
//     company's name, so that a card pops when that number calls; the company is
//     kept as well.
//   - Columns about our own staff (owner, assistant, manager, created by) are never
//     the customer's name or number. A fax number is kept as text, for nobody can be
//     called back on it.
//   - What cannot be known is asked: a column that nobody recognises, and whether 3/4
//     is in April or in March when no other row tells. Until it is answered the value
//     is left out and a warning says so.
package people
