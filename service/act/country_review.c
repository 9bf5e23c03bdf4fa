/* SPDX-License-Identifier: MIT */
#include "act/country_review.h"

#include "act/slices.h"
#include "domain/user.h"

#include <string.h>

#define SLICE 2000u /* users looked at in one turn */

typedef struct CountryReview {
	const Community *community;
	uint32_t cursor;
} CountryReview;

static void
find(Host *host, User *user)
{
	char country[sizeof user->country] = "";

	if (host->country)
		host->country(host, user->address, country);
	if (strcmp(user->country, country) == 0)
		return;
	memcpy(user->country, country, sizeof country);
	user_forget_verdicts(user);
}

void
act_find_country(Ctx *ctx, User *user)
{
	find(ctx->host, user);
}

static bool
review_slice(Host *host, void *data)
{
	CountryReview *review = data;
	User *user;

	for (unsigned i = 0; i < SLICE; i++) {
		user = directory_next_user(review->community->directory, &review->cursor);
		if (!user)
			return false;
		find(host, user);
	}
	return true;
}

void
act_review_countries(Ctx *ctx)
{
	CountryReview *review = g_new0(CountryReview, 1);

	review->community = ctx->community;
	slices_start(ctx->host, review_slice, review, g_free);
}
