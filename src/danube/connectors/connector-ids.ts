/**
 * Checks the ids that tell a connector from others.
 *
 * @throws when they would make names too long: with a release name of 36 characters the names of
 * Services have to be no longer than 63.
 */
export function checkIds(ids: readonly string[]): void {
  const type = ids.join('-');
  if (type !== '' && !/^[a-z0-9][a-z0-9-]{0,14}[a-z0-9]$/.test(type)) {
    throw new Error(
      `the connector '${type}' needs an id of 2 to 16 small letters, digits and hyphens: ` +
        'its objects are named after it',
    );
  }
}
