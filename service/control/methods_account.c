/* SPDX-License-Identifier: MIT */
/* account.*: accounts of users; the rules are the verbs' (act/account_verbs.h). */
#include "control/rows.h"

#include "act/account_names.h"
#include "act/account_verbs.h"
#include "act/erasure.h"
#include "act/vhost.h"
#include "settings/secret.h"

/* A password on its way to a hash, and what happens with it. */
typedef struct HashJob HashJob;
struct HashJob {
	Job job; /* first */
	ControlCall *call;
	char *password;
	unsigned char salt[SECRET_SALT_SIZE];
	char *secret;
	int64_t account; /* id of whose it is to be; 0: of one that is added */
	Outcome (*then)(Ctx *ctx, const HashJob *hash);
};

static Account *
account_of_call(ControlCall *call)
{
	const char *name = call_string(call, "account");
	Account *account = accounts_find_nick(call->control->setup.community->accounts, name);

	if (!account)
		call_not_found(call, name, "Account not found");
	return account;
}

static json_t *
suspension_object(const Account *account)
{
	const AccountSuspension *suspension = &account->suspension;

	return json_pack("{s:o,s:o,s:o,s:o}", "by", json_text(suspension->by), "reason",
	    json_text(suspension->reason), "since", json_time(suspension->since), "until",
	    suspension->until > 0 ? json_time(suspension->until) : json_null());
}

/* All of it but the hashes; operators and above see the address. */
static json_t *
object_account(const ControlCall *call, const Account *account)
{
	ListContext context;
	json_t *object;
	json_t *nicks = json_array();
	json_t *certificates = json_array();
	json_t *settings = json_object();
	json_t *users = json_array();
	json_t *channels = json_array();
	uint32_t cursor = 0;
	const Channel *channel;

	list_context(call->control, call->role, &context);
	object = list_row(&account_rows, account, &context);
	for (guint i = 0; i < account->nicks->len; i++)
		json_array_append_new(nicks, json_string(account->nicks->pdata[i]));
	for (guint i = 0; i < account->certificates->len; i++) {
		const AccountCertificate *certificate = account->certificates->pdata[i];

		json_array_append_new(certificates, json_string(certificate->fingerprint));
	}
	for (AccountSetting setting = 0; setting < ACCOUNT_SETTINGS; setting++) {
		g_autofree char *word = account_setting_text(account, setting);

		json_object_set_new(
		    settings, account_setting_row(setting)->name, json_string(word));
	}
	for (guint i = 0; i < account->users->len; i++)
		json_array_append_new(users, json_string(((User *)account->users->pdata[i])->nick));
	while (
	    (channel = directory_next_channel(call->control->setup.community->directory, &cursor)))
		if (channel_is_founder(channel, account->name))
			json_array_append_new(channels, json_text(channel->name));
	json_object_set_new(object, "nicks", nicks);
	json_object_set_new(object, "channels", channels);
	json_object_set_new(object, "certificates", certificates);
	json_object_set_new(object, "settings", settings);
	json_object_set_new(object, "users", users);
	json_object_set_new(object, "password", json_boolean(*account->secret));
	json_object_set_new(object, "second_factor", json_boolean(*account->totp));
	if (account->suspension.by)
		json_object_set_new(object, "suspension", suspension_object(account));
	return object;
}

json_t *
method_account_list(ControlCall *call)
{
	return list_page(call, &account_rows, HANDLE_NONE);
}

json_t *
method_account_get(ControlCall *call)
{
	const Account *account = account_of_call(call);

	return account ? json_pack("{s:o}", "account", object_account(call, account)) : NULL;
}

/* ---- With a password ---- */

static void
hash_run(Job *job)
{
	HashJob *hash = (HashJob *)job;

	hash->secret = secret_make(hash->password, SECRET_ITERATIONS, hash->salt);
}

static void
hash_free(HashJob *hash)
{
	secret_text_free(hash->password);
	secret_text_free(hash->secret);
	g_free(hash);
}

static void
hash_done(Job *job)
{
	HashJob *hash = (HashJob *)job;
	ControlCall *call = hash->call;
	json_t *result;
	Ctx ctx;

	if (work_is_cancelled(job) || !hash->secret) {
		call_refuse(call, CONTROL_ERROR_INVALID_PARAMS, "This cannot be a password");
		call_finish(call, NULL);
	} else {
		call_ctx(call, &ctx);
		result = call_outcome(call, hash->then(&ctx, hash));
		call_finish(call, result);
	}
	hash_free(hash);
}

static json_t *
hash_then(ControlCall *call, const char *password, int64_t account,
    Outcome (*then)(Ctx *ctx, const HashJob *hash))
{
	const ControlSetup *setup = &call->control->setup;
	HashJob *hash = g_new0(HashJob, 1);

	hash->job.run = hash_run;
	hash->job.done = hash_done;
	hash->call = call;
	hash->password = g_strdup(password);
	setup->random->fill(setup->random, hash->salt, sizeof hash->salt);
	hash->account = account;
	hash->then = then;
	if (work_submit(setup->host->pool, WORK_ADMINISTRATION, &hash->job, G_MAXUINT))
		return call_wait(call);
	hash_free(hash);
	return call_refuse(call, CONTROL_ERROR_REFUSED, "Too many passwords at once, try again");
}

static Outcome
add_account(Ctx *ctx, const ControlCall *call, const char *secret)
{
	const char *email = call_string(call, "email");

	return act_add_account(ctx, call_string(call, "account"), email ? email : "", secret);
}

static Outcome
add_hashed(Ctx *ctx, const HashJob *hash)
{
	return add_account(ctx, hash->call, hash->secret);
}

json_t *
method_account_add(ControlCall *call)
{
	const char *name = call_string(call, "account");
	const char *password = call_string(call, "password");
	Ctx ctx;

	call_note(call, name, NULL,
	    json_pack("{s:s,s:O?,s:b}", "account", name, "email", call_value(call, "email"),
		"password", (int)(password != NULL)));
	call_ctx(call, &ctx);
	if (!password)
		return call_outcome(call, add_account(&ctx, call, ""));
	return hash_then(call, password, 0, add_hashed);
}

/* The account may be gone meanwhile, and its name another's. */
static Outcome
set_hashed(Ctx *ctx, const HashJob *hash)
{
	Account *account = accounts_by_id(ctx->community->accounts, hash->account);

	if (account)
		return act_set_account_secret(ctx, account, hash->secret);
	call_not_found(hash->call, call_string(hash->call, "account"), "Account not found");
	return OUTCOME_REFUSED;
}

json_t *
method_account_set_password(ControlCall *call)
{
	const Account *account = account_of_call(call);

	if (!account)
		return NULL;
	call_note(call, account->name, NULL, json_pack("{s:s}", "password", "changed"));
	return hash_then(call, call_string(call, "password"), account->id, set_hashed);
}

/* ---- Without ---- */

/* Notes what is about to change, changes it and notes what it is now. */
static json_t *
change(ControlCall *call, Outcome (*apply)(Ctx *ctx, Account *account, const ControlCall *call))
{
	Account *account = account_of_call(call);
	Outcome outcome;
	Ctx ctx;

	if (!account)
		return NULL;
	call_note(call, account->name, object_account(call, account), NULL);
	call_ctx(call, &ctx);
	outcome = apply(&ctx, account, call);
	if (outcome == OUTCOME_DONE) {
		call->after = object_account(call, account);
		if (call_value(call, "reason"))
			json_object_set(call->after, "reason", call_value(call, "reason"));
	}
	return call_outcome(call, outcome);
}

static const char *
text_of(const ControlCall *call, const char *name)
{
	const char *text = call_string(call, name);

	return text ? text : "";
}

/* A method that changes one account, and the verb that does it. */
#define CHANGE(name, verb)                                                                         \
	static Outcome apply_##name(Ctx *ctx, Account *account, const ControlCall *call)           \
	{                                                                                          \
		return verb;                                                                       \
	}                                                                                          \
	json_t *method_account_##name(ControlCall *call)                                           \
	{                                                                                          \
		return change(call, apply_##name);                                                 \
	}

/* clang-format off */
CHANGE(set, act_set_account_setting(ctx, account, text_of(call, "setting"), text_of(call, "value")))
CHANGE(set_email, act_set_account_email(ctx, account, text_of(call, "email")))
CHANGE(rename, act_rename_account(ctx, account, text_of(call, "name")))
CHANGE(suspend, act_suspend_account(ctx, account, text_of(call, "reason"),
    call_integer(call, "seconds", 0) * CLOCK_SECOND))
CHANGE(unsuspend, act_unsuspend_account(ctx, account))
CHANGE(verify, act_confirm_account(ctx, account))
CHANGE(group, act_group_nick(ctx, account, text_of(call, "nick")))
CHANGE(ungroup, act_ungroup_nick(ctx, account, text_of(call, "nick")))
CHANGE(add_certificate, act_add_certificate(ctx, account, text_of(call, "fingerprint")))
CHANGE(remove_certificate, act_remove_certificate(ctx, account, text_of(call, "fingerprint")))
CHANGE(disable_totp, act_disable_totp(ctx, account, ""))
CHANGE(set_vhost, act_set_vhost(ctx, account, text_of(call, "host")))
CHANGE(approve_vhost, act_approve_vhost(ctx, account))
CHANGE(reject_vhost, act_reject_vhost(ctx, account, text_of(call, "reason")))
/* clang-format on */

json_t *
method_account_remove(ControlCall *call)
{
	Account *account = account_of_call(call);
	g_autofree char *name = NULL;
	Ctx ctx;

	if (!account)
		return NULL;
	/* The record that stays does not name what is gone. */
	name = erased_name(account->id);
	call_note(call, name, NULL, NULL);
	call_ctx(call, &ctx);
	return call_outcome(call, act_erase_account(&ctx, account, ""));
}
