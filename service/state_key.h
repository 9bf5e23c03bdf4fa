/* SPDX-License-Identifier: MIT */
/*
 * StateKey: a secret the service makes for itself when it first needs it, and keeps in a file of
 * the state directory, readable by the service alone: cloak.key, behind cloaked hosts
 * (proto/cloak.h: who has it can tell addresses from cloaks), and decoy.key, behind the salts of
 * accounts that are none (act/sasl_scram.c: who has it can tell them from others'). Thread: state;
 * reads or writes one small file.
 */
#pragma once

#include "base/log.h"
#include "base/random.h"
#include "proto/cloak.h"

#define STATE_KEY_SIZE CLOAK_KEY_SIZE

/* Fills `key` from the file of that name. Without a state directory (NULL), or with a file that
 * cannot be used, which is logged, it is a key of this run. */
void state_key_load(const char *state_dir, const char *name, Random *random, Log *log,
    unsigned char key[static STATE_KEY_SIZE]);
