/* SPDX-License-Identifier: MIT */
#include "act/operator_rows.h"

#include "domain/session.h"
#include "domain/user.h"
#include "proto/casemap.h"
#include "proto/fingerprint.h"
#include "proto/mask.h"

#include <string.h>

const SettingsOperator *
operator_row(const Settings *settings, const char *name)
{
	for (guint i = 0; i < settings->operators->len; i++) {
		const SettingsOperator *row = g_ptr_array_index(settings->operators, i);

		if (strcmp(row->origin.name, name) == 0)
			return row;
	}
	return NULL;
}

bool
operator_comes_from(const SettingsOperator *row, const User *user)
{
	const MaskSubject subject = {user->nick, user->username, user->host, user->address};

	if (*row->account && (!user->account || !casemap_equal(user->account, row->account)))
		return false;
	for (char **mask = row->masks; *mask; mask++)
		if (mask_match_subject(*mask, &subject))
			return true;
	return false;
}

bool
operator_has_certificate(const SettingsOperator *row, const Session *session)
{
	return !row->certificates[0] ||
	       fingerprint_in(row->certificates, session->peer.certificate_fingerprint);
}
