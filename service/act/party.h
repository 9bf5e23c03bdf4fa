/* SPDX-License-Identifier: MIT */
/*
 * Party: what tells one side of a private talk from all others, for ever: an account, or a guest as
 * long as he stays. Who takes a nick later is another party. Thread: state.
 */
#pragma once

#include "domain/user.h"

/* "=account" (folded), or of a guest "~" and what is his alone. Caller frees. */
char *party_of_user(const User *user) G_GNUC_WARN_UNUSED_RESULT;
/* "=account" (folded). Caller frees. */
char *party_of_account(const char *account) G_GNUC_WARN_UNUSED_RESULT;
