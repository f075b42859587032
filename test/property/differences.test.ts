import { differences } from './differences';

test('equal values do not differ, whatever the order of their keys', () => {
  expect(differences({ a: 1, b: [{ c: 'x' }] }, { b: [{ c: 'x' }], a: 1 })).toEqual([]);
});

test('a null in a map is as good as absent, a null in a list is not', () => {
  expect(differences({ a: null, b: { c: null } }, { b: {} })).toEqual([]);
  expect(differences({ a: [{ b: null }] }, { a: [{}] })).toEqual([]);
  expect(differences({ a: [null] }, { a: [] })).toEqual([
    'a.0: Helm has null, evaluated is (absent)',
  ]);
  expect(differences({ a: {} }, {})).toEqual(['a: Helm has {}, evaluated is (absent)']);
});

test.each([
  [{ a: 1 }, { a: '1' }, 'a: Helm has 1, evaluated is "1"'],
  [{ a: [1, 2] }, { a: [1] }, 'a.1: Helm has 2, evaluated is (absent)'],
  [{ a: [] }, { a: {} }, 'a: Helm has [], evaluated is {}'],
  [{ a: 'x' }, { a: { b: 1 } }, 'a: Helm has "x", evaluated is {"b":1}'],
  [undefined, { a: 1 }, ': Helm has (absent), evaluated is {"a":1}'],
])('%j and %j differ', (helm, evaluated, line) => {
  expect(differences(helm, evaluated)).toEqual([line]);
});
