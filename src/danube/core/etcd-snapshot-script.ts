/** Where the snapshot is before it has a name, on the volume of all containers. */
export const SNAPSHOTS = '/snapshots';
export const INCOMING = `${SNAPSHOTS}/incoming.db`;

/** Keeps the checked snapshot under its time, and the newest RETAIN of all. */
export const KEEP_ON_CLAIM = `\
set -eu
cd "$SNAPSHOTS"
name=etcd-$(date -u +%Y-%m-%dT%H-%M-%SZ).db
mv incoming.db "$name"
echo "kept $name"
ls -1 | grep -E '^etcd-[0-9TZ-]+[.]db$' | sort -r | tail -n "+$((RETAIN + 1))" |
  while read -r old; do
    rm "$old"
    echo "removed $old"
  done
`;

/** The same in a bucket. The client reads where and as whom from its own variables. */
export const KEEP_IN_S3 = `\
set -eu
folder=s3://$BUCKET/$PREFIX/
name=etcd-$(date -u +%Y-%m-%dT%H-%M-%SZ).db
aws s3 cp --only-show-errors "$SNAPSHOTS/incoming.db" "$folder$name"
echo "kept $folder$name"
listed=$(aws s3 ls "$folder")
printf '%s\\n' "$listed" | while read -r _ _ _ found; do printf '%s\\n' "$found"; done |
  grep -E '^etcd-[0-9TZ-]+[.]db$' | sort -r | tail -n "+$((RETAIN + 1))" |
  while read -r old; do
    aws s3 rm --only-show-errors "$folder$old"
    echo "removed $folder$old"
  done
`;
