/* SPDX-License-Identifier: MIT */
#include "act/party.h"

#include "proto/casemap.h"

#include <string.h>

char *
party_of_account(const char *account)
{
	size_t size = strlen(account) + 1;
	char *party = g_malloc(size + 1);

	*party = '=';
	casemap_fold_text(account, party + 1, size);
	return party;
}

char *
party_of_user(const User *user)
{
	char id[USER_ID_SIZE];

	if (user->account)
		return party_of_account(user->account);
	user_id_text(user, id);
	/* Ids begin anew with the service, moments do not. */
	return g_strdup_printf("~%s.%" G_GINT64_MODIFIER "x", id, (guint64)user->connected_at);
}
