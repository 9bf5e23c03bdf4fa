/* SPDX-License-Identifier: MIT */
#include "domain/account.h"

#include "domain/name_list.h"
#include "domain/silence_list.h"
#include "proto/casemap.h"

#include <string.h>

static const AccountSettingRow setting_rows[] = {
#define ACCOUNT_SETTING(NAME, name, words, help) {name, words, help},
#include "domain/account_settings.def"
#undef ACCOUNT_SETTING
};

static const char *const code_names[ACCOUNT_CODE_KINDS] = {
    [ACCOUNT_CODE_NONE] = "",
    [ACCOUNT_CODE_VERIFY] = "verify",
    [ACCOUNT_CODE_EMAIL] = "email",
    [ACCOUNT_CODE_RESET] = "reset",
};

static void
certificate_free(gpointer data)
{
	AccountCertificate *certificate = data;

	g_free(certificate->fingerprint);
	g_free(certificate);
}

static void
device_free(gpointer data)
{
	AccountDevice *device = data;

	g_free(device->name);
	g_free(device);
}

Account *
account_new(int64_t id, const char *name, int64_t now)
{
	Account *account = g_new0(Account, 1);

	account->id = id;
	account->name = g_strdup(name);
	account->secret = g_strdup("");
	account->email = g_strdup("");
	account->totp = g_strdup("");
	account->registered_at = now;
	account->nicks = g_ptr_array_new_with_free_func(g_free);
	account->certificates = g_ptr_array_new_with_free_func(certificate_free);
	account->devices = g_ptr_array_new_with_free_func(device_free);
	account->vhost.host = g_strdup("");
	account->vhost.wanted = g_strdup("");
	account->users = g_ptr_array_new();
	return account;
}

static void
wipe(char *text)
{
	if (text)
		explicit_bzero(text, strlen(text));
	g_free(text);
}

void
account_free(Account *account)
{
	if (!account)
		return;
	g_assert(account->users->len == 0);
	g_free(account->name);
	wipe(account->secret);
	wipe(account->totp);
	wipe(account->totp_offered);
	g_free(account->email);
	g_free(account->suspension.by);
	g_free(account->suspension.reason);
	g_free(account->code.digest);
	g_free(account->code.email);
	g_ptr_array_unref(account->nicks);
	g_ptr_array_unref(account->certificates);
	g_ptr_array_unref(account->devices);
	g_free(account->vhost.host);
	g_free(account->vhost.wanted);
	silence_list_free(account->silences);
	name_list_free(account->accepts);
	g_ptr_array_unref(account->users);
	property_list_free(account->properties);
	g_free(account);
}

void
account_set_secret(Account *account, const char *secret)
{
	char *copy = g_strdup(secret);

	wipe(account->secret);
	account->secret = copy;
}

void
account_set_email(Account *account, const char *email)
{
	char *copy = g_strdup(email);

	g_free(account->email);
	account->email = copy;
}

void
account_set_totp(Account *account, const char *totp)
{
	char *copy = g_strdup(totp);

	wipe(account->totp);
	account->totp = copy;
}

void
account_suspend(Account *account, const char *by, const char *reason, int64_t now, int64_t until)
{
	AccountSuspension suspension = {0};

	if (by)
		suspension = (AccountSuspension){
		    .by = g_strdup(by), .reason = g_strdup(reason), .since = now, .until = until};
	g_free(account->suspension.by);
	g_free(account->suspension.reason);
	account->suspension = suspension;
}

bool
account_is_suspended(const Account *account, int64_t now)
{
	const AccountSuspension *suspension = &account->suspension;

	return suspension->by && (suspension->until == 0 || now < suspension->until);
}

void
account_set_code(
    Account *account, AccountCodeKind kind, const char *digest, const char *email, int64_t until)
{
	AccountCode code = {.kind = kind};

	if (kind != ACCOUNT_CODE_NONE) {
		code.digest = g_strdup(digest);
		code.email = g_strdup(email);
		code.until = until;
	}
	g_free(account->code.digest);
	g_free(account->code.email);
	account->code = code;
}

const char *
account_code_name(AccountCodeKind kind)
{
	g_assert(kind < ACCOUNT_CODE_KINDS);
	return code_names[kind];
}

AccountCodeKind
account_code_find(const char *name)
{
	for (AccountCodeKind kind = ACCOUNT_CODE_VERIFY; kind < ACCOUNT_CODE_KINDS; kind++)
		if (strcmp(code_names[kind], name) == 0)
			return kind;
	return ACCOUNT_CODE_NONE;
}

bool
account_owns_nick(const Account *account, const char *nick)
{
	if (casemap_equal(account->name, nick))
		return true;
	for (guint i = 0; i < account->nicks->len; i++)
		if (casemap_equal(account->nicks->pdata[i], nick))
			return true;
	return false;
}

bool
account_has_certificate(const Account *account, const char *fingerprint)
{
	for (guint i = 0; i < account->certificates->len; i++) {
		const AccountCertificate *certificate = account->certificates->pdata[i];

		if (strcmp(certificate->fingerprint, fingerprint) == 0)
			return true;
	}
	return false;
}

const AccountSettingRow *
account_setting_row(AccountSetting setting)
{
	g_assert(setting < ACCOUNT_SETTINGS);
	return &setting_rows[setting];
}

AccountSetting
account_setting_find(const char *name)
{
	AccountSetting setting = 0;

	while (setting < ACCOUNT_SETTINGS && !casemap_equal(setting_rows[setting].name, name))
		setting++;
	return setting;
}

char *
account_setting_text(const Account *account, AccountSetting setting)
{
	g_auto(GStrv) words = g_strsplit(account_setting_row(setting)->words, " ", -1);

	g_assert(account->settings[setting] < g_strv_length(words));
	return g_strdup(words[account->settings[setting]]);
}

/* What people say for yes and no is understood where a row says it in another way. */
static bool
means(const char *of_row, const char *word)
{
	static const char *const alike[][4] = {
	    {"on", "yes", "true", "enabled"},
	    {"off", "no", "false", "disabled"},
	};

	if (casemap_equal(of_row, word))
		return true;
	for (unsigned i = 0; i < G_N_ELEMENTS(alike); i++) {
		bool row_has = false, said = false;

		for (unsigned j = 0; j < G_N_ELEMENTS(alike[i]); j++) {
			row_has |= casemap_equal(alike[i][j], of_row);
			said |= casemap_equal(alike[i][j], word);
		}
		if (row_has && said)
			return true;
	}
	return false;
}

bool
account_setting_set(Account *account, AccountSetting setting, const char *word)
{
	g_auto(GStrv) words = g_strsplit(account_setting_row(setting)->words, " ", -1);

	for (unsigned i = 0; words[i]; i++) {
		if (means(words[i], word)) {
			account->settings[setting] = (uint8_t)i;
			return true;
		}
	}
	return false;
}

static bool
find_device(const Account *account, const char *name, guint *ret_index)
{
	for (guint i = 0; i < account->devices->len; i++) {
		const AccountDevice *device = account->devices->pdata[i];

		if (casemap_equal(device->name, name)) {
			*ret_index = i;
			return true;
		}
	}
	return false;
}

int64_t
account_device_seen(const Account *account, const char *name)
{
	guint index;

	if (!find_device(account, name, &index))
		return 0;
	return ((const AccountDevice *)account->devices->pdata[index])->seen_at;
}

void
account_see_device(Account *account, const char *name, int64_t now)
{
	AccountDevice *device = g_new0(AccountDevice, 1);
	guint index;

	device->name = g_strdup(name);
	device->seen_at = now;
	if (find_device(account, name, &index))
		g_ptr_array_remove_index(account->devices, index);
	else if (account->devices->len >= ACCOUNT_DEVICES_MAX)
		g_ptr_array_remove_index(account->devices, 0);
	g_ptr_array_add(account->devices, device);
}

void
account_set_vhost(Account *account, const char *host, bool worn)
{
	char *copy = g_strdup(host);

	g_free(account->vhost.host);
	account->vhost.host = copy;
	account->vhost.worn = worn;
}

void
account_want_vhost(Account *account, const char *host, int64_t now)
{
	char *copy = g_strdup(host);

	g_free(account->vhost.wanted);
	account->vhost.wanted = copy;
	account->vhost.wanted_at = now;
}
