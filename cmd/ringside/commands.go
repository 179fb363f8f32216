package main

// commands are the words of the command line, as kong reads them.
type commands struct {
	Data     string `placeholder:"DIR" help:"The data folder, in place of the system's place for your data."`
	Help     bool   `short:"h" help:"Say how a command is used."`
	Progress bool   `hidden:"" help:"Show progress: a terminal is at the other end of the door."`

	Open    runCmd     `cmd:"" name:"run" default:"withargs" help:"Open the app. A second start raises the first window."`
	Ring    ringCmd    `cmd:"" passthrough:"" help:"Tell the app of a call: ring NUMBER."`
	Search  searchCmd  `cmd:"" help:"Find answers to what a customer says."`
	Import  importCmds `cmd:"" help:"Bring in customers, or a pack of answers."`
	Export  exportCmd  `cmd:"" help:"Write everything out, readable."`
	Report  reportCmd  `cmd:"" help:"Write what customers told us as Markdown, HTML or PDF."`
	Erase   eraseCmd   `cmd:"" help:"Take one person out for good."`
	Backup  backupCmd  `cmd:"" help:"Write everything into one sealed file, and read it back."`
	Restore restoreCmd `cmd:"" help:"Put a backup in the place of what is here."`
	Key     keyCmds    `cmd:"" help:"The key to the notes: where it is, a recovery code, a passphrase."`
	Tact    tactCmd    `cmd:"" help:"Show the rules of tact and try them."`
	Focus   focusCmd   `cmd:"" help:"Show or set what the team wants to know this week."`
	Team    teamCmds   `cmd:"" help:"Keep the desks of a team alike, over a server or a folder."`
	Check   checkCmd   `cmd:"" help:"Look whether the store and the library are sound."`
	Log     logCmd     `cmd:"" help:"Show who did what: imports, exports, erasures, merges, keys and roles."`
	Demo    demoCmd    `cmd:"" help:"Play one call on the sample team; nothing of it is kept."`
	Links   linksCmds  `cmd:"" help:"Say whether ringside:// links open here."`
	Bench   benchCmds  `cmd:"" help:"Measure this machine."`
	Version versionCmd `cmd:"" help:"Say which version this is."`
}

type importCmds struct {
	Customers importCustomersCmd `cmd:"" help:"Bring in customers from CSV, TSV or vCard."`
	Orders    importOrdersCmd    `cmd:"" help:"Bring in orders of the past from a table."`
	Notes     importNotesCmd     `cmd:"" help:"Bring in notes of the past from a table."`
	Calls     importCallsCmd     `cmd:"" help:"Bring in calls of the past from a table."`
	Pack      importPackCmd      `cmd:"" help:"Bring in a folder of answers and prompts: all of it, or nothing."`
	Answers   importAnswersCmd   `cmd:"" help:"Bring in what another tool exported: snippets, macros, cards, a table."`
	Site      importSiteCmd      `cmd:"" help:"Bring in pages of the company's own site."`
	Tact      importTactCmd      `cmd:"" help:"Bring in a page of rules of tact: all of it, or nothing."`
}
