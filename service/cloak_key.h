/* SPDX-License-Identifier: MIT */
/*
 * CloakKey: the secret behind cloaked hosts (proto/cloak.h). It is made at the first start with
 * cloaking and kept in the state directory, readable by the service alone; who has it can tell
 * addresses from cloaks. Thread: state; reads or writes one small file.
 */
#pragma once

#include "base/log.h"
#include "base/random.h"
#include "proto/cloak.h"

/* Fills `key`. Without a state directory (NULL), or with a file that cannot be used, which is
 * logged, it is a key of this run. */
void cloak_key_load(
    const char *state_dir, Random *random, Log *log, unsigned char key[static CLOAK_KEY_SIZE]);
