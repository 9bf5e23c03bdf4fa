/* SPDX-License-Identifier: MIT */
/*
 * WsText: text messages must be UTF-8, or browsers end the connection: what is none becomes U+FFFD,
 * one for each byte that belongs to no character. Thread: any.
 */
#pragma once

#include <stddef.h>

/* At most three times the length. */
size_t ws_text_repaired_length(const char *text, size_t length);
/* Writes that many bytes. */
void ws_text_repair(const char *text, size_t length, char *ret_text);
