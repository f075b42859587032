import fc from 'fast-check';

/** A change is judged by the inputs that judged the last one; the variable SEED draws others. */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 20261122) });
