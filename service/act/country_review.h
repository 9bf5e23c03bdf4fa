/* SPDX-License-Identifier: MIT */
/*
 * CountryReview: in which country a user is, by his address and the host's database. Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* He came, or the database is another. */
void act_find_country(Ctx *ctx, User *user);
/* The same for everybody, in slices. */
void act_review_countries(Ctx *ctx);
