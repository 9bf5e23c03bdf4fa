/* SPDX-License-Identifier: MIT */
/*
 * Party: what tells one side of a private talk from all others, for ever: an account, or a guest as
 * long as he stays. Who takes a nick later, or registers the name of an account that is gone, is
 * another party; an account that is renamed stays the same. Thread: state.
 */
#pragma once

#include "domain/account.h"
#include "domain/user.h"

/* "=" and the account's id, or of a guest "~" and what is his alone. Caller frees. */
char *party_of_user(const User *user) G_GNUC_WARN_UNUSED_RESULT;
char *party_of_id(int64_t account) G_GNUC_WARN_UNUSED_RESULT;
char *party_of_account(const Account *account) G_GNUC_WARN_UNUSED_RESULT;
