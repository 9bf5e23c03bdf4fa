/* SPDX-License-Identifier: MIT */
/*
 * ReadMarkers: up to when somebody has read a channel or a talk (IRCv3 draft/read-marker). Kept by
 * party (act/party.h): of an account as long as it is, of a guest as long as he stays.
 * Invariant: a marker only moves forward; one party has at most READ_MARKERS_MAX of them, the
 * one that was moved longest ago is forgotten first. Times: wall, microseconds. Thread: state.
 */
#pragma once

#include "domain/types.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define READ_MARKERS_MAX 1000u

ReadMarkers *read_markers_new(void);
void read_markers_free(ReadMarkers *markers);
/* -1: none. */
int64_t read_markers_get(const ReadMarkers *markers, const char *party, const char *target);
/* False if it stood there or later already. */
bool read_markers_set(ReadMarkers *markers, const char *party, const char *target, int64_t time);
/* A channel has another name: everybody's marker goes along, and takes the place of one that was
 * there of another channel. */
void read_markers_rename(ReadMarkers *markers, const char *from, const char *to);
void read_markers_each(const ReadMarkers *markers, const char *party,
    void (*each)(void *data, const char *target, int64_t time), void *data);
/* All of a party. */
void read_markers_forget(ReadMarkers *markers, const char *party);
