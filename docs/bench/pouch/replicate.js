// The peer of `ringside bench sync`: PouchDB replicates notes over loopback from one
// database to another, each in a process of its own, both on LevelDB. It prints one JSON
// object; README.md says how to run it.
"use strict";

const { fork } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { parseArgs } = require("node:util");

const words = ("parcel late refund garden hedge trimmer battery charger invoice twice delivery Leeds Tuesday morning " +
  "called promised replaced blade warranty receipt shop online account password colour green barn price spring").split(" ");

// note is a document of the size of a note of a call, the same in every run.
function note(i) {
  let seed = i + 1;
  const text = [];
  for (let length = 0; length < 300; length += text[text.length - 1].length + 1) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    text.push(words[(seed >>> 8) % words.length]);
  }
  return { _id: "note-" + String(i).padStart(8, "0"), type: "note", customer: "c" + (i % 20000), at: 1764000000 + i, text: text.join(" ") };
}

// serve is the other database, behind HTTP on loopback.
function serve(dir) {
  const PouchDB = require("pouchdb").defaults({ prefix: dir + path.sep, adapter: "leveldb" });
  const app = require("express")();
  app.use("/", require("express-pouchdb")(PouchDB, { mode: "minimumForPouchDB" }));
  const server = app.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
  process.on("disconnect", () => process.exit());
}

async function run({ docs, batch, limit }) {
  const PouchDB = require("pouchdb");
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "pouch-"));
  fs.mkdirSync(path.join(dir, "there"));
  const there = fork(__filename, ["--serve", path.join(dir, "there")], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  try {
    const { port } = await new Promise((ready, failed) => {
      there.once("message", ready);
      there.once("exit", (code) => failed(new Error("the other side ended with " + code)));
    });
    const here = new PouchDB(path.join(dir, "here"), { adapter: "leveldb" });
    let start = performance.now();
    for (let i = 0; i < docs; i += 1000) {
      await here.bulkDocs(Array.from({ length: Math.min(1000, docs - i) }, (_, n) => note(i + n)));
    }
    const fill = performance.now() - start;
    const other = new PouchDB(`http://127.0.0.1:${port}/notes`);
    start = performance.now();
    const result = await here.replicate.to(other, { batch_size: batch, batches_limit: limit });
    const took = performance.now() - start;
    const arrived = (await other.info()).doc_count;
    if (!result.ok || arrived !== docs) {
      throw new Error(`${arrived} of ${docs} documents arrived`);
    }
    await here.close();
    const seconds = (ms) => Math.round(ms) / 1000;
    return { peer: "pouchdb " + PouchDB.version, docs, batch, fill_s: seconds(fill), replicate_s: seconds(took), docs_per_s: Math.round(docs / (took / 1000)) };
  } finally {
    there.kill();
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

const { values } = parseArgs({ options: {
  serve: { type: "string" },
  docs: { type: "string", default: "100000" },
  batch: { type: "string", default: "1000" },
  limit: { type: "string", default: "10" },
} });
if (values.serve) {
  serve(values.serve);
} else {
  run({ docs: +values.docs, batch: +values.batch, limit: +values.limit }).then(
    (figures) => console.log(JSON.stringify(figures)),
    (err) => { console.error(err); process.exitCode = 1; });
}
