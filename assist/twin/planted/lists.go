package planted

import "strings"

// Names as they are common in Britain, the commonest first, and others beside them.
var (
	firsts = strings.Fields(`David John Michael Paul Andrew Susan Margaret Sarah James Robert Mark Peter Richard Elizabeth Mary Patricia Karen
		Christine Stephen Jennifer Ian Christopher Helen Linda Julie Thomas Anthony Catherine Daniel William Alison Simon Nicholas Joanne
		Matthew Deborah Martin Philip Jacqueline Barbara Kevin Rebecca Samantha Emma Steven Sandra Angela Amanda Alan Janet Laura Rachel
		Charlotte Nicola Adam Jane Ann Sophie Jessica Lucy Katie Emily Olivia Amelia Oliver George Harry Jack Joshua Samuel Benjamin
		Alexander Timothy Gareth Neil Graham Keith Stuart Colin Brian Trevor Roger Kenneth Geoffrey Raymond Dennis Derek Maria Marie Anna
		Joan Jean Jill Judith Pauline Carol Diane Denise Dawn Tracey Tina Yvonne Zoe Hannah Holly Heather Grace Ruth Rose Rosemary Aisha
		Mohammed Fatima Priya Sanjay Wei Mei Olu Kofi Noor Ewa Jan Ivan Ana Sofia Liam Aidan Sinead Ciara Eoin Rhys Megan Owen Dylan
		Hamish Isla Fiona Kirsty Duncan Ross Callum Leah Naomi Esther Miriam Omar Hassan Yusuf Amir Leila Zainab Chloe Ella Freya Poppy
		Jade Joel Jody Joanna Marian Marion Carl Karl Erin Eric Lorna Laurence Lauren`)
	lasts = strings.Fields(`Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White Roberts
		Green Hall Wood Jackson Clarke Clark Harris Lewis Cooper Hill Ward Turner Martin Morris Khan Hughes Edwards Baker Moore Harrison King
		Lee Morgan Allen James Scott Phillips Watson Davis Parker Bennett Price Griffiths Young Cook Kelly Shaw Murphy Mitchell Richardson
		Cox Marshall Collins Carter Bell Ahmed Ali Begum Hussain Singh Kaur Foster Adams Mills Chapman Simpson Webb Fisher Barnes Hunt Palmer
		Stevens Lloyd Butler Russell Barker Reynolds Dixon Fletcher Pearson Gray Grey Howard Andrews Reid Reed Read Stone Stevenson Stephenson
		Becker Okafor Rossi Novak Larsen Silva Chen Kowalski Dubois Haddad Tanaka Fraser Burns Murray Hamilton Wallace Bruce Crawford Fox
		Holmes Knight Lane Page Porter Riley Saunders Spencer Stewart Stuart Thorne Underwood Vaughan Walsh Yates Smyth Browne Allan Philips`)
	heads = strings.Fields(`Ash Birch Black Bram Broad Brad Chat Cran Crow Dal Dun East El Fair Far Fel Gar Glen Gold Hart Haw Hazel Hol Kirk Lang
		Lin Long Lyn Mal Mar Mid Nor Oak Old Pem Pen Pres Rad Red Rock Ros Rush Sand Shel Stan Sut Thorn Wal West Whit Win Wood Wyn`)
	tails  = strings.Fields("ton ley ford well worth field wick bury ham by combe den grave stead wood more land brook thwaite bourne ridge shaw")
	cities = strings.Fields(`London Leeds York Hull Bath Derby Truro Perth Ely Bristol Cardiff Belfast Glasgow Edinburgh Manchester Liverpool
		Sheffield Nottingham Leicester Norwich Exeter Plymouth Oxford Cambridge Swansea Dundee Inverness Carlisle Durham Lincoln`)
	codes   = strings.Fields("207 113 114 115 116 117 118 121 131 141 151 161 191")
	streets = strings.Fields(`High Church Station Victoria Park London Mill Green Manor New Queens Kings Chapel School North South West East Grove
		Orchard Elm Oak Ash Beech Cedar Willow Bridge Castle Abbey Priory Albert Windsor York Derby Clarence Gladstone Nelson Wellington Alma`)
)
