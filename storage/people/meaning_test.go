package people

import "testing"

func TestEveryColumnNameHasOneMeaning(t *testing.T) {
	for _, c := range []struct {
		header string
		want   Meaning
	}{
		{"First Name", mFirst}, {"Phone 1 - Value", mPhone}, {"E-mail Address", mEmail}, {"E-mail 2 Address", mEmail},
		{"E-mail 1 - Value", mEmail}, {"Business Phone", mPhone}, {"Mobile Phone Number", mPhone}, {"Account Name", mCompany},
		{"Person - Phone", mPhone}, {"Person - Name", mName}, {"Organization - Name", mCompany}, {"Person - Organization", mCompany},
		{"Create Date", mSince}, {"Contact owner", Staff}, {"Record ID", mID}, {"Contact ID", mID}, {"Salutation", mTitle},
		{"Mailing City", mCity}, {"Name", mName}, {"Tel", mPhone}, {"Tel.", mPhone}, {"Telefon", mPhone}, {"E-Mail", mEmail}, {"Firma", mCompany},
		{"Kunde seit", mSince}, {"Nom", mLast}, {"Téléphone", mPhone}, {"Société", mCompany}, {"Prénom", mFirst}, {"Assistant's Phone", Staff},
		{"Manager's Name", Staff}, {"Reports To", Staff}, {"Created By", Staff}, {"Account Owner", Staff}, {"Spouse", Staff}, {"Asst Phone", Staff},
		{"Fax", mFax}, {"Business Fax", mFax}, {"Zip Code", mPostcode}, {"Customer ID", mID}, {"PHONE NUMBER", mPhone}, {"phone_number", mPhone},
		{"Strasse", mStreet}, {"Straße", mStreet}, {"Customer since", mSince}, {"Lead Status", Skip}, {"Zodiac", Unknown}, {"", Unknown}, {"2", Unknown},
		{"Company Main Phone", mSwitch}, {"Mary", Unknown}, {"Notes", mNotes}, {"Contact Owner.id", Staff}, {"Handynummer", mPhone},
		{"Associated Company", mCompany}, {"Referred By", Staff}, {"Customer Name", mName}, {"Organization Title", mRole},
		{"phoneNumber", mPhone}, {"firstName", mFirst}, {"EmailAddress", mEmail}, {"customerSince", mSince}, {"contactOwner", Staff}, {"McDonald", Unknown},
	} {
		if got := meaningOf(c.header); got != c.want {
			t.Errorf("%q is %q, want %q", c.header, got, c.want)
		}
	}
	for i := range 20 {
		for name, m := range table(namesByMeaning) {
			if names[name] != m {
				t.Fatalf("round %d: %q has two meanings, %q and %q", i, name, m, names[name])
			}
		}
	}
}

func TestDatesAreReadAsPeopleWriteThem(t *testing.T) {
	for in, want := range map[string]string{
		"2011-03-12": "2011-03-12", "2011-03-12T10:00:00Z": "2011-03-12", "2011-03-12 10:00": "2011-03-12", "20110312": "2011-03-12",
		"2011/3/12": "2011-03-12", "2011": "2011", "2011-03": "2011-03", "03/2011": "2011-03", "March 2011": "2011-03", "Mar 2011": "2011-03",
		"12 Mar 2011": "2011-03-12", "12th March 2011": "2011-03-12", "March 12, 2011": "2011-03-12", "Mar 12 2011 10:15 AM": "2011-03-12",
		"12. März 2011": "2011-03-12", "12 mars 2011": "2011-03-12", "12 de marzo de 2011": "2011-03-12", "Sat, 12 Mar 2011": "2011-03-12",
		"12.03.2011": "2011-03-12", "1.3.11": "2011-03-01", "25/12/2012": "2012-12-25", "12/25/2012": "2012-12-25", "5/5/2012": "2012-05-05",
		"12-Mar-11": "2011-03-12", "Mar-11": "", "12 Mar 1987": "1987-03-12", "1. Januar 1999": "1999-01-01", "Dezember 2001": "2001-12",
		"31/02/2011": "", "2011-02-30": "", "3/4/2011": "", "40615": "", "1300000000000": "", "soon": "", "12 March": "", "99/99/9999": "", "0/0/0": "",
	} {
		got := readDate(in, asked)
		if got.date.String() != want || (want == "") != (got.problem != "") {
			t.Errorf("%q = %s (%s), want %s", in, got.date, got.problem, want)
		}
	}
	if got := readDate("3/4/2011", monthFirst).date.String(); got != "2011-03-04" {
		t.Errorf("month first: %s", got)
	}
	if got := readDate("3/4/2011", dayFirst).date.String(); got != "2011-04-03" {
		t.Errorf("day first: %s", got)
	}
}
