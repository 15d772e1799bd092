#!/usr/bin/env bash
# Copies the typeface from its npm package into the site: public/fonts/pretendard-VERSION.
set -euo pipefail
cd "$(dirname "$0")/.."

package=node_modules/pretendard
version=$(node -p 'require("./node_modules/pretendard/package.json").version')
fonts=public/fonts/pretendard-$version
[ -f "$fonts/pretendardvariable-dynamic-subset.css" ] && exit 0

rm -rf public/fonts
mkdir -p "$fonts"
cp -R "$package/dist/web/variable/woff2-dynamic-subset" "$fonts/"
cp "$package/dist/web/variable/pretendardvariable-dynamic-subset.css" "$fonts/"
