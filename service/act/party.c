/* SPDX-License-Identifier: MIT */
#include "act/party.h"

char *
party_of_id(int64_t account)
{
	return g_strdup_printf("=%" G_GINT64_MODIFIER "x", (guint64)account);
}

char *
party_of_account(const Account *account)
{
	return party_of_id(account->id);
}

char *
party_of_user(const User *user)
{
	char id[USER_ID_SIZE];

	if (user->login)
		return party_of_account(user->login);
	user_id_text(user, id);
	/* Ids begin anew with the service, moments do not. */
	return g_strdup_printf("~%s.%" G_GINT64_MODIFIER "x", id, (guint64)user->connected_at);
}
