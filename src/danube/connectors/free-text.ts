import { z } from 'zod';

/** Free text in connector.toml, without the control characters that Helm cannot carry there. */
export const freeTextOrNone = z
  .string()
  .regex(/^[^\x7f-\x9f]*$/)
  .max(1000);
export const freeText = freeTextOrNone.min(1);

/** A name of a database that needs no quotes. */
export const identifier = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,199}$/);
