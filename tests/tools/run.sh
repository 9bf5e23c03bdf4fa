#!/bin/sh
# SPDX-License-Identifier: MIT
# ./dev run, once everything is built: run.sh BUILD_DIRECTORY RUN_DIRECTORY
# Starts chatd, waits until its control socket is there, opens the console; Ctrl-C stops both.
set -eu
build=$1
run=$2
mkdir -p "$run/state"
run=$(cd "$run" && pwd)
chatd=$(find "$build/service" -type f -name chatd | head -n 1)
service=
console=

stop()
{
	trap - INT TERM EXIT
	for process in $console $service; do
		kill "$process" 2>/dev/null || true
	done
	for process in $console $service; do
		wait "$process" 2>/dev/null || true
	done
}

if [ ! -e "$run/chatd.conf" ]; then
	cat >"$run/chatd.conf" <<'END'
# Made by ./dev run, which never writes it again: change what you like.
# Without listeners here chatd takes 127.0.0.1 and ::1, 6667 plain, 6697 TLS, 8097 WebSocket.
[service]
name = chatd.localhost
description = The service of this checkout
END
fi
allow=
[ "$(id -u)" != 0 ] || allow=--allow-root
trap stop EXIT
trap 'exit 0' INT TERM
"$chatd" --config "$run/chatd.conf" --state-dir "$run/state" --runtime-dir "$run" $allow &
service=$!
tries=0
until [ -S "$run/control.sock" ]; do
	kill -0 $service 2>/dev/null || { wait $service || exit $?; }
	tries=$((tries + 1))
	[ $tries -le 100 ] || { echo "run: chatd made no $run/control.sock in 10 s" >&2 && exit 1; }
	sleep 0.1
done
echo "chatd: 127.0.0.1 and ::1, port 6667, TLS 6697, WebSocket 8097 (unless $run/chatd.conf says otherwise)"
echo "chatctl: $build/chatcfg/chatctl --socket $run/control.sock --help"
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
	"$build/console/chat-console" --snapin-dir "$build/chatcfg" --open "chatd+unix:$run/control.sock" &
	console=$!
else
	echo "no display here, so no chat-console; Ctrl-C stops chatd"
fi
wait $service
