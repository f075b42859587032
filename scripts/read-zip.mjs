import { inflateRawSync } from 'node:zlib';

const END_RECORD = 0x06054b50;
const END_RECORD_SIZE = 22;
const CENTRAL_HEADER = 0x02014b50;
const CENTRAL_HEADER_SIZE = 46;
const LOCAL_HEADER_SIZE = 30;
const STORED = 0;
const DEFLATED = 8;

/** The content of one file of a zip archive (no ZIP64, no encryption). */
export function readZipFile(zip, name) {
  const entry = centralDirectory(zip).find((candidate) => candidate.name === name);
  if (entry === undefined) {
    throw new Error(`the zip archive has no file ${name}`);
  }
  const content = inflate(entry, compressedBytes(zip, entry));
  if (content.length !== entry.size) {
    throw new Error(`the zip archive's ${name} has ${content.length} of ${entry.size} bytes`);
  }
  return content;
}

function centralDirectory(zip) {
  const end = endRecordOffset(zip);
  const count = zip.readUInt16LE(end + 10);
  const entries = [];
  let offset = zip.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (zip.readUInt32LE(offset) !== CENTRAL_HEADER) {
      throw new Error('the zip archive has a damaged directory');
    }
    const nameStart = offset + CENTRAL_HEADER_SIZE;
    const nameEnd = nameStart + zip.readUInt16LE(offset + 28);
    const extraLength = zip.readUInt16LE(offset + 30);
    const commentLength = zip.readUInt16LE(offset + 32);
    entries.push({
      name: zip.toString('utf8', nameStart, nameEnd),
      method: zip.readUInt16LE(offset + 10),
      compressedSize: zip.readUInt32LE(offset + 20),
      size: zip.readUInt32LE(offset + 24),
      localHeader: zip.readUInt32LE(offset + 42),
    });
    offset = nameEnd + extraLength + commentLength;
  }
  return entries;
}

/** The end record comes last, but a comment of any length may follow it. */
function endRecordOffset(zip) {
  for (let offset = zip.length - END_RECORD_SIZE; offset >= 0; offset--) {
    if (zip.readUInt32LE(offset) === END_RECORD) {
      return offset;
    }
  }
  throw new Error('not a zip archive');
}

/** The local header repeats name and extra fields, with lengths of its own. */
function compressedBytes(zip, entry) {
  const nameLength = zip.readUInt16LE(entry.localHeader + 26);
  const extraLength = zip.readUInt16LE(entry.localHeader + 28);
  const start = entry.localHeader + LOCAL_HEADER_SIZE + nameLength + extraLength;
  return zip.subarray(start, start + entry.compressedSize);
}

function inflate(entry, bytes) {
  if (entry.method === STORED) {
    return bytes;
  }
  if (entry.method === DEFLATED) {
    return inflateRawSync(bytes);
  }
  throw new Error(`the zip archive's ${entry.name} has unknown compression ${entry.method}`);
}
