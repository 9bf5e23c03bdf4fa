#!/bin/sh
# SPDX-License-Identifier: MIT
# test_manual_pages.sh PAGE...: groff has nothing to say about a page, and its tables are in it.
echo "1..$#"
number=0
for page in "$@"; do
	number=$((number + 1))
	if ! command -v groff >/dev/null; then
		echo "not ok $number $page # groff is not installed"
		continue
	fi
	said=$(groff -man -ww -z "$page" 2>&1) || said="groff failed: $said"
	rows=$(grep -c '^\.TP' "$page")
	[ "$rows" -ge 40 ] || said="only $rows entries: the tables are missing"
	if [ -z "$said" ]; then
		echo "ok $number $(basename "$page")"
	else
		echo "$said" | sed 's/^/# /'
		echo "not ok $number $(basename "$page")"
	fi
done
