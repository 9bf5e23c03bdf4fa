/* SPDX-License-Identifier: MIT */
/* Databases of other programs: the first byte chooses the format; what comes out keeps the rules.
 */
#include "import/import.h"
#include "proto/names.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const formats[] = {"anope", "atheme", "ergo"};
	if (size == 0)
		return 0;
	g_autoptr(GError) error = NULL;
	g_autoptr(Import) import = import_parse(
	    formats[*data % G_N_ELEMENTS(formats)], (const char *)data + 1, size - 1, &error);
	g_assert((import == NULL) == (error != NULL));
	if (!import)
		return 0;
	for (guint i = 0; i < import->accounts->len; i++) {
		const StoreAccount *account = import->accounts->pdata[i];
		g_assert(name_is_nick(account->name, IMPORT_NICK_MAX));
		g_assert(import_find(import, account->name) == account);
	}
	for (guint i = 0; i < import->channels->len; i++) {
		const StoreChannel *channel = import->channels->pdata[i];
		g_assert(name_is_channel(channel->name, IMPORT_CHANNEL_MAX));
		g_assert(import_find(import, channel->registered_by));
	}
	return 0;
}
