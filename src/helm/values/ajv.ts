import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

/** What checks values as Helm does: all problems of them, with the formats of strings. */
export function newAjv(): Ajv {
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats(ajv);
  return ajv;
}
