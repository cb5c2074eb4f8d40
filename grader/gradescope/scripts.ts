import { zeroResults } from "./results.ts";

/** The line of Node that a new container gets. */
const nodeLine = 24;

/** `setup.sh`: runs once, as root and with a network, when Gradescope builds the image. */
export const setupScript: string = `#!/usr/bin/env bash
# Prepares the image. After this, grading needs no network.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
source=/autograder/source

version=$(node --version 2>/dev/null || echo none)
case "$version" in
v20.2[0-9].*|v22.2[2-9].*|v24.1[3-9].*|v2[6-9].*) echo "Node $version is here" ;;
*)
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends ca-certificates curl
  curl -fsSL https://deb.nodesource.com/setup_${nodeLine}.x | bash -
  apt-get install -y -qq nodejs
  ;;
esac
if ! command -v prlimit >/dev/null || ! command -v setpriv >/dev/null; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends util-linux
fi
if ! command -v bwrap >/dev/null; then
  apt-get install -y -qq --no-install-recommends bubblewrap || echo "no bubblewrap: another wall is used"
fi
# A submission runs as another user, and must not read the checks or the secret.
chmod -R go-rwx "$source"
node --version
`;

const first = JSON.stringify(zeroResults("the grader did not finish."));

/** `run_autograder`: runs for every submission. The score of 0 is there first, whatever happens next. */
export const runScript: string = `#!/usr/bin/env bash
# Grades one submission.
set -u
umask 077
cd /autograder
mkdir -p results
cat > results/.first.json <<'END'
${first}
END
mv -f results/.first.json results/results.json
chmod go-rwx results source 2>/dev/null || true
chmod go-rwx submission_metadata.json 2>/dev/null || true
CHALK_THREADS=1 CHALK_ENGINE=js CHALK_DATA=/autograder/source/data \\
  timeout --kill-after=10 540 node --max-old-space-size=300 source/dist/grader/gradescope/autograde.js /autograder </dev/null
echo "the grader ended with $?"
`;
