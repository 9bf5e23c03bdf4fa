/* SPDX-License-Identifier: MIT */
/* The texts that files of the community hold. */
#include "server_private.h"

#include "settings/settings_files.h"

void
server_texts_clear(ServerTexts *texts)
{
	g_clear_pointer(&texts->motd, g_strfreev);
	g_clear_pointer(&texts->rules, g_strfreev);
	g_clear_pointer(&texts->operator_motd, g_strfreev);
}

static bool
read_texts(ServerTexts *texts, const SettingsCommunity *own, const char *directory,
    const char **ret_key, const char **ret_file, GError **error)
{
	texts->motd = settings_motd(own, directory, error);
	*ret_key = "motd_file";
	*ret_file = own->motd_file;
	if (!texts->motd)
		return false;
	texts->rules = settings_text_file(own->rules_file, directory, error);
	*ret_key = "rules_file";
	*ret_file = own->rules_file;
	if (!texts->rules)
		return false;
	texts->operator_motd = settings_text_file(own->operator_motd_file, directory, error);
	*ret_key = "operator_motd_file";
	*ret_file = own->operator_motd_file;
	return texts->operator_motd != NULL;
}

bool
server_texts_read(ServerTexts *texts, const SettingsCommunity *own, const char *directory,
    const char **ret_key, const char **ret_file, GError **error)
{
	bool good = read_texts(texts, own, directory, ret_key, ret_file, error);

	if (!good)
		server_texts_clear(texts);
	return good;
}

void
server_texts_apply(ServerTexts *texts, Community *community, const Settings *settings)
{
	community_set_settings(community, settings, g_steal_pointer(&texts->motd));
	community_set_texts(
	    community, g_steal_pointer(&texts->rules), g_steal_pointer(&texts->operator_motd));
}
