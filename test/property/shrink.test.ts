import type { ReleaseSet } from './release-arbitrary';
import { shrink } from './shrink';

const failing: ReleaseSet = {
  releaseName: 'r',
  namespace: 'n',
  isUpgrade: true,
  values: { a: { b: 'some text', c: [1, { d: 'x' }, 3] }, e: null },
};

async function shrinkTo(fails: (set: ReleaseSet) => boolean): Promise<ReleaseSet> {
  const smallest = await shrink({ set: failing }, (sets) => {
    const found = sets.find(fails);
    return Promise.resolve(found === undefined ? undefined : { set: found });
  });
  return smallest.set;
}

test('everything that does not matter is left away', async () => {
  expect(await shrinkTo(() => true)).toEqual({ values: {} });
  expect(await shrinkTo(({ values }) => 'e' in values)).toEqual({ values: { e: null } });
  expect(await shrinkTo((set) => set.namespace === 'n')).toEqual({ namespace: 'n', values: {} });
});

test('lists and texts get as small as they can', async () => {
  expect(await shrinkTo((set) => JSON.stringify(set).includes('"d"'))).toEqual({
    values: { a: { c: [{ d: '' }] } },
  });
  expect(await shrinkTo((set) => JSON.stringify(set).includes('e t'))).toEqual({
    values: { a: { b: 'e t' } },
  });
});

test('what gets no smaller stays', async () => {
  expect(await shrinkTo(() => false)).toBe(failing);
});
